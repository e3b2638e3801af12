"""An official who searches for somebody's file by a number says why, unless the case is hers; what she says is read by whom it is about."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils.http import urlencode

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access, testing
from xaso.apps.dossiers.actions import looking, searching
from xaso.apps.dossiers.looking_rules import COVERED, number_searched
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.testing import COPY, MORNING, POOR, Office, account_of
from xaso.apps.people import testing as build
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import cover_numbers
from xaso.platform import clock
from xaso.platform.actor import Actor

pytestmark = pytest.mark.django_db
REGISTER, WHY = "/so-theo-doi/", "/so-theo-doi/vi-sao/"


@pytest.fixture
def office() -> Office:
    return testing.office()


@pytest.fixture
def dossier(office: Office) -> Dossier:
    return testing.examining(office, POOR)


@pytest.fixture
def curious(office: Office) -> Actor:
    return build.actor_for(build.staff_of(office.commune_id, Role.CASE_OFFICER, full_name="Lù Thị Tò Mò"))


def browser_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(account_of(actor))
    return client


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def acts_on(subject: str, verb: str) -> list[dict[str, Any]]:
    return [line.detail for line in audit.history_of(subject) if line.verb == verb]


@pytest.mark.parametrize("typed", ["000123456789", "000 123 456 789", "0912.345.678", "+84912345678", "(0214) 3880 001", "0001"])
def test_a_number_is_known_however_it_is_typed(typed: str) -> None:
    assert number_searched(typed) == "".join(filter(str.isdigit, typed))


@pytest.mark.parametrize("typed", ["XS-261130-0007", "Giàng A Pao", "123", "H38.2-261130-0007", "Pao 0912345678", ""])
def test_a_code_a_name_and_a_few_digits_are_no_number(typed: str) -> None:
    assert number_searched(typed) == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("000123456789", "000*****6789"),
        ("Pao 000 123 456 789, Nậm Đét", "Pao 000*****6789, Nậm Đét"),
        ("0912345678", "0912345678"),
        ("XS-261130-0007", "XS-261130-0007"),
    ],
)
def test_of_a_personal_number_only_the_ends_are_written_down(typed: str, kept: str) -> None:
    assert cover_numbers(typed) == kept


def test_an_officer_who_searches_a_neighbours_file_without_a_reason_sees_nothing_and_leaves_her_name(
    office: Office, dossier: Dossier, curious: Actor
) -> None:
    number, browser = dossier.applicant_personal_number, browser_of(curious)

    for address in (f"{REGISTER}?q={number}", f"{REGISTER}?q={number}&trang=2", f"/can-bo/tim/?q={number}"):
        page = text(browser.get(address))
        assert "1 hồ sơ mang số này, không phải việc của anh/chị" in page
        assert dossier.code not in page
        assert dossier.applicant_name not in page
    assert "Vì sao tìm theo số này" in text(browser.get(f"{REGISTER}?q={number}"))
    searched = audit.last_acts(office.commune_id, [looking.SEARCHED], limit=9)
    assert {(line.actor_name, line.detail["text"]) for line in searched} == {("Lù Thị Tò Mò", f"{number[:3]}*****{number[-4:]}")}
    written = audit.last_acts(office.commune_id, [looking.SEARCHED, searching.EXPLAINED, searching.FOUND], limit=None)
    assert not any(number in str(line.detail) for line in written)


@pytest.mark.parametrize(
    "way", ["/tai-bang/so-theo-doi/", "/so-theo-doi/xuat/", "/so-theo-doi/in/", "/so-theo-doi/in/so.pdf", "/tai-bang/phan-lien-thong/"]
)
def test_nor_does_she_take_it_out_as_a_list(dossier: Dossier, curious: Actor, way: str) -> None:
    answer = browser_of(curious).get(f"{way}?q={dossier.applicant_personal_number}")

    if answer.status_code == 302:
        assert answer["Location"] == f"{REGISTER}?q={dossier.applicant_personal_number}"
    else:
        book = ZipFile(BytesIO(answer.getvalue()))
        assert not any(dossier.code.encode() in book.read(name) for name in book.namelist())


@pytest.mark.parametrize("sent", [{}, {"purpose": "curiosity"}, {"purpose": "other", "words": "ờ"}])
def test_without_a_purpose_it_stays_closed(dossier: Dossier, curious: Actor, sent: dict[str, str]) -> None:
    browser, number = browser_of(curious), dossier.applicant_personal_number
    page = text(browser.post(WHY, {"q": number, **sent}, follow=True))

    assert dossier.code not in page
    assert acts_on(access.subject_of(dossier.id), searching.FOUND) == []


def test_who_says_why_sees_it_for_half_an_hour_and_the_applicant_reads_it(office: Office, dossier: Dossier, curious: Actor) -> None:
    browser, number = browser_of(curious), dossier.applicant_personal_number
    page = text(browser.post(WHY, {"q": number, "purpose": "complaint", "words": "Đơn của bà Mỷ"}, follow=True))

    assert dossier.code in page
    (found,) = acts_on(access.subject_of(dossier.id), searching.FOUND)
    assert found == {"code": dossier.code, "purpose": "complaint", "words": "Đơn của bà Mỷ"}
    hers = text(browser_of(office.owner).get("/ai-da-xem/"))
    assert "Tìm theo số định danh hoặc số điện thoại, ra hồ sơ này" in hers
    assert "Giải quyết khiếu nại, phản ánh: Đơn của bà Mỷ" in hers
    assert searching.held_back(curious, dossier.applicant_phone, now=clock.now()) == [dossier]
    assert searching.held_back(curious, number, now=clock.now()) == []
    assert searching.held_back(curious, number, now=clock.now() + timedelta(minutes=31)) == [dossier]


def test_who_works_on_the_case_or_takes_a_name_is_asked_nothing(office: Office, dossier: Dossier, curious: Actor) -> None:
    assert dossier.code in text(browser_of(office.officer).get(f"{REGISTER}?q={dossier.applicant_personal_number}"))
    assert dossier.code in text(browser_of(curious).get(f"{REGISTER}?{urlencode({'q': dossier.applicant_name})}"))
    assert dossier.code in text(browser_of(curious).get(f"{REGISTER}?q={dossier.code}"))


def test_the_desk_finds_by_number_whose_case_lies_at_the_desk(office: Office) -> None:
    waiting = testing.submitted(office, COPY)
    assert waiting.code in text(browser_of(office.desk).get(f"{REGISTER}?q={waiting.applicant_personal_number}"))


def test_nobody_explains_what_is_no_number(curious: Actor) -> None:
    with pytest.raises(Refusal, match=r"dossiers\.not_found"):
        searching.explain(curious, "Giàng", "complaint", "", now=MORNING)


def test_two_that_look_alike_are_compared_covered_and_both_looks_are_written_down(office: Office, curious: Actor) -> None:
    one, other = testing.examining(office, POOR), testing.submitted(office, POOR, now=MORNING + timedelta(hours=1))
    plain = text(browser_of(office.officer).get(f"/ho-so/{one.code}/"))
    page = text(browser_of(curious).get(f"/ho-so/{one.code}/trung/{other.code}/"))

    assert COVERED in page
    assert COVERED not in plain
    for dossier in (one, other):
        assert len(acts_on(access.subject_of(dossier.id), looking.LOOKED_BESIDE)) == 1
        assert f"/ho-so/{dossier.code}/?mo=xem#xem" in page


def test_each_list_that_is_taken_out_is_written_down_by_its_name(office: Office, dossier: Dossier) -> None:
    browser = browser_of(office.desk)
    for name in ("so-theo-doi", "mot-cua", "phi-da-thu"):
        browser.get(f"/tai-bang/{name}/").getvalue()
    browser.get("/so-theo-doi/in/so.pdf").getvalue()

    taken = [line.detail["list"] for line in audit.last_acts(office.commune_id, [audit.LIST_TAKEN], limit=9)]
    assert sorted(taken) == ["mot-cua", "phi-da-thu", "so-theo-doi", "so-theo-doi"]


def test_asking_whether_somebody_is_known_costs_nothing_for_names(
    office: Office, curious: Actor, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(0):
        assert searching.held_back(curious, "Giàng A Pao", now=MORNING) == []
