"""A data breach is written down by who notices it; its 72 hours are counted, authority and people are told, minutes remain."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.notices import facade as notices
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.rights import breach_queries
from xaso.apps.rights.actions import breaches
from xaso.apps.rights.actions.breaches import BreachFacts
from xaso.apps.rights.breach_rules import hours_between, tell_due_at, was_late
from xaso.apps.rights.breach_words import countdown
from xaso.apps.rights.demo import load_demo_breach
from xaso.apps.rights.models import Breach, BreachPerson, BreachStep
from xaso.apps.rights.testing import MORNING, Hall, hall
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock, outbox
from xaso.platform.actor import Actor
from xaso.platform.registries import rail, work

pytestmark = pytest.mark.django_db
LISTED = "/su-co-du-lieu/"
WHAT = "Mất điện thoại của cán bộ, trong máy có ảnh thẻ căn cước của người nộp hồ sơ."
HOUR = timedelta(hours=1)


@pytest.fixture
def office() -> Hall:
    return hall()


@pytest.fixture
def admin(office: Hall) -> Actor:
    return people.actor_for(people.staff_of(office.commune_id, Role.ADMINISTRATOR, full_name="Vũ Minh Quang", title="Quản trị"))


def facts(**known: Any) -> BreachFacts:
    usual: dict[str, Any] = {"what": WHAT, "known_at": MORNING}
    return BreachFacts(**usual | known)


def noticed(office: Hall, **known: Any) -> Breach:
    return breaches.report(office.desk, facts(**known), now=MORNING + HOUR)


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.account_id is not None
    client.force_login(get_user_model()._default_manager.get(pk=actor.account_id))
    return client


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def told(office: Hall, breach: Breach, at: datetime, *, why: str = "", now: datetime | None = None) -> None:
    breaches.tell_authority(office.head, breach.id, "12/BC-UBND", at, why, now=now or at)


def refused(act: Callable[..., object], *args: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as caught:
        act(*args, **named)
    return caught.value.code


def test_the_clock_runs_seventy_two_hours_through_nights_and_days_off() -> None:
    friday = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
    assert tell_due_at(friday) == datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    assert not was_late(friday, friday + 72 * HOUR)
    assert was_late(friday, friday + 72 * HOUR + timedelta(seconds=1))


@pytest.mark.parametrize(("minutes", "hours"), [(1, 1), (60, 1), (61, 2), (72 * 60, 72), (0, 1)])
def test_an_hour_begun_counts(minutes: int, hours: int) -> None:
    assert hours_between(MORNING, MORNING + timedelta(minutes=minutes)) == hours


@pytest.mark.parametrize(
    ("after", "shown"),
    [
        (HOUR, ("còn 71 giờ", "nghe")),
        (48 * HOUR, ("còn 24 giờ", "son")),
        (72 * HOUR, ("còn 1 giờ", "son")),
        (72 * HOUR + timedelta(minutes=1), ("quá hạn 1 giờ", "son")),
        (100 * HOUR, ("quá hạn 28 giờ", "son")),
    ],
)
def test_what_is_left_is_said_in_hours_and_turns_red(office: Hall, after: timedelta, shown: tuple[str, str]) -> None:
    badge = countdown(noticed(office), MORNING + after)
    assert (badge.text, badge.tone) == shown


def test_told_in_time_or_late_the_countdown_ends(office: Hall) -> None:
    in_time, late = noticed(office), noticed(office)
    told(office, in_time, MORNING + 72 * HOUR)
    told(office, late, MORNING + 73 * HOUR, why="Mạng đứt hai ngày vì lũ.")
    for breach in (in_time, late):
        breach.refresh_from_db()

    assert [countdown(one, MORNING + 90 * HOUR).text for one in (in_time, late)] == ["đã báo trong hạn", "đã báo muộn"]


def test_any_official_of_the_office_reports_and_minutes_begin(office: Hall) -> None:
    breach = breaches.report(office.officer, facts(people_count=40, is_sensitive=True), now=MORNING + HOUR)

    assert (breach.code, breach.state, breach.due_at) == ("SC-261123-0001", "noticed", MORNING + 72 * HOUR)
    (step,) = breach.steps.all()
    assert (step.verb, step.actor_name, step.post_title, step.note) == ("report", "Hà Văn Lý", "Công chức", WHAT)
    assert [line.verb for line in audit.history_of(f"breach:{breach.id}")] == ["rights.breach_report"]


@pytest.mark.parametrize("who", ["citizen", "team"])
def test_nobody_else_reports_or_sees(office: Hall, who: str) -> None:
    team = people.actor_for(people.staff_of(office.commune_id, Role.TEAM_LEADER))
    actor = office.citizen if who == "citizen" else team
    breach = noticed(office)

    assert refused(breaches.report, actor, facts(), now=MORNING) == "rights.not_found"
    assert signed_in(actor).get(f"{LISTED}bao/").status_code == 404
    assert signed_in(actor).get(f"{LISTED}{breach.id}/").status_code == 404
    assert Breach.objects.count() == 1


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"what": "mất"}, "rights.words_missing"),
        ({"known_at": MORNING + 2 * HOUR}, "rights.known_in_future"),
        ({"happened_at": MORNING + timedelta(minutes=1)}, "rights.happened_later"),
    ],
)
def test_what_cannot_be_is_refused(office: Hall, known: dict[str, Any], code: str) -> None:
    assert refused(breaches.report, office.desk, facts(**known), now=MORNING + HOUR) == code
    assert not Breach.objects.exists()


def test_what_becomes_known_is_written_into_the_minutes_and_the_term_only_gets_earlier(office: Hall) -> None:
    breach = noticed(office)
    breaches.correct(office.head, breach.id, facts(known_at=MORNING - HOUR, people_count=12), now=MORNING + 2 * HOUR)

    breach.refresh_from_db()
    assert (breach.due_at, breach.people_count) == (MORNING + 71 * HOUR, 12)
    assert breach.steps.last().note == "Xã biết lúc: 08:00 23/11/2026\nKhoảng bao nhiêu người: 12"  # type: ignore[union-attr]
    assert refused(breaches.correct, office.head, breach.id, facts(known_at=MORNING), now=MORNING + 2 * HOUR) == "rights.known_later"
    breaches.correct(office.head, breach.id, facts(known_at=MORNING - HOUR, people_count=12), now=MORNING + 3 * HOUR)
    assert breach.steps.count() == 2


@pytest.mark.parametrize(
    ("paper", "after", "why", "code"),
    [
        ("", HOUR, "", "rights.paper_number_missing"),
        ("12/BC", 3 * HOUR, "", "rights.told_in_future"),
        ("12/BC", -HOUR, "", "rights.told_before_known"),
    ],
)
def test_the_notice_to_the_authority_needs_a_number_and_a_moment_that_can_be(
    office: Hall, paper: str, after: timedelta, why: str, code: str
) -> None:
    breach = noticed(office)
    assert refused(breaches.tell_authority, office.head, breach.id, paper, MORNING + after, why, now=MORNING + 2 * HOUR) == code
    breach.refresh_from_db()
    assert (breach.state, breach.told_at) == ("noticed", None)


def test_a_late_notice_says_why(office: Hall) -> None:
    breach, late = noticed(office), MORNING + 80 * HOUR
    assert refused(told, office, breach, late) == "rights.late_why_missing"
    told(office, breach, late, why="Mạng đứt hai ngày vì lũ.")
    breach.refresh_from_db()
    assert (breach.state, breach.late_why) == ("authority_told", "Mạng đứt hai ngày vì lũ.")


def test_a_breach_is_closed_only_after_the_authority_was_told_and_dismissed_only_before(office: Hall, admin: Actor) -> None:
    breach, other = noticed(office), noticed(office)
    assert refused(breaches.close, office.leader, breach.id, "Đã đổi mật khẩu.", now=MORNING + HOUR) == "flow.not_allowed"
    told(office, breach, MORNING + 5 * HOUR)
    assert refused(breaches.dismiss, admin, breach.id, "Không lộ gì.", now=MORNING + 6 * HOUR) == "flow.not_allowed"
    breaches.close(office.leader, breach.id, "Đã khóa máy từ xa, đổi mật khẩu.", now=MORNING + 9 * HOUR)
    breaches.dismiss(admin, other.id, "Tìm thấy máy, chưa ai mở.", now=MORNING + 9 * HOUR)

    assert set(Breach.objects.values_list("state", flat=True)) == {"closed", "no_breach"}
    assert refused(breaches.correct, office.head, breach.id, facts(), now=MORNING + 10 * HOUR) == "rights.breach_ended"
    assert refused(breaches.tell_people, office.head, other.id, "Anh chị yên tâm.", now=MORNING + 10 * HOUR) == "rights.breach_ended"


def test_the_people_concerned_are_told_once_by_sms_and_read_the_rest_on_their_own_page(office: Hall) -> None:
    breach, words = noticed(office), "Ảnh thẻ của anh/chị có thể đã lộ. Ai gọi xưng ngân hàng thì đừng đọc mã."
    assert refused(breaches.tell_people, office.head, breach.id, words, now=MORNING) == "rights.nobody_to_tell"
    assert office.citizen.citizen_id is not None
    for _again in range(2):
        breaches.add_person(office.head, breach.id, office.citizen.citizen_id, now=MORNING + HOUR)
    assert breaches.tell_people(office.head, breach.id, words, now=clock.now()) == 1
    for _again in range(2):
        outbox.relay(clock.now())

    (sms,) = [line.body for line in notices.messages_about(office.commune_id, f"breach:{breach.id}")]
    assert breach.code in sms
    assert "Ảnh thẻ" not in sms
    assert words in text(signed_in(office.citizen).get("/du-lieu-cua-toi/"))
    assert words not in text(signed_in(office.stranger).get("/du-lieu-cua-toi/"))
    assert refused(breaches.tell_people, office.head, breach.id, words, now=clock.now()) == "rights.nobody_to_tell"
    assert BreachPerson.objects.count() == 1


def test_a_pin_alone_tells_neither_authority_nor_people(office: Hall) -> None:
    breach, by_pin = noticed(office), replace(office.head, is_by_pin=True)
    assert refused(breaches.tell_authority, by_pin, breach.id, "1", MORNING, "", now=MORNING + HOUR) == "platform.confirm_first"
    assert refused(breaches.tell_people, by_pin, breach.id, "Anh chị chú ý.", now=MORNING) == "platform.confirm_first"


def test_leaders_and_administrators_see_it_in_todays_work_and_on_the_rail(office: Hall, admin: Actor) -> None:
    breach = noticed(office)
    entry, source = rail.find("breaches"), work.find("breaches")
    assert entry is not None
    assert entry.count is not None
    assert source is not None

    for actor in (office.head, office.leader, admin):
        (item,) = source.waiting(actor, MORNING + 80 * HOUR)
        assert (item.key, item.due_at, item.stage_tone) == (breach.code, breach.due_at, "son")
        assert entry.count(actor, MORNING) == 1
    assert source.waiting(office.desk, MORNING) == []
    assert not entry.roles & office.desk.roles
    told(office, breach, MORNING + 2 * HOUR)
    assert source.waiting(office.head, MORNING + 3 * HOUR) == []


def test_the_register_is_read_in_few_queries(office: Hall, django_assert_num_queries: Callable[..., Any]) -> None:
    for _again in range(3):
        noticed(office)
    with django_assert_num_queries(1):
        assert len(breach_queries.list_breaches(office.head, is_open=True)) == 3


def test_the_pages_carry_it_from_report_to_end(office: Hall, admin: Actor) -> None:
    now = clock.now()
    moment = (now - HOUR).astimezone(VN).strftime("%H:%M %d/%m/%Y")
    desk, head = signed_in(office.desk), signed_in(office.head)
    assert "Cần sửa" in text(desk.post(f"{LISTED}bao/", {"what": "", "known_at": "hôm qua"}))
    done = desk.post(f"{LISTED}bao/", {"what": WHAT, "known_at": moment, "people_count": "3"}, follow=True)
    breach = Breach.objects.get()
    assert breach.code in text(done)
    assert desk.get(LISTED).status_code == 404

    page = text(head.get(f"{LISTED}{breach.id}/"))
    for said in ("còn 71 giờ", WHAT, "Lò Thị Quầy", "cần xác nhận"):
        assert said in page
    late = head.post(f"{LISTED}{breach.id}/viec/tell_authority/", {"tell_authority-paper": "", "tell_authority-told_at": moment})
    assert (late.status_code, "Ghi số văn bản đã gửi" in text(late)) == (422, True)
    head.post(f"{LISTED}{breach.id}/nguoi/", {"nguoi": str(office.citizen.citizen_id)})
    head.post(f"{LISTED}{breach.id}/viec/tell_authority/", {"tell_authority-paper": "12/BC-UBND", "tell_authority-told_at": moment})
    head.post(f"{LISTED}{breach.id}/viec/tell_people/", {"tell_people-words": "Anh chị đổi mật khẩu giúp xã."})
    signed_in(admin).post(f"{LISTED}{breach.id}/viec/close/", {"close-words": "Đã khóa máy từ xa."})

    breach.refresh_from_db()
    assert (breach.state, breach.told_on_paper) == ("closed", "12/BC-UBND")
    assert [step.verb for step in BreachStep.objects.all()] == ["report", "add_person", "tell_authority", "tell_people", "close"]
    assert breach.code in text(head.get(f"{LISTED}?xem=xong"))
    assert head.post(f"{LISTED}{breach.id}/viec/steal/", {}).status_code == 404


def test_the_draft_for_the_authority_says_what_is_known_and_is_marked_a_draft(office: Hall) -> None:
    breach = noticed(office, data_kinds="Họ tên, ảnh thẻ", people_count=40)
    answer = signed_in(office.leader).get(f"{LISTED}{breach.id}/du-thao.pdf")
    printed = subprocess.run(["pdftotext", "-layout", "-", "-"], input=answer.content, capture_output=True, check=True).stdout.decode()
    page = " ".join(printed.split())

    assert answer["Content-Type"] == "application/pdf"
    for said in ("DỰ THẢO", "A05", "Họ tên, ảnh thẻ", "40", "Lò Thị Quầy", "09:00 23/11/2026", "cần xác nhận"):
        assert said in page


def test_another_commune_s_breach_is_not_there(office: Hall) -> None:
    breach = noticed(office)
    stranger = hall().head
    assert breach_queries.list_breaches(stranger, is_open=True) == []
    assert refused(breaches.close, stranger, breach.id, "Xong rồi nhé.", now=MORNING) == "rights.not_found"
    assert refused(breaches.add_person, office.head, breach.id, hall().citizen.citizen_id, now=MORNING) == "rights.not_found"


def test_a_real_commune_gets_no_breach_of_the_demo(office: Hall) -> None:
    load_demo_breach(MORNING)

    assert not Breach.objects.exists()


def test_a_demo_commune_has_one_breach_to_look_at() -> None:
    office = hall(is_demo=True)

    load_demo_breach(MORNING)
    load_demo_breach(MORNING)

    breach = Breach.objects.get()
    assert (breach.state, breach.late_why, [one.verb for one in breach.steps.all()]) == ("authority_told", "", ["report", "tell_authority"])
    assert breach.told_at is not None
    assert breach.told_at < breach.due_at
    assert breach.code in text(signed_in(office.head).get(LISTED))


def test_who_reads_the_database_does_not_read_what_is_told_of_a_breach(office: Hall) -> None:
    breach = noticed(office, data_kinds="Ảnh thẻ", consequences="Bị mạo danh", measures="Khóa máy từ xa")
    assert office.citizen.citizen_id is not None
    breaches.add_person(office.head, breach.id, office.citizen.citizen_id, now=MORNING + HOUR)
    breaches.tell_people(office.head, breach.id, "Anh chị cảnh giác cuộc gọi lạ.", now=MORNING + 2 * HOUR)
    with connection.cursor() as cursor:
        kept = ""
        for table in ("rights_breach", "rights_breachstep"):
            cursor.execute(f"SELECT * FROM {table}")
            kept += repr(cursor.fetchall())

    assert WHAT in [one.what for one in Breach.objects.all()]
    assert breach.code in kept
    assert [said for said in (WHAT, "Ảnh thẻ", "Bị mạo danh", "Khóa máy từ xa", "cuộc gọi lạ") if said in kept] == []
