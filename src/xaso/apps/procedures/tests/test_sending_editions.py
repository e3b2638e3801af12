"""The administrator sends a file of the national database on a page: judged by its content, read by the worker, told in plain words."""

import gzip
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.procedures.actions.decide_edition import approve_edition
from xaso.apps.procedures.actions.import_edition import import_edition
from xaso.apps.procedures.actions.send_edition import LEASE, EditionFile, read_next, send_edition
from xaso.apps.procedures.models import NationalEdition, SentEdition
from xaso.apps.procedures.national import files
from xaso.apps.procedures.tests.national_data import line, written
from xaso.kernel.errors import Refusal
from xaso.platform import clock

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SENDING = "/quan-tri/thu-tuc-quoc-gia/gui/"
FEW = ("1.900001", "1.900002", "1.900003")

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db: None) -> Any:
    return people.staff(people.commune(), Role.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def _empty_folder() -> None:
    shutil.rmtree(Path(settings.DATA_DIR) / "editions", ignore_errors=True)


@pytest.fixture
def admin(administrator: Any, client: Client) -> Client:
    client.force_login(administrator)
    return client


def _content(tmp_path: Path, *lines: dict[str, Any]) -> bytes:
    return written(tmp_path / "made.jsonl", *lines).read_bytes()


def _send(admin: Client, content: bytes, name: str = "ban.jsonl", **answers: str) -> Any:
    return admin.post(SENDING, {"file": SimpleUploadedFile(name, content), **(answers or {"is_unknown": "on"})})


def _page(admin: Client) -> str:
    return admin.get(f"{SENDING}{SentEdition.objects.get().id}/").content.decode()


def _leftovers() -> list[Path]:
    return list((Path(settings.DATA_DIR) / "editions").glob("*"))


def test_a_file_that_was_sent_is_read_by_the_worker_and_leads_to_the_report(admin: Client, tmp_path: Path) -> None:
    sent = _send(admin, gzip.compress(_content(tmp_path, *map(line, FEW))), "ban.jsonl.gz", as_of="20/07/2026")

    waiting = admin.get(sent.url)
    assert "Đang chờ máy chủ bắt đầu đọc" in waiting.content.decode()
    assert waiting["Refresh"] == "2"
    assert not NationalEdition.objects.exists()

    assert read_next(clock.now()) == 1

    edition = NationalEdition.objects.get()
    assert (edition.file_name, edition.as_of, edition.counts["new"], edition.state) == ("ban.jsonl.gz", date(2026, 7, 20), 3, "waiting")
    done = admin.get(sent.url)
    assert f'href="/quan-tri/thu-tuc-quoc-gia/{edition.id}/"' in done.content.decode()
    assert "Refresh" not in done
    assert _leftovers() == []
    assert read_next(clock.now()) == 0


def test_the_day_is_asked_for_or_said_to_be_unknown(admin: Client, tmp_path: Path) -> None:
    content = _content(tmp_path, line())
    for answers in ({"as_of": ""}, {"as_of": "20/07/2026", "is_unknown": "on"}):
        refused = _send(admin, content, **answers)
        assert refused.status_code == 422
        assert "hoặc đánh dấu là chưa rõ" in refused.content.decode()
    assert "không bắt buộc" not in admin.get(SENDING).content.decode()
    assert not SentEdition.objects.exists()

    _send(admin, content)

    assert SentEdition.objects.get().as_of is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7\n%\n", "không phải bản công bố"),
        (b"PK\x03\x04 an archive", "không phải bản công bố"),
        (b'{"name": "another list"}\n', "không phải bản công bố"),
        (gzip.compress(b"a,b,c\n1,2,3\n"), "không phải bản công bố"),
        (b"\n\n", "không có thủ tục nào"),
        (gzip.compress(b"{" * 10_000)[:-12], "bị cắt ngang"),
    ],
    ids=["PDF", "archive", "another list", "packed table", "empty lines", "cut off"],
)
def test_a_foreign_file_is_refused_at_the_door_by_its_content_whatever_its_name(admin: Client, content: bytes, words: str) -> None:
    refused = _send(admin, content)

    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert not SentEdition.objects.exists()
    assert _leftovers() == []


