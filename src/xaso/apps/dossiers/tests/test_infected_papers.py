"""A file with a virus is refused in words and written down; one that waits for the scanner is kept, said so, and opened by nobody."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import drafts, supplement
from xaso.apps.dossiers.models import Attachment, Dossier
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.testing import BIRTH, MORNING, Office
from xaso.kernel.errors import Refusal
from xaso.platform import clock, outbox
from xaso.platform.tests import file_samples as samples
from xaso.platform.uploads.testing import sent_whole
from xaso.platform.viruses import jobs
from xaso.platform.viruses.testing import Standin, infected_pdf, running, take_into_use

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def program() -> Iterator[Standin]:
    with running() as standin:
        yield standin


@pytest.fixture
def clamd(program: Standin, monkeypatch: pytest.MonkeyPatch) -> Standin:
    take_into_use(program, monkeypatch)
    return program


@pytest.fixture
def dossier(office: Office) -> Dossier:
    return testing.examining(office)


@pytest.fixture
def official(office: Office) -> Client:
    client = Client()
    client.force_login(testing.account_of(office.officer))
    return client


def sent(official: Client, dossier: Dossier, content: bytes) -> Any:
    """Send a file as an official does from the case's page, and follow to what is shown."""
    file = SimpleUploadedFile("ban-quet.pdf", content, "application/pdf")
    return official.post(f"/ho-so/{dossier.code}/viec/attach/", {"paper": "other", "file": file}, follow=True)


def traces(subject: str) -> list[tuple[str, dict[str, Any]]]:
    return [(line.verb, line.detail) for line in audit.history_of(subject) if "infected" in line.verb]


def test_an_infected_scan_is_refused_in_words_and_written_down(clamd: Standin, official: Client, dossier: Dossier) -> None:
    answer = sent(official, dossier, infected_pdf())
    assert "có mã độc (vi-rút) nên xã không nhận" in answer.content.decode()
    assert not Attachment.objects.filter(dossier=dossier).exists()
    assert traces(f"dossier:{dossier.id}") == [("dossiers.infected_refused", {"finding": "Eicar-Test-Signature"})]


def test_an_infected_upload_of_a_phone_is_refused_and_nobody_elses_case_is_written_to(clamd: Standin, office: Office) -> None:
    now = clock.now()
    who = Applicant(name="Giàng A Pao", citizen_id=office.owner.citizen_id)
    draft = drafts.start_draft(office.owner, BIRTH, who, channel="online", on=now.date(), now=now)
    upload_id = sent_whole(infected_pdf(), name="a.pdf")
    with pytest.raises(Refusal) as own:
        drafts.take_upload(office.owner, draft.id, "birth_slip", upload_id, now=now)
    with pytest.raises(Refusal) as another:
        drafts.add_paper(office.stranger, draft.id, "birth_slip", infected_pdf(), name="a.pdf", source="phone", now=now)
    assert (own.value.code, another.value.code) == ("admission.infected", "dossiers.draft_not_found")
    assert traces(f"dossier:{draft.id}") == [("dossiers.infected_refused", {"finding": "Eicar-Test-Signature"})]


def test_while_the_scanner_is_away_a_pdf_is_kept_and_its_case_says_why_it_cannot_be_opened(
    clamd: Standin, official: Client, dossier: Dossier
) -> None:
    clamd.control(mode="down")
    content = samples.pdf()
    answer = sent(official, dossier, content)
    assert "Máy quét vi-rút đang tạm dừng" in answer.content.decode()
    attachment = Attachment.objects.get(dossier=dossier)
    assert "Chờ quét vi-rút, chưa mở được" in official.get(f"/ho-so/{dossier.code}/").content.decode()
    opened = official.get(f"/ho-so/{dossier.code}/tep/{attachment.id}/")
    assert opened.status_code == 503
    assert "chưa quét vi-rút xong" in opened.content.decode()
    clamd.control(mode="good")
    jobs.examine_waiting(clock.now())
    opened = official.get(f"/ho-so/{dossier.code}/tep/{attachment.id}/")
    assert opened.status_code == 200
    assert b"".join(opened) == content


def test_what_is_found_after_it_was_taken_is_closed_said_and_written_down_once(
    clamd: Standin, official: Client, office: Office, dossier: Dossier
) -> None:
    clamd.control(mode="down")
    at = MORNING + timedelta(hours=1)
    attachment = supplement.attach(office.officer, dossier.id, "other", infected_pdf(), name="a.pdf", source="desk", now=at)
    clamd.control(mode="good")
    jobs.examine_waiting(clock.now())
    outbox.relay(clock.now())
    outbox.relay(clock.now())
    assert traces(f"dossier:{dossier.id}") == [("dossiers.infected_found", {"finding": "Eicar-Test-Signature"})]
    assert "Có mã độc, không mở được" in official.get(f"/ho-so/{dossier.code}/").content.decode()
    opened = official.get(f"/ho-so/{dossier.code}/tep/{attachment.id}/")
    assert (opened.status_code, b"EICAR" in opened.content) == (410, False)
