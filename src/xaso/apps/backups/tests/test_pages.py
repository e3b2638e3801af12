"""The administrator sees whether the commune could be brought back: on the set-up page, on “Việc hôm nay”, and in full."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from xaso.apps.backups.models import BackupRun
from xaso.apps.people.facade import Role
from xaso.apps.people.testing import commune, staff
from xaso.platform import clock

pytestmark = pytest.mark.django_db
PLACE = "/quan-tri/sao-luu/"


@pytest.fixture
def here() -> Any:
    return commune()


def signed_in(here: Any, role: Role) -> Client:
    client = Client()
    client.force_login(staff(here, role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_an_alarm_stands_where_the_administrator_looks_and_nowhere_else(here: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_BACKUP_FOLDER", str(tmp_path))
    administrator, desk = signed_in(here, Role.ADMINISTRATOR), signed_in(here, Role.DESK)

    for address in ("/can-bo/", "/quan-tri/"):
        assert "Chưa sao lưu lần nào" in text_of(administrator, address)
    assert "Chưa sao lưu" not in text_of(desk, "/can-bo/")

    now = clock.now()
    for kind in ("backup", "drill"):
        BackupRun.objects.create(kind=kind, outcome="done", began_at=now, ended_at=now)
    assert "Chưa sao lưu" not in text_of(administrator, "/can-bo/")
    assert "Lần gần nhất" in text_of(administrator, "/quan-tri/")


def test_the_page_tells_each_run_with_what_went_wrong(here: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    BackupRun.objects.create(
        kind="backup",
        outcome="done",
        began_at=now - timedelta(minutes=3),
        ended_at=now,
        file_name="xaso-20261123T190000Z.tar.age",
        size_bytes=3 * 1_048_576,
        row_count=1234,
        file_count=56,
        damaged_count=1,
    )
    BackupRun.objects.create(
        kind="drill",
        outcome="failed",
        began_at=now,
        ended_at=now,
        problem="backups.not_empty",
        problem_values={"what": "<b>tan_tien</b>"},
    )

    shown = text_of(signed_in(here, Role.ADMINISTRATOR), PLACE)

    assert "xaso-20261123T190000Z.tar.age" in shown
    assert "3,0 MB" in shown
    assert "3 phút" in shown
    assert "Nơi phục hồi đã có dữ liệu: &lt;b&gt;tan_tien&lt;/b&gt;." in shown
    assert "1 tệp trên máy chủ đã mất hoặc hỏng" in shown
    assert "Chưa đặt nơi để" in shown


def test_an_empty_page_says_what_to_do(here: Any) -> None:
    assert "Người vận hành máy chủ đặt nơi để và khóa" in text_of(signed_in(here, Role.ADMINISTRATOR), PLACE)
