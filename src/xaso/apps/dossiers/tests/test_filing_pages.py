"""`/nop-ho-so/`: the screens of an application, over ended sessions, wrong answers, hostile texts and second presses."""

import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import drafts
from xaso.apps.dossiers.models import Attachment, Dossier, Draft
from xaso.apps.dossiers.testing import BIRTH, COPY, MORNING, POOR, Office
from xaso.apps.procedures import facade as procedures
from xaso.platform.actor import Actor
from xaso.platform.tests.file_samples import heic, pdf, photo

BACKEND = "django.contrib.auth.backends.ModelBackend"
SIGNATURE = "2.000884"
HOSTILE = "<img src=x onerror=alert(1)>"
ROW = {"_shown": "documents", "documents-0-name": "Căn cước", "documents-0-pages": "1", "documents-0-copies": "2"}
MOST_BYTES_A_SCREEN = 10 * 1024

pytestmark = pytest.mark.django_db


def account_of(actor: Actor) -> Any:
    """Return the account that the actor signs in with."""
    assert actor.account_id is not None
    return get_user_model().objects.get(pk=actor.account_id)


def client_of(actor: Actor) -> Client:
    """Return a browser in which the citizen is signed in."""
    client = Client()
    client.force_login(account_of(actor), backend=BACKEND)
    return client


@pytest.fixture
def citizen(office: Office) -> Client:
    return client_of(office.owner)


def begin(client: Client, code: str = COPY) -> str:
    """Begin an application and return its base address."""
    answer = client.post(f"/nop-ho-so/{code}/")
    assert answer.status_code == 302
    return answer["Location"].removesuffix("nguoi-nop/")


def test_beginning_twice_goes_on_with_the_same_draft(citizen: Client) -> None:
    assert begin(citizen) == begin(citizen)
    assert Draft.objects.count() == 1


def test_a_visitor_signs_in_first_and_comes_back(office: Office, client: Client) -> None:
    assert client.get(f"/nop-ho-so/{COPY}/")["Location"] == f"/dang-nhap/?next=/nop-ho-so/{COPY}/"


def test_only_papers_of_this_channel_are_named_before_beginning(citizen: Client) -> None:
    page = citizen.get(f"/nop-ho-so/{BIRTH}/").content.decode()

    assert "Giấy chứng sinh" in page
    assert "Bản sao có chứng thực căn cước" not in page


def test_a_question_answered_goes_on_and_is_kept(citizen: Client) -> None:
    base = begin(citizen)

    answer = citizen.post(base + "giay-to/", ROW)

    assert answer["Location"] == base + "muc-dich/"
    assert Draft.objects.get().answers == {"documents": [{"name": "Căn cước", "pages": 1, "copies": 2}]}


