"""The settings tests run under: the real ones, but for what would only make tests slow."""

import os
import tempfile
from pathlib import Path

# Only a name: what reads settings without running tests leaves nothing behind. tests/conftest.py removes it.
VAR_FOR_TESTS = Path(tempfile.gettempdir()) / f"paotui-tests-{os.getpid()}"
os.environ.setdefault("PAOTUI_SECRET_KEY", "only-for-tests")
os.environ["PAOTUI_VAR"] = str(VAR_FOR_TESTS)

from paotui.settings import *  # noqa: E402,F403

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Names without hashes: nothing has to be collected first. The browser tests use the real storage.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
