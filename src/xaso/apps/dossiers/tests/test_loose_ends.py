"""Small promises: files to look at again, who hands in for another, the filing place by its right name."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import intake
from xaso.apps.dossiers.models import Attachment, Dossier, Slip
from xaso.apps.dossiers.testing import BIRTH, COPY, MORNING
from xaso.apps.notices import facade as notices
from xaso.platform import outbox
from xaso.platform.tests.file_samples import pdf_with_file, photo

pytestmark = pytest.mark.django_db


def desk(office: testing.Office) -> Client:
    client = Client()
    client.force_login(testing.account_of(office.desk))
    return client


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("nho.jpg", photo(300, 200), "nho.jpg:"), ("kem.pdf", pdf_with_file("data.xml", b"<invoice/>"), "kem.pdf:"), ("ro.jpg", photo(), "")],
)
def test_what_to_look_at_again_in_a_file_is_said(name: str, content: bytes, said: str) -> None:
    office = testing.office()
    dossier = testing.examining(office, COPY)

    sent = {"paper": "other", "file": SimpleUploadedFile(name, content)}
    page = desk(office).post(f"/ho-so/{dossier.code}/viec/attach/", sent, follow=True).content.decode()

    assert Attachment.objects.count() == 1
    assert f"{name}:" in page if said else f"{name}:" not in page


def test_who_hands_in_for_another_stands_on_form_01_and_in_the_case() -> None:
    office = testing.office()
    dossier = testing.accepted(office, COPY, submitter="Lù Thị <Hoa>")

    assert Dossier.objects.get().representative == {"name": "Lù Thị <Hoa>"}
    assert Slip.objects.get().data["applicant"]["submitter"] == "Lù Thị <Hoa>"
    assert "Lù Thị &lt;Hoa&gt;" in desk(office).get(f"/ho-so/{dossier.code}/").content.decode()


def test_a_ministrys_code_is_taken_and_the_ministrys_system_is_named() -> None:
    office = testing.office(files_here=False)
    dossier = testing.submitted(office, BIRTH, channel="online", phone="0912345678")
    Dossier.objects.update(filing_place="ministry_system")
    assert "Hệ thống của bộ, ngành" in desk(office).get(f"/ho-so/{dossier.code}/").content.decode()

    taken = intake.register(office.desk, dossier.id, "g09.20-20260609-0092637", now=MORNING)
    while outbox.relay(MORNING):
        pass

    assert taken.national_code == "G09.20-20260609-0092637"
    told = [line.body for line in notices.messages_about(office.commune_id, f"dossier:{dossier.id}") if line.channel == "sms"]
    assert any("he thong cua bo" in text or "hệ thống của bộ" in text for text in told)
