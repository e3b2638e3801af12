"""`/nop-ho-so/`: the first page begins what it is sent with, and the next screen comes in the same trip."""

import re

import pytest
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.models import Dossier, Draft
from xaso.apps.dossiers.pages.journey import Journey
from xaso.apps.dossiers.testing import BIRTH, COPY, Office
from xaso.apps.dossiers.tests.test_filing_pages import ROW, begin, client_of
from xaso.apps.procedures import facade as procedures
from xaso.platform.one_trip import BETWEEN

CONTACT = {"name": "Vàng Thị Dợ", "phone": "0912345678", "email": "", "return_by": ""}
ONE_TRIP = {"Xaso-One-Trip": "1"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen(office: Office) -> Client:
    return client_of(office.owner)


def first_id(client: Client) -> str:
    """Open the first page and return the id of the draft that it will begin."""
    found = re.search(r'name="draft" value="([^"]+)"', client.get(f"/nop-ho-so/{COPY}/").content.decode())
    assert found is not None
    return found[1]


def test_the_first_page_is_typed_into_and_begins_when_it_is_sent(citizen: Client) -> None:
    new_id = first_id(citizen)
    assert not Draft.objects.exists()

    answers = [citizen.post(f"/nop-ho-so/{COPY}/", {"draft": new_id, **CONTACT}) for _time in range(2)]

    assert {answer["Location"] for answer in answers} == {f"/nop-ho-so/{COPY}/{new_id}/giay-to/"}
    draft = Draft.objects.get()
    assert (str(draft.id), draft.applicant["name"]) == (new_id, "Vàng Thị Dợ")
    assert "Làm tiếp" in citizen.get(f"/nop-ho-so/{COPY}/").content.decode()


def test_what_is_wrong_on_the_first_page_is_said_on_the_first_screen(citizen: Client) -> None:
    new_id = first_id(citizen)

    answer = citizen.post(f"/nop-ho-so/{COPY}/", {"draft": new_id, **CONTACT, "phone": "12"})

    assert (answer.status_code, answer["Content-Location"]) == (422, f"/nop-ho-so/{COPY}/{new_id}/nguoi-nop/")
    assert f'action="/nop-ho-so/{COPY}/{new_id}/nguoi-nop/"' in answer.content.decode()
    assert Draft.objects.get().applicant["name"] == "Vàng Thị Dợ"


def test_an_id_of_anothers_draft_begins_one_of_ones_own(office: Office, citizen: Client) -> None:
    other = begin(client_of(office.stranger)).split("/")[-2]

    answer = citizen.post(f"/nop-ho-so/{COPY}/", {"draft": other, **CONTACT})

    assert other not in answer["Location"]
    assert Draft.objects.get(pk=other).applicant["name"] != "Vàng Thị Dợ"


def test_a_first_page_sent_again_after_submission_leads_to_the_dossier(office: Office, citizen: Client) -> None:
    dossier = testing.submitted(office)

    answer = citizen.post(f"/nop-ho-so/{COPY}/", {"draft": str(dossier.id), **CONTACT})

    assert answer["Location"] == f"/ho-so-cua-toi/{dossier.code}/?moi=1"


def test_the_next_screen_comes_in_the_same_trip_where_the_script_asks(citizen: Client) -> None:
    base = begin(citizen)

    answer = citizen.post(base + "giay-to/", ROW, headers=ONE_TRIP)

    assert (answer.status_code, answer["Content-Location"]) == (200, base + "muc-dich/")
    assert f'action="{base}muc-dich/"' in answer.content.decode()
    assert "Xaso-One-Trip" in answer["Vary"]
    again = citizen.post(base + "giay-to/", ROW | {"add-documents": "1"}, headers=ONE_TRIP)
    assert again["Content-Location"] == base + "giay-to/#f-documents-1"
    wrong = citizen.post(base + "giay-to/", ROW | {"documents-0-pages": "mười"}, headers=ONE_TRIP)
    assert (wrong.status_code, wrong["Content-Location"]) == (422, base + "giay-to/")
    later = citizen.post(base + "giay-to/", ROW | {"do": "later"}, headers=ONE_TRIP)
    assert later["Content-Location"] == "/ho-so-cua-toi/"
    assert "Đã lưu. Anh/chị làm tiếp lúc nào cũng được." in later.content.decode()
    assert "Đã lưu. Anh/chị" not in citizen.get("/ho-so-cua-toi/").content.decode()


def test_a_submission_is_answered_with_its_code_in_the_same_trip(citizen: Client) -> None:
    base = begin(citizen)
    citizen.post(base + "giay-to/", ROW)

    answer = citizen.post(base + "kiem-tra/", {"agree": "yes"}, headers=ONE_TRIP)

    code = Dossier.objects.get().code
    assert answer["Content-Location"] == f"/ho-so-cua-toi/{code}/?moi=1"
    assert code in answer.content.decode()


def test_a_sign_in_is_left_to_the_browser(citizen: Client) -> None:
    base = begin(citizen)
    citizen.cookies.clear()

    answer = citizen.post(base + "giay-to/", ROW, headers=ONE_TRIP)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap/")
    assert not answer.has_header("Content-Location")


def test_screens_that_no_answer_can_change_come_along(citizen: Client) -> None:
    new_id = first_id(citizen)

    answer = citizen.post(f"/nop-ho-so/{COPY}/", {"draft": new_id, **CONTACT}, headers=ONE_TRIP)

    base = f"/nop-ho-so/{COPY}/{new_id}/"
    paper = base + "giay-photo_of_original/"
    assert answer["Xaso-Ahead"].split() == [base + "muc-dich/", paper]
    first, *ahead = answer.content.decode().split(BETWEEN)
    assert f'action="{base}giay-to/"' in first
    assert [without_token(page) for page in ahead] == [
        without_token(citizen.get(address).content.decode()) for address in (base + "muc-dich/", paper)
    ]


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_a_screen_that_is_shown_already_is_not_sent_again(citizen: Client) -> None:
    base = begin(citizen)

    shown = citizen.post(base + "giay-to/", ROW, headers={"Xaso-One-Trip": base + "muc-dich/"})
    other = citizen.post(base + "giay-to/", ROW | {"documents-0-pages": "mười"}, headers={"Xaso-One-Trip": base + "muc-dich/"})

    assert (shown.status_code, shown["Content-Location"], shown.content) == (204, base + "muc-dich/", b"")
    assert (other.status_code, other["Content-Location"]) == (422, base + "giay-to/")


def test_screens_are_not_sent_along_to_who_came_to_mend_one_thing_nor_without_the_script(citizen: Client) -> None:
    base = begin(citizen)

    mending = citizen.get(base + "giay-to/?ve=kiem-tra", headers=ONE_TRIP)
    plain = citizen.post(base + "giay-to/", ROW, follow=True)
    wrong = citizen.post(base + "giay-to/", ROW | {"documents-0-pages": "mười"}, headers=ONE_TRIP)

    assert not any(answer.has_header("Xaso-Ahead") or BETWEEN in answer.content.decode() for answer in (mending, plain, wrong))


def test_only_screens_up_to_the_first_answer_that_decides_are_sure(office: Office) -> None:
    begin(client_of(office.owner), BIRTH)
    draft = Draft.objects.get()
    journey = Journey(draft, procedures.get_version(draft.version_id), "vi")

    sure = {stop.slug: [one.slug for one in journey.ahead(stop)] for stop in journey.stops}

    assert sure["ten-chau"] == ["ngay-sinh", "gioi-tinh", "noi-sinh"]
    assert sure["noi-sinh"] == ["dan-toc", "truong-hop"]
    assert (sure["quan-he"], sure["truong-hop"], sure["cam-doan"]) == ([], [], [])
