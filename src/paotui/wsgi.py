"""The WSGI application that `paotui serve` runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paotui.settings")

application = get_wsgi_application()
