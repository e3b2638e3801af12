"""Files from outside are shown to clamd over its real protocol; whatever it does, nothing is lost and nothing harmful is opened."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from xaso.kernel.errors import Refusal
from xaso.platform import files
from xaso.platform.actor import Actor
from xaso.platform.admission import admit
from xaso.platform.errors import words_for
from xaso.platform.models import OutboxMessage, StoredFile
from xaso.platform.tests import file_samples as samples
from xaso.platform.viruses import alarm, jobs
from xaso.platform.viruses.clamd import Clamd, NoVerdict, Place, TooLarge
from xaso.platform.viruses.testing import EICAR, Standin, infected_pdf, running, take_into_use

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def program() -> Iterator[Standin]:
    with running() as standin:
        yield standin


@pytest.fixture
def clamd(program: Standin, monkeypatch: pytest.MonkeyPatch) -> Standin:
    take_into_use(program, monkeypatch)
    return program


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, settings: object) -> Path:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def keep_pdf(content: bytes) -> StoredFile:
    return files.keep_admitted(admit(content, name="đơn.pdf"), commune_id=uuid4(), now=NOW)


def opened(stored: StoredFile) -> str:
    """Return `opened`, or the code of the refusal to open."""
    stored.refresh_from_db()
    try:
        files.open_path(stored)
        files.read(stored)
    except Refusal as refusal:
        return refusal.code
    return "opened"


def test_a_clean_pdf_is_taken_and_opened(clamd: Standin) -> None:
    stored = keep_pdf(samples.pdf())
    assert (stored.virus_check, opened(stored)) == ("clean", "opened")


def test_an_infected_pdf_is_refused_in_words_with_what_was_found(clamd: Standin) -> None:
    with pytest.raises(Refusal) as caught:
        admit(infected_pdf(), name="đơn.pdf")
    assert caught.value.code == "admission.infected"
    assert caught.value.params["finding"] == "Eicar-Test-Signature"
    assert "“đơn”" in words_for(caught.value)


def test_a_photo_is_shown_to_the_scanner_as_it_came(clamd: Standin) -> None:
    assert admit(samples.photo(), name="a.jpg").virus_check == "clean"
    with pytest.raises(Refusal) as caught:
        admit(samples.photo() + EICAR, name="a.jpg")
    assert caught.value.code == "admission.infected"


@pytest.mark.parametrize("mode", ["down", "silent", "rubbish", "error", "small", "hang_up"])
def test_while_the_scanner_gives_no_verdict_a_pdf_is_taken_and_nobody_opens_it(
    clamd: Standin, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XASO_CLAMD_SECONDS", "1")
    clamd.control(mode=mode, seconds="3")
    begun = time.monotonic()
    admitted = admit(samples.pdf(40), name="đơn.pdf")
    assert time.monotonic() - begun < 2.5
    assert admitted.warnings == ("admission.unchecked",)
    stored = files.keep_admitted(admitted, commune_id=uuid4(), now=NOW)
    assert opened(stored) == "files.unchecked"
    answer = files.file_response(None, stored, inline=False)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    monkeypatch.setenv("XASO_CLAMD_SECONDS", "10")
    clamd.control(mode="good")
    assert jobs.examine_waiting(NOW) == 1
    assert opened(stored) == "opened"


def test_a_photo_is_made_anew_and_waits_for_nothing(clamd: Standin) -> None:
    clamd.control(mode="down")
    admitted = admit(samples.photo(), name="a.jpg")
    assert (admitted.virus_check, admitted.warnings) == ("", ())


def test_a_scanner_that_failed_is_left_alone_for_a_minute(clamd: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_CLAMD_SECONDS", "1")
    clamd.control(mode="silent", seconds="3")
    keep_pdf(samples.pdf(2))
    begun = time.monotonic()
    keep_pdf(samples.pdf(3))
    assert time.monotonic() - begun < 0.9
    assert jobs.examine_waiting(NOW) == 0


def test_what_is_found_later_closes_every_row_of_the_content_and_is_told(clamd: Standin) -> None:
    content = infected_pdf()
    clamd.control(mode="down")
    first, second = keep_pdf(content), keep_pdf(content)
    clamd.control(mode="good")
    assert jobs.examine_waiting(NOW) >= 2
    assert (opened(first), opened(second)) == ("files.infected", "files.infected")
    told = OutboxMessage.objects.filter(topic="platform.virus_found").values_list("subject", "payload")
    assert sorted(told) == sorted([(f"file:{row.id}", {"finding": "Eicar-Test-Signature"}) for row in (first, second)])
    page = files.file_response(None, first, inline=False)
    assert page.status_code == 410
    assert b"EICAR" not in page.content  # type: ignore[attr-defined]
    assert jobs.examine_waiting(NOW) == 0


def test_what_is_too_large_for_the_scanner_keeps_no_smaller_file_waiting(clamd: Standin) -> None:
    clamd.control(mode="down")
    large, small = keep_pdf(samples.pdf(60)), keep_pdf(samples.pdf(1))
    assert large.size_bytes > 1024 > small.size_bytes
    clamd.control(mode="small")
    assert jobs.examine_waiting(NOW) == 1
    assert (opened(large), opened(small)) == ("files.unchecked", "opened")


def test_without_a_scanner_nothing_is_asked_and_nothing_waits_any_more(clamd: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    clamd.control(mode="down")
    stored = keep_pdf(samples.pdf())
    monkeypatch.delenv("XASO_CLAMD")
    assert keep_pdf(samples.pdf(2)).virus_check == ""
    assert jobs.examine_waiting(NOW) == 1
    assert opened(stored) == "opened"


def test_what_was_found_infected_stays_closed_without_a_scanner(clamd: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    clamd.control(mode="down")
    stored = keep_pdf(infected_pdf())
    clamd.control(mode="good")
    jobs.examine_waiting(NOW)
    monkeypatch.delenv("XASO_CLAMD")
    jobs.examine_waiting(NOW)
    assert opened(stored) == "files.infected"


def test_the_socket_of_a_path_is_spoken_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running("--socket", str(tmp_path / "clamd.ctl")) as standin:
        take_into_use(standin, monkeypatch)
        assert standin.place.startswith("/")
        assert admit(samples.pdf(), name="a.pdf").virus_check == "clean"
        with pytest.raises(Refusal):
            admit(infected_pdf(), name="a.pdf")


def test_ten_megabytes_go_through_and_a_slow_answer_in_time_counts(clamd: Standin) -> None:
    scanner = Clamd(Place.read(clamd.place), 5)
    assert scanner.finding(b"a" * (10 << 20)) == ""
    clamd.control(mode="slow", seconds="0.5")
    assert scanner.finding(EICAR) == "Eicar-Test-Signature"
    clamd.control(mode="small")
    with pytest.raises(TooLarge):
        scanner.finding(b"a" * (10 << 20))
    assert not scanner.is_resting


def test_a_place_where_nobody_listens_gives_no_verdict_at_once(tmp_path: Path) -> None:
    for text in (str(tmp_path / "nobody.ctl"), "127.0.0.1:9"):
        with pytest.raises(NoVerdict):
            Clamd(Place.read(text), 5).finding(b"x")


@pytest.mark.parametrize("text", ["clamd", "host:", ":3310", "host:0", "host:70000", "host:abc"])
def test_a_place_that_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="path of a socket"):
        Place.read(text)


def test_administrators_are_told_of_files_that_wait_for_the_scanner(clamd: Standin) -> None:
    clamd.control(mode="down")
    waiting = [keep_pdf(samples.pdf()) for _again in range(2)]
    StoredFile.objects.filter(pk=waiting[1].pk).update(commune_id=waiting[0].commune_id)

    def told(role: str, minutes: int, commune_id: object = waiting[0].commune_id) -> list[str]:
        actor = Actor("staff", commune_id, roles=frozenset({role}))  # type: ignore[arg-type]
        return [one.title for one in alarm.waiting_too_long(actor, NOW + timedelta(minutes=minutes))]

    assert told("administrator", 9) == []
    assert told("administrator", 10) == ["2 tệp chưa quét vi-rút, chưa ai mở được"]
    assert told("desk", 60) == []
    assert told("administrator", 60, uuid4()) == []

    clamd.control(mode="good")
    assert jobs.examine_waiting(NOW) > 0
    assert told("administrator", 60) == []


def test_where_no_scanner_is_named_nobody_is_told_of_files_that_wait(clamd: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    clamd.control(mode="down")
    stored = keep_pdf(samples.pdf())
    admin = Actor("staff", stored.commune_id, roles=frozenset({"administrator"}))
    assert len(alarm.waiting_too_long(admin, NOW + timedelta(hours=1))) == 1

    monkeypatch.delenv("XASO_CLAMD")

    assert alarm.waiting_too_long(admin, NOW + timedelta(hours=1)) == []
