"""`/ngoai-tuyen/<code>/`: the whole form as one page of nobody's, and which of them phones keep unasked."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from xaso.apps.dossiers.pages.offline import STATICS
from xaso.apps.dossiers.testing import BIRTH, COPY, Office
from xaso.apps.dossiers.tests.test_filing_pages import client_of
from xaso.apps.procedures import testing as procedures
from xaso.platform import kept_pages
from xaso.platform.listening import can_listen

MOST_BYTES_ON_THE_WAY = 16 * 1024
RESIDENCE = "1.004222"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    kept_pages.forget()


def given_to_the_script(page: str) -> dict[str, Any]:
    """Return what the page tells its script."""
    found = re.search(r'<script id="don" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_the_form_is_the_same_for_a_citizen_as_for_a_stranger_and_may_be_kept(office: Office, client: Client) -> None:
    citizen = office.owner
    of_stranger = client.get(f"/ngoai-tuyen/{BIRTH}/")
    of_citizen = client_of(citizen).get(f"/ngoai-tuyen/{BIRTH}/")

    assert of_stranger.headers["Xaso-Phone-May-Keep"] == "1"
    assert of_citizen.content == of_stranger.content
    assert citizen.name not in of_citizen.content.decode()
    assert "csrfmiddlewaretoken" not in of_citizen.content.decode()


def test_every_question_and_paper_stands_in_the_page_with_its_schema(office: Office, client: Client) -> None:
    page = client.get(f"/ngoai-tuyen/{COPY}/").content.decode()
    told = given_to_the_script(page)
    version = procedures.procedure(COPY)

    assert list(told["schema"]["properties"]) == [field.name for field in version.form.fields]
    assert [screen["id"] for screen in told["schema"]["x-screens"]] == [screen.id for screen in version.form.screens]
    for screen in version.form.screens:
        assert f'data-man="{screen.id}"' in page
    for paper in version.papers:
        assert ("online" in paper.channels) == (f'data-giay="{paper.id}"' in page)
    assert 'name="documents-0-name"' in page
    assert 'name="documents-1-name"' in page, "one row more than needed, which is the pattern of further ones"


def test_a_form_is_light_enough_for_a_thin_signal(office: Office, client: Client) -> None:
    answer = client.get(f"/ngoai-tuyen/{BIRTH}/", headers={"Accept-Encoding": "br"})

    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.content) < MOST_BYTES_ON_THE_WAY


def test_what_is_not_filed_here_online_leads_to_the_page_that_shows_the_way(office: Office, client: Client) -> None:
    procedures.procedure(RESIDENCE)

    assert client.get(f"/ngoai-tuyen/{RESIDENCE}/").headers["Location"] == f"/thu-tuc/{RESIDENCE}/"
    assert client.get("/ngoai-tuyen/9.999999/").status_code == 404


def test_phones_keep_what_people_do_most_and_the_search(office: Office, client: Client) -> None:
    pages = client.get("/may-nay/trang.json").json()["pages"]

    assert pages[:2] == ["/ngoai-tuyen/", "/ngoai-tuyen/danh-muc.json"]
    forms = [page for page in pages[2:] if page.startswith("/ngoai-tuyen/")]
    assert f"/ngoai-tuyen/{BIRTH}/" in forms
    assert len(forms) == len(set(forms)) <= 20
    assert all(client.get(address).headers.get("Xaso-Phone-May-Keep") == "1" for address in pages[:4])


def test_the_catalogue_on_the_phone_holds_what_the_search_knows(office: Office, client: Client) -> None:
    told = client.get("/ngoai-tuyen/danh-muc.json").json()

    keys = [document["key"] for document in told["documents"]]
    assert BIRTH in keys
    assert set(told["lines"]) == set(keys)
    assert "xin" in told["light"]
    assert not any("in_vietnamese" in line for line in told["lines"].values())


def test_the_catalogue_on_the_phone_says_which_words_are_still_vietnamese(office: Office, client: Client) -> None:
    client.cookies["ngon_ngu"] = "bn"
    lines = client.get("/ngoai-tuyen/danh-muc.json").json()["lines"]

    assert "in_vietnamese" not in lines[COPY]
    assert any(line.get("in_vietnamese") == ["name", "summary"] for line in lines.values())


def test_its_hidden_screens_and_its_errors_can_be_listened_to(office: Office, client: Client) -> None:
    if not can_listen():
        pytest.skip("espeak-ng is not installed")
    answer = client.get("/nghe/danh-sach/", {"trang": f"/ngoai-tuyen/{COPY}/"})

    said = {line["c"] for line in json.loads(answer.content)["cau"]}
    version = procedures.procedure(COPY)
    assert {"Xã liên lạc với anh/chị bằng cách nào?", "Anh/chị ghi họ tên người nộp hồ sơ.", "Còn 2 chỗ cần sửa"} <= said
    assert {screen.title["vi"] for screen in version.form.screens} <= said


def test_what_a_form_needs_on_the_phone_is_what_its_page_names(office: Office, client: Client) -> None:
    page = client.get(f"/ngoai-tuyen/{COPY}/").content.decode()
    named = set(re.findall(r"/static/((?:xaso/phone/|dossiers/|xaso/photo)[^\"]+)", page))

    assert named == set(STATICS)
    assert all(f"/static/{name}" in client.get("/ngoai-tuyen/").content.decode() for name in STATICS), "their weight is told first"
