"""For the tests: fast, closed to the outside, the same as production in what a browser sees."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .database import database

DEBUG = False
SECRET_KEY = "cle-des-tests-sans-valeur-ailleurs-0123456789-abcdefghij"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES = {"default": database(default="sqlite://:memory:")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SITE_URL = "https://temoin.example"
MEDIA_ROOT = Path(tempfile.gettempdir()) / "temoin-tests-files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
DEMO_PASSWORD = "temoin-demo-2026"
# The live server of the tests serves static files by itself.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]  # noqa: F405
