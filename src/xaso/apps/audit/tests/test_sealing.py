"""Sealing and verifying in the database: complete, once, and whatever is changed by hand is found."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from xaso.apps.audit import stored
from xaso.apps.audit.actions import sealing
from xaso.apps.audit.chain import Fault
from xaso.apps.audit.models import AuditChain, AuditEntry, AuditLink, UnsealedEntry
from xaso.apps.audit.testing import COMMUNE, locks_picked, write_entries
from xaso.apps.audit.verification import Verdict, chains, unlocked_tables, verify
from xaso.platform.actor import Actor
from xaso.platform.rows import uuid_for

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def sealed(count: int = 6) -> list[UUID]:
    ids = write_entries(count, now=NOW)
    sealing.seal_waiting(NOW)
    return ids


def checked(chain: UUID = COMMUNE) -> Verdict:
    return verify(chain, Path("/nonexistent"))


def run(sql: str, *ids: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [uuid_for(connection, one) for one in ids])


def faults() -> list[tuple[str, int, str]]:
    return [(fault.kind, fault.number, fault.entry) for fault in checked().faults]


def test_what_was_written_waits_and_is_sealed_in_its_order() -> None:
    ids = write_entries(3, now=NOW)
    before = checked()

    assert (before.links, before.waiting, before.waiting_since) == (0, 3, NOW)
    assert sealing.seal_waiting(NOW + timedelta(seconds=1)) == 3
    assert list(AuditLink.objects.order_by("number").values_list("number", "entry_id")) == list(enumerate(ids, start=1))
    after = checked()
    assert (after.links, after.waiting, after.waiting_since, after.faults) == (3, 0, None, ())


def test_each_commune_has_a_chain_of_its_own_and_what_belongs_to_none_the_installations() -> None:
    write_entries(2, now=NOW)
    write_entries(1, now=NOW, commune_id=UUID(int=2))
    write_entries(1, now=NOW, commune_id=None)
    sealing.seal_waiting(NOW)

    assert chains() == [stored.INSTALLATION, COMMUNE, UUID(int=2)]
    assert [(checked(chain).links, checked(chain).is_sound) for chain in chains()] == [(1, True), (2, True), (1, True)]


def test_sealing_goes_on_where_it_stopped_over_many_transactions() -> None:
    sealed(sealing.LINKS_AT_A_TIME + 1)
    write_entries(2, now=NOW)

    assert sealing.seal_waiting(NOW) == 2
    assert sealing.seal_waiting(NOW) == 0
    verdict = checked()
    assert (verdict.links, verdict.is_sound) == (sealing.LINKS_AT_A_TIME + 3, True)


def test_an_entry_that_is_sealed_can_not_be_sealed_again() -> None:
    (entry_id,) = sealed(1)
    UnsealedEntry.objects.create(entry_id=entry_id, chain=COMMUNE)

    with pytest.raises(DatabaseError), transaction.atomic():
        sealing.seal_waiting(NOW)

    assert AuditLink.objects.count() == 1
    assert AuditChain.objects.get(pk=COMMUNE).links == 1


def test_a_clock_that_jumps_leaves_no_entry_behind() -> None:
    write_entries(2, now=NOW)
    sealing.seal_waiting(NOW)
    actor = Actor.system(COMMUNE, "clock")
    early = AuditEntry(
        id=UUID("01900000-0000-7000-8000-000000000000"), commune_id=COMMUNE, at=NOW - timedelta(days=600), actor_kind=actor.kind
    )
    early.save(force_insert=True)
    sealing.seal_waiting(NOW - timedelta(days=600))
    write_entries(1, now=NOW + timedelta(days=400))
    sealing.seal_waiting(NOW + timedelta(days=400))

    verdict = checked()
    assert (verdict.links, verdict.waiting, verdict.is_sound) == (4, 0, True)
    assert AuditLink.objects.get(number=3).entry_id == early.pk


def test_an_entry_changed_by_hand_is_found() -> None:
    ids = sealed()
    with locks_picked():
        run("UPDATE audit_auditentry SET actor_name = 'Somebody else' WHERE id = %s", ids[3])

    assert faults() == [("changed", 4, ids[3].hex)]


def test_an_entry_removed_by_hand_is_found() -> None:
    ids = sealed()
    with locks_picked():
        run("DELETE FROM audit_auditentry WHERE id = %s", ids[0])

    assert faults() == [("removed", 1, ids[0].hex)]


def test_an_entry_removed_with_its_link_leaves_a_gap() -> None:
    ids = sealed()
    with locks_picked():
        run("DELETE FROM audit_auditentry WHERE id = %s", ids[2])
        run("DELETE FROM audit_auditlink WHERE entry_id = %s", ids[2])

    assert checked().faults == (Fault("missing", 3, 3),)


def test_the_end_of_the_record_can_not_be_cut_off_unseen() -> None:
    ids = sealed()
    with locks_picked():
        run("DELETE FROM audit_auditentry WHERE id >= %s", ids[4])
        run("DELETE FROM audit_auditlink WHERE entry_id >= %s", ids[4])

    assert checked().faults == (Fault("truncated", 5, 6),)


def test_a_head_set_back_by_hand_is_found() -> None:
    sealed()
    fourth = AuditLink.objects.get(number=4)
    AuditChain.objects.filter(pk=COMMUNE).update(links=4, digest=fourth.digest)

    assert checked().faults == (Fault("relinked", 5, 6),)


def test_an_entry_put_in_past_the_queue_is_found() -> None:
    sealed()
    slipped_in = UUID(int=77)
    row = AuditEntry(id=slipped_in, commune_id=COMMUNE, at=NOW, actor_kind="staff", actor_name="Nobody", verb="dossiers.sign")
    with locks_picked():
        row.save(force_insert=True)

    assert faults() == [("inserted", 0, slipped_in.hex)]


def test_entries_that_changed_places_are_found() -> None:
    ids = sealed()
    spare = UUID(int=78)
    with locks_picked():
        for found, put in ((ids[1], spare), (ids[4], ids[1]), (spare, ids[4])):
            run("UPDATE audit_auditlink SET entry_id = %s WHERE entry_id = %s", put, found)

    assert {(kind, number) for kind, number, _entry in faults()} == {("moved", 2), ("moved", 5), ("relinked", 2), ("relinked", 5)}


def test_an_entry_that_vanishes_while_it_waits_is_found_and_sealing_goes_on() -> None:
    ids = write_entries(3, now=NOW)
    with locks_picked():
        run("DELETE FROM audit_auditentry WHERE id = %s", ids[1])

    assert sealing.seal_waiting(NOW) == 2
    assert faults() == [("removed", 0, ids[1].hex)]


def test_many_that_vanish_while_they_wait_keep_nobody_behind_them_from_being_sealed() -> None:
    write_entries(sealing.LINKS_AT_A_TIME, now=NOW)
    with locks_picked():
        run("DELETE FROM audit_auditentry")
    write_entries(2, now=NOW)

    assert sealing.seal_waiting(NOW) == 2


@pytest.mark.parametrize("table", ["audit_auditlink", "audit_auditentry"])
def test_the_database_refuses_to_change_what_is_sealed(table: str) -> None:
    sealed(1)

    for sql in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            run(sql.replace("id = id", "digest = ''") if table == "audit_auditlink" else sql)

    assert checked().is_sound
    assert unlocked_tables() == []


def test_locks_taken_off_are_told() -> None:
    with locks_picked():
        assert unlocked_tables() == ["audit_auditentry", "audit_auditlink"]
    assert unlocked_tables() == []
