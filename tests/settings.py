"""The settings tests run under: the real ones, but for what would only make tests slow."""

import atexit
import os
import shutil
import tempfile

VAR_FOR_TESTS = tempfile.mkdtemp(prefix="paotui-tests-")
atexit.register(shutil.rmtree, VAR_FOR_TESTS, ignore_errors=True)
os.environ.setdefault("PAOTUI_SECRET_KEY", "only-for-tests")
os.environ["PAOTUI_VAR"] = VAR_FOR_TESTS

from paotui.settings import *  # noqa: E402,F403

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Names without hashes: nothing has to be collected first. The browser tests use the real storage.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
