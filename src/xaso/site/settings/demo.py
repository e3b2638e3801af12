"""The demo commune on one machine: loopback only, marked as a trial on every page, with a stand-in for the national e-ID next door."""

import os

from xaso.site.settings.base import *
from xaso.site.settings.base import DATA_DIR
from xaso.site.settings.identity import identity_settings
from xaso.site.settings.secrets import kept_secret

XASO_MODE = "demo"
DEBUG = False
SECRET_KEY = kept_secret(DATA_DIR / "secret-key")
PORT = int(os.environ.get("PORT", "8000"))
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"http://127.0.0.1:{PORT}", f"http://localhost:{PORT}"]

os.environ.setdefault("XASO_EID_ISSUER", f"http://127.0.0.1:{PORT + 1}")
globals().update(identity_settings(os.environ.get("XASO_EID_CLIENT_SECRET") or kept_secret(DATA_DIR / "eid-client-secret")))
PUBLIC_URL = f"http://127.0.0.1:{PORT}"
