"""The pages of requests: asking on the phone, taking in at the desk, answering; nothing typed is lost."""

from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.people import testing as people
from xaso.apps.rights.actions.finding import OPENED, SEARCHED
from xaso.apps.rights.models import DataRequest
from xaso.apps.rights.testing import Hall, hall
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.registries import rail, work

pytestmark = pytest.mark.django_db
OWN, LISTED = "/du-lieu-cua-toi/", "/yeu-cau-du-lieu/"


@pytest.fixture
def office() -> Hall:
    return hall()


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.account_id is not None
    client.force_login(get_user_model()._default_manager.get(pk=actor.account_id))
    return client


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def ask(office: Hall, kind: str = "correct", words: str = "Năm sinh ghi sai, đúng là 1985.") -> DataRequest:
    signed_in(office.citizen).post(f"{OWN}yeu-cau/", {"kind": kind, "words": words})
    return DataRequest.objects.get(kind=kind)


def test_a_citizen_asks_and_sees_how_it_stands(office: Hall) -> None:
    request = ask(office)
    browser = signed_in(office.citizen)
    page = text(browser.get(f"{OWN}yeu-cau/{request.id}/"))

    for said in ("Sửa điều ghi sai", request.code, "Chờ xã xác nhận đã nhận", "Năm sinh ghi sai", "cần xác nhận"):
        assert said in page
    assert request.code in text(browser.get(OWN))
    assert signed_in(office.stranger).get(f"{OWN}yeu-cau/{request.id}/").status_code == 404


def test_what_is_wrong_is_said_and_what_was_typed_stays(office: Hall) -> None:
    answer = signed_in(office.citizen).post(f"{OWN}yeu-cau/", {"kind": "", "words": "Xóa số điện thoại cũ của tôi"})

    assert answer.status_code == 422
    assert "Anh/chị chọn một việc trong danh sách." in text(answer)
    assert "Xóa số điện thoại cũ của tôi" in text(answer)
    assert not DataRequest.objects.exists()


def test_the_same_thing_asked_twice_is_told_and_kept_on_the_screen(office: Hall) -> None:
    ask(office)
    answer = signed_in(office.citizen).post(f"{OWN}yeu-cau/", {"kind": "correct", "words": "Lần thứ hai đấy nhé"})

    assert (answer.status_code, DataRequest.objects.count()) == (422, 1)
    assert "Đã có một yêu cầu như vậy đang được làm" in text(answer)
    assert "Lần thứ hai đấy nhé" in text(answer)


def test_the_terms_and_where_they_are_from_are_told(office: Hall) -> None:
    page = text(signed_in(office.citizen).get(f"{OWN}yeu-cau/"))

    assert "Nghị định 356/2025/NĐ-CP, điều 5" in page
    assert "Trả lời trong 20 ngày; có lý do thì thêm nhiều nhất 20 ngày." in page
    assert "đọc ngày 23/11/2026, cần xác nhận" in page


def test_the_head_confirms_takes_time_and_answers_on_the_page(office: Hall) -> None:
    request = ask(office)
    head, one = signed_in(office.head), f"{LISTED}{request.id}/"
    assert head.post(f"{one}viec/confirm/", {"responsible": str(office.head.account_id)}).status_code == 302
    assert head.post(f"{one}viec/extend/", {"extend-words": "Phải tra sổ hộ tịch giấy."}).status_code == 302
    assert head.post(f"{one}viec/answer/", {"answer-words": "Đã sửa năm sinh thành 1985."}).status_code == 302

    page = text(signed_in(office.citizen).get(f"{OWN}yeu-cau/{request.id}/"))
    for said in ("Đã trả lời", "Phải tra sổ hộ tịch giấy.", "Đã sửa năm sinh thành 1985.", "Nông Thị Chanh"):
        assert said in page


def test_an_empty_answer_is_refused_and_changes_nothing(office: Hall) -> None:
    request = ask(office)
    answer = signed_in(office.head).post(f"{LISTED}{request.id}/viec/answer/", {"answer-words": "ừ"})

    assert answer.status_code == 422
    assert "ít nhất năm chữ cái" in text(answer)
    assert DataRequest.objects.get().state == "asked"


def test_the_desk_finds_the_person_and_writes_down_what_she_showed(office: Hall) -> None:
    desk = signed_in(office.desk)
    found = text(desk.get(f"{LISTED}moi/?q=0912345678"))
    assert "Giàng A Pao" in found
    assert "010*****1234" in found
    assert "010085001234" not in found
    address = f"{LISTED}moi/?nguoi={office.citizen.citizen_id}"
    sent = {"kind": "delete", "words": "Xóa số máy cũ của tôi", "shown_paper": "Thẻ căn cước"}
    assert desk.post(address, {**sent, "shown_paper": ""}).status_code == 422
    assert desk.post(address, sent).status_code == 302

    request = DataRequest.objects.get()
    page = text(desk.get(f"{LISTED}{request.id}/"))
    assert "Thẻ căn cước" in page
    assert "/viec/answer/" not in page


