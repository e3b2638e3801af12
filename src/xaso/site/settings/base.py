"""Settings shared by demo, tests and production. What differs stands in the file of that name."""

import os
from pathlib import Path
from typing import Any

from xaso.platform.first_page import tell_style_is_here
from xaso.site.settings.database import database_from_environment
from xaso.site.settings.identity import identity_settings
from xaso.site.settings.logs import configure_logs

ROOT = Path(__file__).resolve().parents[4]
DATA_DIR = Path(os.environ.get("XASO_DATA", ROOT / "var"))
CATALOGUE_DIR = Path(os.environ.get("XASO_CATALOGUE", ROOT / "catalogue"))

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_prometheus",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "xaso.platform",
    "xaso.apps.audit",
    "xaso.apps.people",
    "xaso.apps.backups",
    "xaso.apps.procedures",
    "xaso.apps.speech",
    "xaso.apps.portal",
    "xaso.apps.queue",
    "xaso.apps.notices",
    "xaso.apps.reminders",
    "xaso.apps.webhooks",
    "xaso.apps.signing",
    "xaso.apps.satisfaction",
    "xaso.apps.dossiers",
    "xaso.apps.rights",
]

MIDDLEWARE = [
    "xaso.platform.http.ContentSecurityMiddleware",
    "xaso.platform.health.HealthMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "xaso.platform.request_log.RequestLogMiddleware",
    "xaso.platform.api_edges.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "xaso.platform.http.PackingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "xaso.platform.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "xaso.apps.people.middleware.ActorMiddleware",
    "xaso.apps.speech.asked.AnswerToListenTo",
    "xaso.platform.not_allowed.NotAllowedMiddleware",
    "xaso.platform.request_figures.RequestFiguresMiddleware",
]

API_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "xaso.platform.http.PackingMiddleware",
    "xaso.platform.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "xaso.apps.people.middleware.CommuneMiddleware",
    "xaso.platform.request_figures.RequestFiguresMiddleware",
]
"""What a request to the API passes instead of all that stands below `ApiMiddleware`."""

ROOT_URLCONF = "xaso.site.urls"
WSGI_APPLICATION = "xaso.site.wsgi.application"

FORM_RENDERER = "xaso.platform.form_renderer.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "xaso.platform.templatetags.fixed_texts",
                "xaso.platform.templatetags.xaso",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "xaso.apps.people.context.commune",
            ],
        },
    },
]

DATABASES = {"default": database_from_environment(os.environ.get("DATABASE_URL", ""), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
EID_ISSUER: str
EID_PROVIDER: str
EID_CLAIM_NUMBER: str
EID_CLAIM_LEVEL: str
EID_LEVELS: dict[int, str]
SOCIALACCOUNT_PROVIDERS: dict[str, Any]
globals().update(identity_settings(os.environ.get("XASO_EID_CLIENT_SECRET", "")))
SESSION_ENGINE = "xaso.platform.sessions"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "xaso.apps.people.passwords.NotCommon"},
    {"NAME": "xaso.apps.people.passwords.NotOfThisPlace"},
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English"), ("bn", "বাংলা")]
LANGUAGES_UNREVIEWED = {"en", "bn"}  # translated, and no native speaker has read it yet: each page says so
LANGUAGE_COOKIE_NAME = "ngon_ngu"
LOCALE_PATHS = [ROOT / "src" / "xaso" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

WHITENOISE_ADD_HEADERS_FUNCTION = tell_style_is_here

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

COOKIE_PREFIX = ""
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "xaso.platform.send_again.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LOGGING = configure_logs(os.environ.get("XASO_LOG_LEVEL", "INFO"))

XASO_MODE = "production"
# Only these may say who the visitor is and whether she came by TLS.
TRUSTED_PROXIES = ["127.0.0.1"]
