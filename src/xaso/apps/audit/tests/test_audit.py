"""The audit record: complete, in order, and closed to change by the database itself."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from xaso.apps.audit import facade as audit
from xaso.apps.audit.models import AuditEntry
from xaso.platform.actor import Actor

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ACTOR = Actor(
    kind="staff",
    commune_id=UUID(int=1),
    name="Nông Thị Chanh",
    post_title="Phó Chủ tịch",
    deputising_for="Chủ tịch",
    address="10.0.0.7",
    channel="page",
)


@pytest.mark.django_db
def test_an_entry_says_who_did_what_when_and_from_where() -> None:
    audit.record(ACTOR, "dossiers.sign", "dossier:1", {"code": "XS-1"}, now=NOW)
    (line,) = audit.history_of("dossier:1")
    assert (line.actor_name, line.verb, line.at, line.address) == ("Nông Thị Chanh", "dossiers.sign", NOW, "10.0.0.7")
    assert line.post_title == "Phó Chủ tịch (thay Chủ tịch)"
    assert line.detail == {"code": "XS-1"}


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_remove_an_entry(change: str) -> None:
    audit.record(ACTOR, "dossiers.sign", "dossier:1", now=NOW)
    acts = {
        "update": lambda: AuditEntry.objects.update(verb="nothing"),
        "delete": lambda: AuditEntry.objects.all()._raw_delete("default"),
    }
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        acts[change]()
    assert AuditEntry.objects.get().verb == "dossiers.sign"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has INSERT OR REPLACE")
@pytest.mark.parametrize("place", ["id", "rowid"])
def test_sqlite_refuses_to_replace_an_entry(place: str) -> None:
    audit.record(ACTOR, "dossiers.sign", "dossier:1", now=NOW)
    columns = [field.column or "" for field in AuditEntry._meta.local_concrete_fields]
    values = {**dict.fromkeys(columns, "0"), "detail": "{}", "verb": "forged"}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {place} FROM audit_auditentry")
        values["id"], values[place] = cursor.fetchone() if place == "id" else ("f" * 32, cursor.fetchone()[1])
    forged = f"INSERT OR REPLACE INTO audit_auditentry ({', '.join(values)}) VALUES ({', '.join(['%s'] * len(values))})"

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forged, list(values.values()))

    assert AuditEntry.objects.get().verb == "dossiers.sign"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_postgresql_refuses_to_truncate_the_record() -> None:
    audit.record(ACTOR, "dossiers.sign", "dossier:1", now=NOW)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_auditentry")

    assert AuditEntry.objects.count() == 1