def test_a_file_cut_off_later_is_refused_whole_and_the_page_says_so(admin: Client, tmp_path: Path) -> None:
    for content in (_content(tmp_path, *map(line, FEW))[:-30], gzip.compress(_content(tmp_path, *map(line, FEW)))[:-30]):
        SentEdition.objects.all().delete()
        _send(admin, content)
        read_next(clock.now())

        assert "Tệp bị cắt ngang. Anh/chị tải lại tệp đầy đủ; chưa có gì được ghi." in _page(admin)
        assert "Tệp bị cắt ngang" in admin.get("/quan-tri/thu-tuc-quoc-gia/").content.decode()
        assert not NationalEdition.objects.exists()
        assert _leftovers() == []


def test_a_file_that_unpacks_without_end_is_refused_before_it_fills_the_memory(admin: Client, tmp_path: Path) -> None:
    first = _content(tmp_path, line())
    blank_lines, one_line = first + b"\n" * (files.MOST_LINES + 1), first + b'{"a": "' + b"x" * files.LARGEST_LINE_BYTES
    for bomb in (blank_lines, one_line, first + b"{}\n" * (files.MOST_LINES + 1)):
        SentEdition.objects.all().delete()
        packed = gzip.compress(bomb)
        assert len(packed) < 60_000
        _send(admin, packed)
        read_next(clock.now())

        assert "không phải bản công bố thủ tục" in _page(admin)
        assert not NationalEdition.objects.exists()


def test_a_second_file_is_refused_while_one_is_read_and_the_same_one_is_the_same_sending(admin: Client, tmp_path: Path) -> None:
    first = _content(tmp_path, line())
    begun = _send(admin, first)

    again, other = _send(admin, first), _send(admin, _content(tmp_path, line(FEW[1])))

    assert again.url == begun.url
    assert other.status_code == 422
    assert "Máy đang đọc một bản khác" in other.content.decode()
    assert [path.name for path in _leftovers()] == [str(SentEdition.objects.get().id)]

    read_next(clock.now())
    assert _send(admin, _content(tmp_path, line(FEW[1]))).status_code == 302


def test_an_edition_older_than_the_approved_one_is_refused_in_words(admin: Client, administrator: Any, tmp_path: Path) -> None:
    done = import_edition(written(tmp_path / "a.jsonl", line()), as_of=date(2026, 7, 20), now=NOW)
    assert done.edition_id is not None
    approve_edition(people.actor_for(administrator), done.edition_id, withdraw=False, now=NOW)

    _send(admin, _content(tmp_path, line(FEW[1])), as_of="19/07/2026")
    read_next(clock.now())

    assert "Bản này cũ hơn bản ngày 20/07/2026" in _page(admin)


def test_what_a_dead_worker_began_is_begun_once_more_and_then_given_up(admin: Client, tmp_path: Path) -> None:
    _send(admin, _content(tmp_path, line()))
    now = clock.now()
    SentEdition.objects.update(leased_until=now + LEASE, tries=1)
    assert read_next(now) == 0

    assert read_next(now + LEASE + timedelta(seconds=1)) == 1
    assert SentEdition.objects.get().state == "read"

    SentEdition.objects.update(state="reading", leased_until=now, tries=2, ended_at=None)
    read_next(now + LEASE)
    assert "Máy chủ chưa đọc được tệp này" in _page(admin)


def test_only_an_administrator_sends(client: Client, administrator: Any, tmp_path: Path) -> None:
    commune_id = people.actor_for(administrator).commune_id
    assert commune_id is not None
    clerk = people.staff_of(commune_id, Role.CLERK)
    client.force_login(clerk)
    assert _send(client, _content(tmp_path, line())).status_code == 404

    with pytest.raises(Refusal, match=r"procedures\.not_allowed"):
        send_edition(people.actor_for(clerk), EditionFile("a", None, iter([b"{}"])), now=NOW)
    assert not SentEdition.objects.exists()
    assert _leftovers() == []
