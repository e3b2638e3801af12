"""`xaso audit verify` in lines for the operator."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from xaso.apps.audit import testing as record
from xaso.apps.audit.actions import anchoring, sealing
from xaso.apps.people import testing as build
from xaso.site import audit_command

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_sound_record_is_told_with_what_waits_and_its_last_anchor(tmp_path: Path) -> None:
    commune = build.commune()
    sealing.seal_waiting(NOW)
    before = len(record.write_entries(3, now=NOW, commune_id=commune.id))
    sealing.seal_waiting(NOW)
    anchoring.write_anchors(tmp_path, NOW)
    record.write_entries(2, now=NOW, commune_id=commune.id)

    lines, sound = audit_command.verify(tmp_path)

    assert sound
    assert before == 3
    assert any(line.startswith(f"{commune.name}: ") for line in lines)
    assert "  chưa niêm phong (not sealed yet): 2, từ (since) 2026-11-24 03:00:00Z" in lines
    assert any("cuối (last) 2026-11-24" in line for line in lines)
    assert lines[-1] == "Nhật ký nguyên vẹn (sound)"


def test_a_record_that_was_touched_is_told_with_the_place(tmp_path: Path) -> None:
    entries = record.write_entries(2, now=NOW)
    sealing.seal_waiting(NOW)
    with record.locks_picked(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditentry SET detail = '{}'")
        lines, sound = audit_command.verify(tmp_path)

    assert not sound
    assert f"  ! Dòng 1 đã bị sửa sau khi niêm phong: {entries[0].hex}" in lines
    assert "Khóa chống sửa của bảng audit_auditentry đã bị gỡ" in lines
    assert lines[-1] == "NHẬT KÝ KHÔNG NGUYÊN VẸN (NOT SOUND)"
