"""What the web server runs. In production it refuses to start while anything keeps the installation from going live."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from xaso.site.mode import choose_settings
from xaso.site.turnstile import Turnstile

choose_settings()
# SQLite computes within the thread that asks; while PostgreSQL computes for one page, another goes on.
application = Turnstile(get_wsgi_application(), at_a_time=1 if connection.vendor == "sqlite" else 2)

if settings.XASO_MODE == "production":
    from xaso.site.readiness import refuse_to_run_unready

    refuse_to_run_unready()
    application = wrap_wsgi_with_proxy_headers(application, trusted_hosts=settings.TRUSTED_PROXIES)
