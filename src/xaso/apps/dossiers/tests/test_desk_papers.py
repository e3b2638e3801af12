"""The desk's table of papers: it follows the answers and the way the application came, and says nothing that nobody said."""

import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import drafts
from xaso.apps.dossiers.models import Attachment, Dossier, Draft
from xaso.apps.dossiers.testing import Office
from xaso.apps.dossiers.tests.desk_samples import COPIES, begun, picture, scanned, text
from xaso.platform import clock
from xaso.platform.admission import Limits

pytestmark = pytest.mark.django_db

GIVEN = {"kind-declaration": "original", "kind-birth_slip": "original"}


@pytest.fixture
def desk(office: Office, client: Client) -> Client:
    client.force_login(get_user_model().objects.get(pk=str(office.desk.account_id)))
    return client


@pytest.fixture
def scan_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    monkeypatch.setenv("XASO_SCAN_FOLDER", str(folder))
    return folder


def test_the_table_of_papers_follows_the_answers_and_what_they_open_is_not_received_yet(desk: Client) -> None:
    page = begun(desk, testing.BIRTH)
    shown = text(desk.get(page))
    assert 'name="kind-birth_slip"' not in shown
    born = {"q-_shown": "special_case birth_proof", "q-special_case": "none", "q-birth_proof": "slip"}
    came = desk.post(f"{page}luu/", {"row": "identity", **born}).json()
    assert 'name="kind-birth_slip"' in came["papers"]
    rows = re.findall(r'name="row" value="(\w+)"', came["papers"])
    sent = {"row": rows, **born, "kind-declaration": "original", "kind-birth_slip": "original"}
    assert desk.post(f"{page}luu/", sent).json()["papers"] == ""
    assert Draft.objects.get().papers["birth_slip"] == {"kind": "original", "count": 1}


def test_a_paper_that_was_refused_as_missing_is_marked_and_not_noted_by_itself(office: Office, desk: Client) -> None:
    page = begun(desk, testing.BIRTH)
    drafts.save_answers(office.desk, Draft.objects.get().id, testing.filing(office, testing.BIRTH).answers, screen="", now=clock.now())
    sent = {"do": "take_in", "q-_shown": "", "name": "Giàng Thị Mỷ", "phone": "0912345678", "kind-declaration": "original"}
    answer = desk.post(page, sent)

    assert 'href="#kind-birth_slip"' in text(answer)
    assert 'aria-describedby="e-giay-birth_slip"' in text(answer)
    again = desk.post(page, sent | {"kind-birth_slip": ""})
    assert again.status_code == 409
    assert not Dossier.objects.exists()


def test_what_an_earlier_answer_asked_for_is_kept_but_not_handed_in(office: Office, desk: Client) -> None:
    page = begun(desk, testing.BIRTH)
    answers = testing.filing(office, testing.BIRTH).answers
    drafts.save_answers(office.desk, Draft.objects.get().id, answers | {"birth_proof": "witness"}, screen="", now=clock.now())
    desk.post(
        page,
        {
            "do": "scan",
            "q-_shown": "",
            "kind-witness_statement": "original",
            "scan-witness_statement": SimpleUploadedFile("a.png", picture()),
        },
    )
    drafts.save_answers(office.desk, Draft.objects.get().id, answers, screen="", now=clock.now())
    assert "không cần nữa" in text(desk.get(page))
    desk.post(page, {"do": "take_in", "q-_shown": "", "name": "Giàng Thị Mỷ", "phone": "0912345678", **GIVEN})

    assert Dossier.objects.get().papers == {paper: {"kind": "original", "count": 1} for paper in ("declaration", "birth_slip")}
    assert Attachment.objects.get().paper_id == "witness_statement"


def test_a_file_for_no_named_paper_is_shown_and_can_be_taken_out(desk: Client, scan_folder: Path) -> None:
    scanned(scan_folder, "SCAN_1.png", picture())
    page = begun(desk)
    desk.post(page, COPIES | {"do": "scan", desk.get(page).context["scans"][0]["field"]: "other"})
    assert "Giấy tờ khác" in text(desk.get(page))
    desk.post(page, COPIES | {"do": f"remove-{Attachment.objects.get().id}"})

    assert Attachment.objects.get().removed_at is not None


def test_the_post_is_offered_only_where_the_procedure_offers_it(desk: Client) -> None:
    offered = {row["item"].code: row["channels"] for row in desk.get("/mot-cua/moi/").context["found"]}
    assert offered[testing.BIRTH] == ["counter", "post"]
    assert offered[testing.COPY] == ["counter"]
    refused = desk.post(f"/mot-cua/moi/{testing.COPY}/", {"channel": "post"})

    assert refused["Location"] == "/mot-cua/moi/"
    assert desk.post(f"/mot-cua/moi/{testing.BIRTH}/", {"channel": "online"})["Location"] == "/mot-cua/moi/"
    assert not Draft.objects.exists()


def test_what_comes_by_post_asks_for_the_papers_of_the_post_and_is_filed_as_such(office: Office, desk: Client) -> None:
    at_the_counter = begun(desk, testing.BIRTH)
    page = str(desk.post(f"/mot-cua/moi/{testing.BIRTH}/", {"channel": "post"})["Location"])
    assert page != at_the_counter
    assert desk.post(f"/mot-cua/moi/{testing.BIRTH}/", {"channel": "post"})["Location"] == page
    shown = text(desk.get(page))
    assert "Nhận hồ sơ gửi qua bưu chính" in shown
    assert 'name="kind-identity_certified"' in shown
    assert 'name="kind-identity"' not in shown
    draft = Draft.objects.get(channel="post")
    drafts.save_answers(office.desk, draft.id, testing.filing(office, testing.BIRTH).answers, screen="", now=clock.now())
    sent = {"do": "take_in", "q-_shown": "", "name": "Giàng Thị Mỷ", "phone": "0912345678", **GIVEN}
    assert "Bản sao có chứng thực" in text(desk.post(page, sent | {"kind-identity_certified": ""}))
    desk.post(page, sent | {"kind-identity_certified": "copy"})
    dossier = Dossier.objects.get()

    assert (dossier.channel, dossier.state) == ("post", "accepted")
    assert set(dossier.papers) == {"declaration", "birth_slip", "identity_certified"}


def test_a_card_photo_that_is_too_heavy_is_refused_before_it_is_read(desk: Client) -> None:
    heavy = SimpleUploadedFile("the.png", b"\x89PNG" + b"\0" * Limits().max_bytes, "image/png")
    answer = desk.post(begun(desk), {"do": "read_card", "card_photo": heavy})

    assert 'id="e-card"' in text(answer)
    assert "nặng hơn" in text(answer)
