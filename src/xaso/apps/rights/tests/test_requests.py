"""A person asks about her data, the commune confirms, answers in time, and both can see how it stands."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from xaso.apps.audit import facade as audit
from xaso.apps.notices import facade as notices
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.rights import queries
from xaso.apps.rights.actions import copying, requests
from xaso.apps.rights.models import DataRequest, RequestStep
from xaso.apps.rights.testing import MORNING, Hall, hall
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import outbox
from xaso.platform.actor import Actor

pytestmark = pytest.mark.django_db
WISH = "Năm sinh của tôi ghi sai."


@pytest.fixture
def office() -> Hall:
    return hall()


def asked(office: Hall, kind: str = "correct", **more: Any) -> DataRequest:
    return requests.ask(office.citizen, kind, WISH, language="vi", now=MORNING, **more)


def refused(code: str, act: Any) -> None:
    before = stored()
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code
    assert stored() == before


def stored() -> list[Any]:
    return [list(DataRequest.objects.order_by("pk").values_list()), list(RequestStep.objects.order_by("pk").values_list())]


def again(request: DataRequest) -> DataRequest:
    return DataRequest.objects.get(pk=request.pk)


def told(request: DataRequest, when: Any) -> list[str]:
    outbox.relay(when)
    return [line.body for line in notices.messages_about(request.commune_id, f"data_request:{request.id}")]


def test_a_request_has_a_code_two_clocks_and_a_first_step(office: Hall) -> None:
    """Tuesday 24/11 is a holiday, so two working days from Monday end on Thursday."""
    request = asked(office)

    assert request.code == "DL-261123-0001"
    assert [f"{at.astimezone(VN):%d/%m %H:%M}" for at in (request.receipt_due_at, request.due_at)] == ["26/11 17:00", "03/12 17:00"]
    assert (request.state, request.name, request.phone) == ("asked", "Giàng A Pao", "0912345678")
    assert [(step.verb, step.to_state, step.actor_name) for step in request.steps.all()] == [("ask", "asked", "Giàng A Pao")]
    assert [line.verb for line in audit.history_of(f"data_request:{request.id}")] == ["rights.request_ask"]


def test_the_same_kind_is_asked_once_at_a_time(office: Hall) -> None:
    first = asked(office)
    refused("rights.open_already", lambda: asked(office))
    assert asked(office, "view").code == "DL-261123-0002"

    requests.take_back(office.citizen, first.id, now=MORNING)
    assert asked(office).code == "DL-261123-0003"


@pytest.mark.parametrize(("kind", "words", "code"), [("sell", WISH, "rights.kind_unknown"), ("view", " ab ", "rights.words_missing")])
def test_what_can_not_be_meant_is_refused(office: Hall, kind: str, words: str, code: str) -> None:
    refused(code, lambda: requests.ask(office.citizen, kind, words, language="vi", now=MORNING))


def test_confirming_names_who_is_responsible_and_tells_the_person_the_day(office: Hall) -> None:
    request = asked(office)
    requests.confirm(office.head, request.id, responsible_id=office.leader.account_id, now=MORNING)

    assert (again(request).state, again(request).responsible_id) == ("confirmed", office.leader.account_id)
    (sms,) = told(request, MORNING)
    assert "DL-261123-0001" in sms
    assert "03/12/2026" in sms
    assert [one.code for one in queries.waiting_for(office.leader)] == ["DL-261123-0001"]
    assert queries.waiting_for(office.head) == []


def test_only_who_handles_requests_can_be_made_responsible(office: Hall) -> None:
    request = asked(office)

    refused("rights.nobody_such", lambda: requests.confirm(office.head, request.id, responsible_id=office.desk.account_id, now=MORNING))
    refused("rights.nobody_such", lambda: requests.confirm(office.head, request.id, responsible_id=uuid4(), now=MORNING))


def test_work_by_a_processor_gives_more_days(office: Hall) -> None:
    request = asked(office)
    requests.confirm(office.head, request.id, responsible_id=None, by_processor=True, now=MORNING)

    assert f"{again(request).due_at.astimezone(VN):%d/%m}" == "08/12"


def test_an_extension_is_taken_once_in_time_and_with_a_reason(office: Hall) -> None:
    request = asked(office)
    refused("flow.not_allowed", lambda: requests.extend(office.head, request.id, "Phải tra sổ giấy", now=MORNING))
    requests.confirm(office.head, request.id, responsible_id=None, now=MORNING)
    refused("rights.words_missing", lambda: requests.extend(office.head, request.id, " ", now=MORNING))
    refused("rights.too_late", lambda: requests.extend(office.head, request.id, "Phải tra sổ giấy", now=MORNING + timedelta(days=11)))
    requests.extend(office.head, request.id, "Phải tra sổ giấy", now=MORNING)

    extended = again(request)
    assert (extended.state, extended.extended_why) == ("extended", "Phải tra sổ giấy")
    assert extended.first_due_at is not None
    assert [f"{at.astimezone(VN):%d/%m}" for at in (extended.first_due_at, extended.due_at)] == ["03/12", "14/12"]
    refused("flow.not_allowed", lambda: requests.extend(office.head, request.id, "Thêm nữa", now=MORNING))


@pytest.mark.parametrize(("verb", "state", "said"), [("answer", "answered", "da tra loi"), ("refuse", "refused", "khong lam duoc")])
def test_an_answer_ends_it_and_the_person_is_told_without_what_it_is_about(office: Hall, verb: str, state: str, said: str) -> None:
    request = asked(office)
    getattr(requests, verb)(office.head, request.id, "Đã sửa theo thẻ căn cước.", now=MORNING)

    ended = again(request)
    assert (ended.state, ended.answer, ended.ended_at, ended.responsible_id) == (
        state,
        "Đã sửa theo thẻ căn cước.",
        MORNING,
        office.head.account_id,
    )
    (sms,) = told(request, MORNING)
    assert said in sms
    assert "can cuoc" not in sms
    refused("flow.not_allowed", lambda: requests.take_back(office.citizen, request.id, now=MORNING))


def test_the_desk_takes_in_but_does_not_decide(office: Hall) -> None:
    assert office.citizen.citizen_id is not None
    request = requests.ask_at_desk(office.desk, office.citizen.citizen_id, "delete", WISH, "Thẻ căn cước", now=MORNING)

    assert (request.taken_by, request.shown_paper) == ("Lò Thị Quầy", "Thẻ căn cước")
    for act in (requests.answer, requests.refuse, requests.extend):
        refused("flow.not_allowed", lambda act=act: act(office.desk, request.id, "Xong rồi nhé", now=MORNING))


def test_without_a_paper_nobody_is_believed_at_the_desk(office: Hall) -> None:
    citizen_id = office.citizen.citizen_id
    assert citizen_id is not None

    refused("rights.paper_missing", lambda: requests.ask_at_desk(office.desk, citizen_id, "view", WISH, " ", now=MORNING))
    refused("rights.not_found", lambda: requests.ask_at_desk(office.officer, citizen_id, "view", WISH, "Thẻ căn cước", now=MORNING))


def test_a_citizen_of_another_commune_is_nobody_here(office: Hall) -> None:
    other = people.citizen(people.commune(slug="xa-khac", name="Xã Khác", gso_code="99999"), "Lý A Xa")

    refused("rights.not_found", lambda: requests.ask_at_desk(office.desk, other.id, "view", WISH, "Thẻ căn cước", now=MORNING))


@pytest.mark.parametrize("who", ["stranger", "officer"])
def test_others_find_no_request_of_hers(office: Hall, who: str) -> None:
    request, actor = asked(office), getattr(office, who)

    refused("rights.not_found", lambda: requests.take_back(actor, request.id, now=MORNING))
    refused("rights.not_found", lambda: requests.answer(actor, request.id, "Tôi trả lời", now=MORNING))
    assert queries.my_requests(actor) == []


def test_a_head_of_another_commune_finds_nothing(office: Hall) -> None:
    request = asked(office)
    commune = people.commune(slug="xa-khac", name="Xã Khác", gso_code="99999")
    head = people.actor_for(people.staff(commune, Role.CENTRE_HEAD), commune)

    refused("rights.not_found", lambda: requests.answer(head, request.id, "Tôi trả lời", now=MORNING))
    assert queries.list_requests(head, is_open=True) == []


def test_a_copy_is_given_for_an_open_request_to_see_and_the_person_reads_who_took_it(office: Hall) -> None:
    request = asked(office, "view")
    _found, parts = copying.copy_for_request(office.head, request.id, now=MORNING)

    (citizen,) = next(part.records for part in parts if part.holding.name == "people.Citizen")
    assert citizen["full_name"] == "Giàng A Pao"
    (line,) = audit.history_of(f"citizen:{office.citizen.citizen_id}")
    assert (line.actor_name, line.verb, line.detail) == ("Nông Thị Chanh", "rights.copied", {"form": "pdf", "code": request.code})


@pytest.mark.parametrize("kind", ["correct", "delete"])
def test_no_copy_is_given_for_other_requests_nor_after_the_end_nor_to_the_desk(office: Hall, kind: str) -> None:
    other, view = asked(office, kind), asked(office, "view")
    requests.answer(office.head, view.id, "Đã đưa bản giấy", now=MORNING)

    for actor, request in ((office.head, other), (office.head, view), (office.desk, view)):
        with pytest.raises(Refusal, match=r"rights\.not_found"):
            copying.copy_for_request(actor, request.id, now=MORNING)
    assert audit.history_of(f"citizen:{office.citizen.citizen_id}") == []


def test_the_list_takes_one_query(office: Hall, django_assert_num_queries: Any) -> None:
    asked(office)
    asked(office, "view")
    with django_assert_num_queries(1):
        found = queries.list_requests(office.head, is_open=True)
    assert {one.kind for one in found} == {"correct", "view"}


def test_the_system_alone_moves_nothing(office: Hall) -> None:
    request = asked(office)
    machine = Actor.system(office.commune_id, "máy")

    refused("flow.not_allowed", lambda: requests.answer(machine, request.id, "Tự trả lời", now=MORNING))


def child_of(office: Hall) -> UUID:
    child = people.citizen_of(office.commune_id, "Giàng Thị Nhỏ", birth="2019-03-02")
    people.mandate_of(child, office.citizen)
    return child.id


def test_a_mother_asks_for_her_child_and_is_the_one_who_is_told(office: Hall) -> None:
    child = child_of(office)
    request = asked(office, citizen_id=child)

    assert (request.name, request.phone, request.guardian_id) == ("Giàng Thị Nhỏ", "0912345678", office.citizen.citizen_id)
    assert [one.id for one in queries.my_requests(office.citizen)] == [request.id]
    assert queries.my_requests(office.stranger) == []
    requests.answer(office.head, request.id, "Đã sửa năm sinh của cháu.", now=MORNING)
    assert len(told(request, MORNING)) == 1

    again_asked = asked(office, citizen_id=child)
    requests.take_back(office.citizen, again_asked.id, now=MORNING)
    assert again(again_asked).state == "taken_back"


def test_who_may_not_act_for_a_child_asks_nothing_for_it(office: Hall) -> None:
    child, stranger, mother = child_of(office), office.stranger.citizen_id, office.citizen.citizen_id
    ask, take = requests.ask, requests.ask_at_desk
    refused("rights.not_found", lambda: ask(office.stranger, "view", WISH, language="vi", now=MORNING, citizen_id=child))
    refused("rights.not_found", lambda: take(office.desk, child, "view", WISH, "Căn cước", now=MORNING, guardian_id=stranger))

    made = take(office.desk, child, "view", WISH, "Căn cước", now=MORNING, guardian_id=mother)
    assert (made.guardian_id, made.phone) == (mother, "0912345678")
