"""Two accounts of PostgreSQL: after each change of tables their owner gives the service's account what it needs, and no more."""

import os
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connection

SERVICE = "XASO_SERVICE_DATABASE_URL"
"""The service's own DATABASE_URL, set by `deploy/as-service.sh` while a command runs as the owner."""


def grant_to_service() -> None:
    """Grant the service's account its part of the tables by `deploy/postgresql-roles.sql`; nothing where there is one account."""
    account = unquote(urlsplit(os.environ.get(SERVICE, "")).username or "")
    if not account or connection.vendor != "postgresql" or account == connection.settings_dict["USER"]:
        return
    grants = (settings.ROOT / "deploy/postgresql-roles.sql").read_text(encoding="utf-8")
    with connection.cursor() as cursor:
        cursor.execute(grants.replace(':"app"', connection.ops.quote_name(account)))