def test_what_is_wrong_is_said_and_what_was_typed_stays(citizen: Client) -> None:
    base = begin(citizen)

    answer = citizen.post(base + "giay-to/", ROW | {"documents-0-pages": "mười"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'autofocus aria-labelledby="tomloi"' in page
    assert 'value="mười"' in page
    assert 'value="Căn cước"' in page


@pytest.mark.parametrize(("pressed", "leads_to"), [("back", "nguoi-nop/"), ("later", "/ho-so-cua-toi/")])
def test_going_back_or_leaving_keeps_even_wrong_answers(citizen: Client, pressed: str, leads_to: str) -> None:
    base = begin(citizen)

    answer = citizen.post(base + "giay-to/", ROW | {"documents-0-pages": "mười", "do": pressed})

    assert answer["Location"].endswith(leads_to)
    assert Draft.objects.get().answers["documents"][0]["pages"] == "mười"


def test_an_emptied_answer_is_gone(citizen: Client) -> None:
    base = begin(citizen)
    citizen.post(base + "muc-dich/", {"_shown": "purpose", "purpose": "Xin việc"})

    citizen.post(base + "muc-dich/", {"_shown": "purpose", "purpose": ""})

    assert Draft.objects.get().answers == {}


def test_a_row_is_added_without_scripts_and_the_page_goes_on_at_it(citizen: Client) -> None:
    base = begin(citizen)

    answer = citizen.post(base + "giay-to/", ROW | {"add-documents": "1"})

    assert answer["Location"] == base + "giay-to/#f-documents-1"
    assert 'name="documents-1-name"' in citizen.get(base + "giay-to/").content.decode()


def test_a_draft_is_resumed_where_it_was_left(citizen: Client) -> None:
    base = begin(citizen)
    citizen.post(base + "giay-to/", ROW)

    assert citizen.get(base)["Location"] == base + "muc-dich/"
    assert "Sao y giấy tờ" in citizen.get("/ho-so-cua-toi/").content.decode()


def test_a_draft_can_be_thrown_away_by_its_owner_only(office: Office, citizen: Client) -> None:
    base = begin(citizen)
    citizen.post(base + "giay-to/", ROW)

    assert client_of(office.stranger).post(base + "viec/bo/").status_code == 404
    assert Draft.objects.count() == 1
    assert citizen.post(base + "viec/bo/").status_code == 302
    assert not Draft.objects.exists()


@pytest.mark.parametrize("address", ["", "giay-to/", "kiem-tra/", "giay-photo_of_original/"])
def test_another_citizens_draft_is_not_there(office: Office, citizen: Client, address: str) -> None:
    base = begin(citizen)
    stranger = client_of(office.stranger)

    assert stranger.get(base + address).status_code == 404
    if address:
        assert stranger.post(base + address, ROW | {"agree": "yes"}).status_code == 404
    assert Draft.objects.get().answers == {}
    assert not Dossier.objects.exists()


def test_what_was_sent_after_the_session_ended_comes_back_after_signing_in(office: Office, citizen: Client) -> None:
    base = begin(citizen)
    citizen.logout()

    sent = citizen.post(base + "giay-to/", ROW)
    assert unquote(sent["Location"]) == f"/dang-nhap/?next={base}giay-to/"
    assert Draft.objects.get().answers == {}

    citizen.force_login(account_of(office.owner), backend=BACKEND)
    page = citizen.get(base + "giay-to/").content.decode()

    assert 'value="Căn cước"' in page
    assert "Những gì vừa ghi vẫn còn" in page
    assert Draft.objects.get().answers["documents"][0]["copies"] == 2
    assert "Những gì vừa ghi vẫn còn" not in citizen.get(base + "giay-to/").content.decode()


def test_what_one_person_sent_never_reaches_the_next_who_signs_in(office: Office, citizen: Client) -> None:
    base = begin(citizen)
    citizen.logout()
    citizen.post(base + "giay-to/", ROW)

    citizen.force_login(account_of(office.stranger), backend=BACKEND)

    assert citizen.get(base + "giay-to/").status_code == 404
    assert Draft.objects.get().answers == {}
    assert "unsent" not in citizen.session


def test_nothing_is_kept_for_a_draft_that_does_not_exist(office: Office, client: Client) -> None:
    client.post(f"/nop-ho-so/{COPY}/{uuid4()}/giay-to/", ROW)

    assert "unsent" not in client.session


def test_autosave_keeps_and_tells_the_time_and_says_when_the_session_ended(citizen: Client) -> None:
    base = begin(citizen)

    kept = citizen.post(base + "viec/luu/", ROW | {"screen": "giay-to"}).json()
    contact = citizen.post(base + "viec/luu/", {"screen": "nguoi-nop", "name": "Giàng A Pao", "phone": "0912 345"}).json()
    citizen.logout()
    refused = citizen.post(base + "viec/luu/", ROW)

    assert set(kept) == set(contact) == {"saved", "at"}
    assert Draft.objects.get().answers["documents"][0]["name"] == "Căn cước"
    assert Draft.objects.get().applicant["phone"] == "0912345"
    assert refused.status_code == 401
    assert "đăng nhập lại" in refused.json()["said"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jpg", photo()), ("a.png", photo(kind="PNG")), ("a.webp", photo(kind="WEBP")), ("a.heic", heic()), ("a.pdf", pdf())],
)
def test_photos_and_pdf_are_taken(citizen: Client, name: str, content: bytes) -> None:
    base = begin(citizen)

    citizen.post(base + "giay-photo_of_original/", {"file": SimpleUploadedFile(name, content), "do": "add"})

    given = Attachment.objects.get()
    small = citizen.get(f"{base}tep/{given.id}/")
    content_back = b"".join(small)
    assert small.status_code == 200
    if given.file.media_type == "image/jpeg":
        assert (small["Content-Type"], content_back[8:12]) == ("image/webp", b"WEBP")
        assert len(content_back) < MOST_BYTES_A_SCREEN


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("anh.jpg", b"MZ" + b"\0" * 3000, "chương trình máy tính"),
        ("anh.jpg", b"", "trống"),
        ("anh.jpg", photo()[:2000], "ảnh"),
        ("anh.txt", b"xin chao" * 50, "Không nhận được loại tệp"),
        ("to.jpg", b"\xff\xd8" + b"\0" * (10 * 1024 * 1024), "nặng hơn 10 MB"),
    ],
)
def test_a_wrong_file_is_refused_in_words_and_the_others_stay(citizen: Client, name: str, content: bytes, said: str) -> None:
    base = begin(citizen, BIRTH)
    draft = Draft.objects.get()
    draft.answers = {"birth_proof": "slip"}
    draft.save()
    if content:
        citizen.post(base + "giay-birth_slip/", {"file": SimpleUploadedFile("tot.jpg", photo()), "do": "add"})

    answer = citizen.post(base + "giay-birth_slip/", {"file": SimpleUploadedFile(name, content), "do": "next"})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Attachment.objects.count() == (1 if content else 0)