def test_open_requests_wait_for_who_handles_them_and_are_counted_in_the_rail(office: Hall) -> None:
    request, now = ask(office), clock.now()
    source = next(one for one in work if one.name == "data_requests")
    entry = next(one for one in rail if one.name == "data_requests")

    (item,) = source.waiting(office.leader, now)
    assert (item.key, item.title, item.due_at) == (request.code, "Sửa điều ghi sai", request.receipt_due_at)
    assert source.waiting(office.desk, now) == []
    assert entry.count is not None
    assert entry.count(office.desk, now) == 1
    signed_in(office.head).post(f"{LISTED}{request.id}/viec/answer/", {"answer-words": "Đã sửa xong."})
    assert source.waiting(office.leader, now) == []
    assert source.finished_since(office.head, now) == 1


def test_the_list_says_who_is_responsible_and_when_it_is_due(office: Hall) -> None:
    request = ask(office)
    head = signed_in(office.head)
    assert "chưa có ai" in text(head.get(LISTED))
    head.post(f"{LISTED}{request.id}/viec/confirm/", {"responsible": str(office.leader.account_id)})

    page = text(head.get(LISTED))
    assert "Vàng A Lử" in page
    assert f"{request.due_at:%d/%m/%Y}" in page
    assert request.code not in text(head.get(f"{LISTED}?xem=xong"))


def test_the_copy_for_a_request_is_a_pdf_for_who_handles_it(office: Hall) -> None:
    request = ask(office, "give")
    answer = signed_in(office.head).get(f"{LISTED}{request.id}/ban-sao.pdf")

    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert signed_in(office.desk).get(f"{LISTED}{request.id}/ban-sao.pdf").status_code == 404
    assert len(audit.history_of(f"citizen:{office.citizen.citizen_id}")) == 1


@pytest.mark.parametrize("page", [f"{LISTED}moi/", f"{LISTED}dong-y/"])
def test_whom_an_official_looks_for_and_whose_page_she_opens_is_written_down(office: Hall, page: str) -> None:
    browser, citizen_id = signed_in(office.desk), office.citizen.citizen_id
    browser.get(f"{page}?q=000 123 456 789")
    for _again in range(2):
        browser.get(f"{page}?nguoi={citizen_id}")

    assert office.desk.commune_id is not None
    assert [line.detail for line in audit.last_acts(office.desk.commune_id, [SEARCHED], limit=9)] == [{"text": "000*****6789"}]
    assert [line.actor_name for line in audit.history_of(f"citizen:{citizen_id}") if line.verb == OPENED] == [office.desk.name]


def test_a_mother_chooses_whose_data_she_asks_about(office: Hall) -> None:
    child = people.citizen_of(office.commune_id, "Giàng Thị Nhỏ", birth="2019-03-02")
    assert "Dữ liệu của ai?" not in text(signed_in(office.stranger).get(f"{OWN}yeu-cau/"))
    people.mandate_of(child, office.citizen)
    browser = signed_in(office.citizen)
    assert "Dữ liệu của ai?" in text(browser.get(f"{OWN}yeu-cau/"))

    browser.post(f"{OWN}yeu-cau/", {"kind": "correct", "person": str(child.id), "words": "Năm sinh của cháu ghi sai."})

    request = DataRequest.objects.get()
    assert (request.citizen_id, request.guardian_id) == (child.id, office.citizen.citizen_id)
    assert "Sửa điều ghi sai: Giàng Thị Nhỏ" in text(browser.get(OWN))
    assert "dữ liệu của Giàng Thị Nhỏ" in text(browser.get(f"{OWN}yeu-cau/{request.id}/"))
    for page in (LISTED, f"{LISTED}{request.id}/"):
        assert "Giàng A Pao yêu cầu thay" in text(signed_in(office.head).get(page))
    assert signed_in(office.stranger).get(f"{OWN}yeu-cau/{request.id}/").status_code == 404


def test_the_desk_says_who_came_for_a_child(office: Hall) -> None:
    child = people.citizen_of(office.commune_id, "Giàng Thị Nhỏ", birth="2019-03-02")
    people.mandate_of(child, office.citizen)
    address, browser = f"{LISTED}moi/?nguoi={child.id}", signed_in(office.desk)
    assert "Ai đến hỏi?" in text(browser.get(address))
    typed = {"kind": "view", "words": "Xem giấy của cháu.", "shown_paper": "Thẻ căn cước của mẹ"}

    assert browser.post(address, {**typed, "person": str(office.stranger.citizen_id)}).status_code == 422
    browser.post(address, {**typed, "person": str(office.citizen.citizen_id)})

    assert DataRequest.objects.get().guardian_id == office.citizen.citizen_id
