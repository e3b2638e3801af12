"""Builders for tests: entries, and a hand that reaches into the database past its locks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connection

from xaso.apps.audit.actions.recording import record
from xaso.apps.audit.models import AuditEntry
from xaso.apps.audit.verification import LOCKED_TABLES
from xaso.platform.actor import Actor

COMMUNE = UUID(int=1)


def write_entries(count: int, *, now: datetime, commune_id: UUID | None = COMMUNE) -> list[UUID]:
    """Write so many entries about one dossier; return their ids in order."""
    actor = Actor(kind="staff", commune_id=commune_id, name="Nông Thị Chanh", post_title="Một cửa", address="10.0.0.7")
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    for number in range(count):
        record(actor, "dossiers.accept", "dossier:1", {"number": number, "words": f"Đã nhận {number}"}, now=now)
    return sorted(set(AuditEntry.objects.values_list("pk", flat=True)) - before)


@contextmanager
def locks_picked() -> Iterator[None]:
    """Take the triggers from the record's tables as who owns the database can, and put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)", LOCKED_TABLES)
            triggers = dict(cursor.fetchall())
            before, after = [f"DROP TRIGGER {name}" for name in triggers], list(triggers.values())
        else:
            before = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in LOCKED_TABLES]
            after = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in LOCKED_TABLES]
        for sql in before:
            cursor.execute(sql)
        yield
        for sql in after:
            cursor.execute(sql)
