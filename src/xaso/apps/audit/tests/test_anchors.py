"""Daily anchors outside the database: what even who owns the database can't rewrite unseen."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection

from xaso.apps.audit.actions import anchoring, sealing
from xaso.apps.audit.models import AuditChain, AuditLink, UnsealedEntry
from xaso.apps.audit.ports import anchor_keys
from xaso.apps.audit.testing import COMMUNE, locks_picked, write_entries
from xaso.apps.audit.told import report
from xaso.apps.audit.verification import verify

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def anchored(folder: Path, days: int) -> list[Path]:
    for day in range(days):
        write_entries(2, now=NOW + day * DAY)
        sealing.seal_waiting(NOW + day * DAY)
        anchoring.write_anchors(folder, NOW + day * DAY)
    return sorted((folder / COMMUNE.hex).iterdir())


def faults(folder: Path) -> list[tuple[str, int, str]]:
    return [(fault.kind, fault.number, fault.entry) for fault in verify(COMMUNE, folder).faults]


def test_each_day_on_which_the_record_grew_has_a_signed_anchor(tmp_path: Path) -> None:
    files = anchored(tmp_path, 3)

    assert [path.name for path in files] == ["2026-11-23.json", "2026-11-24.json", "2026-11-25.json"]
    assert [oct(path.stat().st_mode & 0o777) for path in files] == ["0o444"] * 3
    verdict = verify(COMMUNE, tmp_path)
    assert (verdict.anchors, verdict.anchored_on, verdict.is_sound) == (3, "2026-11-25", True)
    assert len(verdict.key) == 16


def test_a_day_has_one_anchor_and_a_quiet_day_none(tmp_path: Path) -> None:
    anchored(tmp_path, 1)
    write_entries(1, now=NOW)
    sealing.seal_waiting(NOW)

    assert anchoring.write_anchors(tmp_path, NOW + timedelta(hours=3)) == 0
    assert anchoring.write_anchors(tmp_path, NOW + DAY) == 1
    assert anchoring.write_anchors(tmp_path, NOW + 2 * DAY) == 0


def test_a_clock_set_back_writes_no_anchor_before_a_later_one(tmp_path: Path) -> None:
    anchored(tmp_path, 2)
    write_entries(1, now=NOW)
    sealing.seal_waiting(NOW)

    assert anchoring.write_anchors(tmp_path, NOW - 9 * DAY) == 0
    assert anchoring.write_anchors(tmp_path, NOW + 2 * DAY) == 1
    assert faults(tmp_path) == []


def test_who_rewrites_the_whole_database_and_seals_it_anew_is_found_by_the_anchors(tmp_path: Path) -> None:
    anchored(tmp_path, 2)
    with locks_picked(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditentry SET actor_name = 'Somebody else'")
        for link in AuditLink.objects.all():
            UnsealedEntry.objects.create(entry_id=link.entry_id, chain=link.chain)
        cursor.execute("DELETE FROM audit_auditlink")
        AuditChain.objects.all().delete()
    sealing.seal_waiting(NOW + DAY)

    assert verify(COMMUNE, tmp_path / "elsewhere").is_sound
    assert faults(tmp_path) == [("unanchored", 2, "2026-11-23.json"), ("unanchored", 4, "2026-11-24.json")]


def test_an_anchor_that_was_edited_is_forged_and_the_next_one_misses_it(tmp_path: Path) -> None:
    first, second = anchored(tmp_path, 2)
    first.chmod(0o600)
    first.write_text(first.read_text().replace(r"\"links\": 2", r"\"links\": 1"))

    assert faults(tmp_path) == [("forged", 0, first.name), ("anchor_gone", 0, second.name)]


def test_an_anchor_that_was_taken_away_is_missed_by_the_next_one(tmp_path: Path) -> None:
    _first, second, third = anchored(tmp_path, 3)
    second.unlink()

    assert faults(tmp_path) == [("anchor_gone", 0, third.name)]


def test_another_key_is_told(tmp_path: Path) -> None:
    _first, second = anchored(tmp_path, 2)
    kept = verify(COMMUNE, tmp_path)
    (ours,) = anchor_keys
    stranger = ec.generate_private_key(ec.SECP256R1())
    der = stranger.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    from dataclasses import replace

    from xaso.apps.audit.anchors import as_file, kept_anchors

    anchor = kept_anchors(tmp_path, COMMUNE)[1].anchor
    assert anchor is not None
    assert anchor.key == ours.public_key(COMMUNE)
    forged = replace(anchor, key=der)
    second.chmod(0o600)
    second.write_bytes(as_file(forged, stranger.sign(forged.text().encode(), ec.ECDSA(hashes.SHA256()))))

    assert faults(tmp_path) == [("key_changed", 0, second.name)]
    assert verify(COMMUNE, tmp_path).key != kept.key


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"signed": "{}", "signature": ""}', b"\xff\xfe"])
def test_a_file_that_is_no_anchor_is_told_as_forged(tmp_path: Path, content: bytes) -> None:
    (first,) = anchored(tmp_path, 1)
    first.chmod(0o600)
    first.write_bytes(content)

    assert faults(tmp_path) == [("forged", 0, first.name)]


def test_faults_are_told_in_words_with_their_place(tmp_path: Path) -> None:
    anchored(tmp_path, 1)
    with locks_picked(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditentry SET verb = 'forged'")
    reports, unlocked = report([COMMUNE], tmp_path)

    entries = AuditLink.objects.order_by("number").values_list("entry_id", flat=True)
    assert reports[0].faults == [f"Dòng {n} đã bị sửa sau khi niêm phong: {entry.hex}" for n, entry in enumerate(entries, start=1)]
    assert unlocked == []