def test_a_second_press_leads_to_the_same_dossier(office: Office, citizen: Client) -> None:
    base = begin(citizen)
    citizen.post(base + "giay-to/", ROW)

    first = citizen.post(base + "kiem-tra/", {"agree": "yes"})
    second = citizen.post(base + "kiem-tra/", {"agree": "yes"})
    reloaded = citizen.get(base + "giay-to/")

    code = Dossier.objects.get().code
    assert first["Location"] == second["Location"] == reloaded["Location"] == f"/ho-so-cua-toi/{code}/?moi=1"


def test_nothing_is_submitted_without_the_persons_word(citizen: Client) -> None:
    base = begin(citizen)
    citizen.post(base + "giay-to/", ROW)

    answer = citizen.post(base + "kiem-tra/", {})

    assert answer.status_code == 422
    assert 'href="#dong-y"' in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_missing_paper_is_named_with_the_way_to_it(office: Office, citizen: Client) -> None:
    base = begin(citizen, BIRTH)
    draft = Draft.objects.get()
    drafts.save_answers(office.owner, draft.id, testing.filing(office, BIRTH).answers, screen="giay-to", now=MORNING)

    answer = citizen.post(base + "kiem-tra/", {"agree": "yes"})

    assert f'<a href="{base}giay-birth_slip/?ve=kiem-tra">Còn thiếu giấy tờ: Giấy chứng sinh.</a>' in answer.content.decode()
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("text", [HOSTILE, "Giàng " * 10 + "A" * 60, "Páo", "Gia\u0300ng A Po\u031b", "Mỷ 👶🏽"])
def test_any_text_is_shown_as_text_everywhere(citizen: Client, text: str) -> None:
    base = begin(citizen)
    citizen.post(base + "nguoi-nop/", {"name": text, "phone": "0912345678"})
    citizen.post(base + "giay-to/", ROW | {"documents-0-name": text})
    citizen.post(base + "muc-dich/", {"_shown": "purpose", "purpose": text})
    shown = citizen.get(base + "kiem-tra/").content.decode()
    citizen.post(base + "kiem-tra/", {"agree": "yes"})
    dossier = Dossier.objects.get()

    followed = citizen.get(f"/ho-so-cua-toi/{dossier.code}/").content.decode()

    for page in (shown, followed):
        assert HOSTILE not in page
        if "<" not in text:
            assert dossier.applicant_name in page
    assert citizen.get("/ho-so-cua-toi/").status_code == 200


