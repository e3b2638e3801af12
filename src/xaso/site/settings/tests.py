"""For tests: fast password hashing, static files as they are, a database and a data folder of each process's own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from xaso.site.settings.base import *
from xaso.site.settings.base import DATABASES
from xaso.site.settings.logs import configure_logs

XASO_MODE = "demo"
SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["*"]

DATA_DIR = Path(tempfile.mkdtemp(prefix="xaso-tests-"))
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)

_database = DATABASES["default"]
if "sqlite3" in _database["ENGINE"]:
    _database["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
    _database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
else:
    _database["TEST"] = {"NAME": f"xaso_test_{os.getpid()}"}
_database["CONN_MAX_AGE"] = 0

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PUBLIC_URL = "http://testserver"
os.environ.setdefault("XASO_SPEECH_AHEAD_SECONDS", "0")
LOGGING = configure_logs("INFO")
