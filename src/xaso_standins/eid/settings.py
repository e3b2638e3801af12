"""Settings of the stand-in provider; the command line puts its choices into the environment first."""

import os
from pathlib import Path

from xaso_standins.eid.keys import kept_key, kept_text

DATA_DIR = Path(os.environ["XASO_EID_STANDIN_DATA"])
PORT = int(os.environ["XASO_EID_STANDIN_PORT"])
HERE = DATA_DIR / "standins"
CLIENT_ORIGINS = os.environ["XASO_EID_STANDIN_CLIENTS"].split()
CLIENT_ID = "xaso"
CLIENT_SECRET = kept_text(DATA_DIR / "eid-client-secret")
CITIZENS_FILE = HERE / "citizens.json"

SECRET_KEY = kept_text(HERE / "eid-secret-key")
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "xaso_standins.eid.urls"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "oauth2_provider", "xaso_standins.eid"]
MIDDLEWARE = [
    "xaso_standins.eid.misbehaviour.MisbehaviourMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HERE / "eid.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL;"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "eid.Person"
LOGIN_URL = "/chon-nguoi/"
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_NAME = "eid_session"
CSRF_COOKIE_NAME = "eid_csrf"
LANGUAGE_CODE = "vi"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

OAUTH2_PROVIDER = {
    "OIDC_ENABLED": True,
    "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{PORT}",
    "OIDC_RSA_PRIVATE_KEY": kept_key(HERE / "eid-key.pem"),
    "OIDC_RESPONSE_TYPES_SUPPORTED": ["code"],
    "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
    "OIDC_RP_INITIATED_LOGOUT_ALWAYS_PROMPT": False,
    "OAUTH2_VALIDATOR_CLASS": "xaso_standins.eid.claims.Validator",
    "PKCE_REQUIRED": True,
    "SCOPES": {
        "openid": "Mã định danh",
        "profile": "Họ tên, ngày sinh, giới tính",
        "phone": "Số điện thoại",
        "identity": "Số định danh cá nhân, mức độ",
    },
    "DEFAULT_SCOPES": ["openid", "profile"],
    "ACCESS_TOKEN_EXPIRE_SECONDS": 300,
    "ID_TOKEN_EXPIRE_SECONDS": 3600,
}
SILENCED_SYSTEM_CHECKS = ["oauth2_provider.W001", "oauth2_provider.W002", "oauth2_provider.W003", "oauth2_provider.W004"]
SILENCED_SYSTEM_CHECKS += ["oauth2_provider.W005", "oauth2_provider.W006"]