@pytest.mark.parametrize("phone", ["091234567", "9912345678", "0912345678a", "x" * 40])
def test_a_wrong_phone_number_is_told_at_its_field(citizen: Client, phone: str) -> None:
    base = begin(citizen)

    answer = citizen.post(base + "nguoi-nop/", {"name": "Giàng A Pao", "phone": phone})

    assert answer.status_code == 422
    assert 'href="#c-phone"' in answer.content.decode()


def test_each_filing_screen_weighs_ten_kilobytes_at_most(citizen: Client) -> None:
    base = begin(citizen, POOR)
    weights = {}
    for slug in ("nguoi-nop", "de-nghi", "chu-ho", "noi-o", "nguoi-trong-nha", "hoan-canh", "cam-doan", "giay-request_photo", "kiem-tra"):
        answer = citizen.get(f"{base}{slug}/", HTTP_ACCEPT_ENCODING="br")
        assert answer.status_code == 200
        weights[slug] = len(answer.content)

    assert {slug: weight for slug, weight in weights.items() if weight > MOST_BYTES_A_SCREEN} == {}


def decide_place(office: Office, place: str) -> None:
    ground = procedures.Ground(valid_from=MORNING.date().replace(month=1), source="thử")
    procedures.set_filing_place(office.administrator, COPY, "online", place, ground, now=MORNING)


def test_what_is_filed_elsewhere_is_said_before_beginning_and_held(office: Office, citizen: Client) -> None:
    decide_place(office, "national_portal")
    page = citizen.get(f"/nop-ho-so/{COPY}/").content.decode()
    base = begin(citizen)
    citizen.post(base + "giay-to/", ROW)
    citizen.post(base + "kiem-tra/", {"agree": "yes"})

    dossier = Dossier.objects.get()
    assert "Nơi nộp chính thức: Cổng Dịch vụ công quốc gia" in page
    assert (dossier.state, dossier.due_at) == ("held", None)
    assert "giữ sẵn hồ sơ" in citizen.get(f"/ho-so-cua-toi/{dossier.code}/?moi=1").content.decode()


def test_officials_are_led_to_the_desk(office: Office) -> None:
    page = client_of(office.desk).get(f"/nop-ho-so/{COPY}/").content.decode()

    assert "/mot-cua/moi/" in page
    assert client_of(office.desk).post(f"/nop-ho-so/{COPY}/").status_code == 200
    assert not Draft.objects.exists()


def test_a_draft_begun_at_the_desk_is_not_the_citizens(office: Office, citizen: Client) -> None:
    applicant: Any = testing.filing(office).applicant
    draft = drafts.start_draft(office.desk, COPY, applicant, channel="counter", on=MORNING.date(), now=MORNING)

    assert citizen.get(f"/nop-ho-so/{COPY}/{draft.id}/giay-to/").status_code == 404


def test_what_is_not_offered_online_is_said_with_the_way_to_the_desk(tmp_path: Path, client: Client) -> None:
    testing.office(files_here=False)
    shutil.copytree(settings.CATALOGUE_DIR, tmp_path, dirs_exist_ok=True)
    file = next(tmp_path.glob(f"procedures/*/{SIGNATURE}-*.yaml"))
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?m)^  online:\n(?:    .*\n)+(?=\S)", "", text, count=1), encoding="utf-8")
    procedures.load_catalogue(tmp_path, now=MORNING + timedelta(hours=1))

    answer = client.get(f"/nop-ho-so/{SIGNATURE}/")

    assert answer.status_code == 200
    assert "Thủ tục này không nộp qua mạng được" in answer.content.decode()
    assert client.post(f"/nop-ho-so/{SIGNATURE}/").status_code == 200
    assert not Draft.objects.exists()
