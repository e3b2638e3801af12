"""A commune's own server or a province's: behind a proxy that ends TLS. What is missing from the environment is told by name."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from xaso.site.settings.base import *
from xaso.site.settings.base import EID_ISSUER
from xaso.site.settings.identity import identity_settings


def _required(name: str) -> str:
    """Return the variable, or the content of the file that `<name>_FILE` names."""
    file_name = os.environ.get(f"{name}_FILE")
    value = Path(file_name).read_text(encoding="utf-8").strip() if file_name else os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"thiếu {name} (hoặc {name}_FILE): xem docs/operator.md (missing setting)")
    return value


XASO_MODE = "production"
DEBUG = False
SECRET_KEY = _required("XASO_SECRET_KEY")
if EID_ISSUER:
    globals().update(identity_settings(_required("XASO_EID_CLIENT_SECRET")))
ALLOWED_HOSTS = [host.strip() for host in _required("XASO_HOSTS").split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

TRUSTED_PROXIES = [host.strip() for host in os.environ.get("XASO_TRUSTED_PROXIES", "127.0.0.1").split(",") if host.strip()]
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = os.environ.get("XASO_HSTS_SUBDOMAINS", "") == "1"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
# Browsers take a cookie of such a name from this host alone, over TLS: a neighbour under the same domain can't set it.
COOKIE_PREFIX = "__Host-"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}ngon_ngu"
PUBLIC_URL = os.environ.get("XASO_PUBLIC_URL", f"https://{ALLOWED_HOSTS[0]}")
