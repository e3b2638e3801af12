"""What people see and press: on the phone, at the machine by the door, on the screen, at the desk."""

from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from xaso.apps.people import facade
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.queue import access, times
from xaso.apps.queue.actions import calling, days
from xaso.apps.queue.models import Appointment, Kiosk, ServiceGroup, Ticket
from xaso.apps.queue.testing import QueueOffice, office
from xaso.platform import calendar, clock
from xaso.platform.tests.page_forms import HOSTILE, RAW

pytestmark = pytest.mark.django_db
SECRET = "khoa-cua-may"
ALL_WEEK = list(range(7))


@pytest.fixture
def here(settings: Any, tmp_path: Path) -> Any:
    """Return an office that is open at this very moment, whatever the day: pages look at the clock on the wall."""
    settings.CATALOGUE_DIR = tmp_path
    calendar.forget()
    yield office(office_hours=[["00:00", "23:59"]], weekdays=ALL_WEEK)
    calendar.forget()


@pytest.fixture
def desk(here: QueueOffice) -> Client:
    client = Client()
    client.force_login(people.staff_of(here.commune_id, Role.DESK))
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def press(client: Client, address: str, **sent: Any) -> Any:
    return client.post(address, {"key": uuid4(), **sent})


def taken(client: Client, here: QueueOffice) -> Ticket:
    """Take a number by phone."""
    answer = press(client, "/lay-so/", group=here.a.id)
    return Ticket.objects.get(token=answer["Location"].split("/")[2])


def test_a_service_is_named_in_vietnamese_and_marked_so_where_the_page_is_not(here: QueueOffice, client: Client) -> None:
    named = f'<span lang="vi">{here.a.name}</span>'
    ticket = taken(client, here)
    pages = ["/lay-so/", f"/lay-so/{ticket.token}/", "/dat-lich/"]
    assert [page for page in pages if named in text(client.get(page))] == []

    client.cookies["ngon_ngu"] = "en"

    assert [page for page in pages if named in text(client.get(page))] == pages


def test_a_number_is_taken_by_phone_without_an_account(here: QueueOffice, client: Client) -> None:
    assert "Dịch vụ A" in text(client.get("/lay-so/"))

    answer = press(client, "/lay-so/", group=here.a.id)

    ticket = Ticket.objects.get()
    assert answer["Location"] == f"/lay-so/{ticket.token}/"
    page = client.get(answer["Location"])
    assert "A001" in text(page)
    assert "Anh/chị là người tiếp theo" in text(page)
    assert "Chưa biết phải chờ bao lâu" in text(page)
    assert '<noscript><meta http-equiv="refresh"' in text(page)
    assert "no-store" in page["Cache-Control"]
    assert (ticket.source, len(ticket.token) >= 20) == ("phone", True)


def test_a_phone_that_holds_a_number_is_shown_it_and_takes_no_second(here: QueueOffice, client: Client) -> None:
    ticket = taken(client, here)

    assert press(client, "/lay-so/", group=here.a.id)["Location"] == f"/lay-so/{ticket.token}/"
    assert Ticket.objects.count() == 1
    assert "A001" in text(client.get("/lay-so/"))
    assert "A001" not in text(Client().get("/lay-so/"))


def test_a_number_is_given_up_and_the_page_says_so(here: QueueOffice, client: Client) -> None:
    ticket = taken(client, here)

    page = client.post(f"/lay-so/{ticket.token}/viec/give_up/", follow=True)

    assert Ticket.objects.get().state == "given_up"
    assert "Số này đã bỏ." in text(page)
    assert "Bỏ số" not in text(page)


def test_who_was_held_reads_it_and_says_that_she_is_back(here: QueueOffice, client: Client) -> None:
    ticket, now = taken(client, here), clock.now()
    calling.call_next(here.desk, here.first.id, now=now)
    assert "Mời đến quầy số 1" in text(client.get(f"/lay-so/{ticket.token}/"))
    calling.hold(here.desk, here.first.id, ticket.id, now=now)
    assert "Chỗ của anh/chị được giữ" in text(client.get(f"/lay-so/{ticket.token}/"))

    client.post(f"/lay-so/{ticket.token}/viec/come_back/")

    assert Ticket.objects.get().state == "waiting"


def test_after_midnight_the_holder_reads_that_the_day_is_over(here: QueueOffice, client: Client) -> None:
    ticket = taken(client, here)
    days.end_days(clock.now() + timedelta(days=1))

    page = text(client.get(f"/lay-so/{ticket.token}/"))

    assert "số này không dùng được nữa" in page
    assert "meta http-equiv" not in page


@pytest.mark.parametrize("verb", ["serve", "call", "hold", "end_day", "nothing"])
def test_a_holder_makes_no_move_of_the_desk(here: QueueOffice, client: Client, verb: str) -> None:
    ticket = taken(client, here)

    assert client.post(f"/lay-so/{ticket.token}/viec/{verb}/").status_code == 404
    assert Ticket.objects.get().state == "waiting"


@pytest.mark.parametrize("sent", [{}, {"group": "x"}, {"group": uuid4(), "key": "x"}, {"group": uuid4()}])
def test_what_no_form_of_ours_sends_takes_nothing(here: QueueOffice, client: Client, sent: dict[str, Any]) -> None:
    assert client.post("/lay-so/", {"key": uuid4(), **sent}).status_code in {404, 422}
    assert Ticket.objects.count() == 0


def test_a_number_of_another_commune_is_not_there(here: QueueOffice, client: Client) -> None:
    ticket = taken(client, here)
    Ticket.objects.update(commune_id=uuid4())

    for address in ("", "trang-thai/"):
        assert client.get(f"/lay-so/{ticket.token}/{address}").status_code == 404


def test_asking_again_costs_no_body_until_something_changes(here: QueueOffice, client: Client) -> None:
    ticket = taken(client, here)
    for address in (f"/lay-so/{ticket.token}/trang-thai/", "/man-hinh/du-lieu/"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")

        Ticket.objects.filter(state="waiting").update(state="called", counter=here.first, times_called=1, called_at=clock.now())
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200
        Ticket.objects.update(state="waiting")


def test_the_screen_shows_calls_and_names_what_is_said(here: QueueOffice, client: Client) -> None:
    here.take(here.a, clock.now())
    here.take(here.b, clock.now())
    calling.call_next(here.desk, here.first.id, now=clock.now())

    data = client.get("/man-hinh/du-lieu/").json()

    assert "<b>A001</b>" in data["html"]
    assert "Quầy 1" in data["html"]
    assert "<li>B001</li>" in data["html"]
    assert [address.split("/")[-2] for address in data["calls"][0]["say"]] == ["chuong", "moi-so", "chu-a", "so-1", "den-quay", "so-1"]
    assert all(client.get(address)["Content-Type"] == "audio/mpeg" for address in data["calls"][0]["say"])
    assert "<b>A001</b>" in text(client.get("/man-hinh/"))


def test_the_screen_asks_the_database_little(here: QueueOffice, client: Client, django_assert_max_num_queries: Any) -> None:
    for _number in range(20):
        here.take(here.a, clock.now())
    client.get("/man-hinh/du-lieu/")

    with django_assert_max_num_queries(4):
        client.get("/man-hinh/du-lieu/")


def test_a_recording_that_is_not_there_is_not_found(here: QueueOffice, client: Client) -> None:
    assert client.get("/man-hinh/tieng/vi/khong-co/").status_code == 404
    assert client.get("/man-hinh/tieng/en/so-1/").status_code == 404


def test_pages_name_nothing_outside_this_machine(here: QueueOffice, client: Client, desk: Client) -> None:
    ticket = taken(client, here)
    for address in ("/lay-so/", f"/lay-so/{ticket.token}/", "/man-hinh/", "/dat-lich/", f"/goi-so/{here.first.id}/"):
        page = text(desk.get(address))
        assert [part for part in page.split('"') if part.startswith(("http:", "https:", "//"))] == [], address


def test_the_machine_at_the_door_gives_numbers_by_its_secret_alone(here: QueueOffice, client: Client) -> None:
    Kiosk.objects.create(commune_id=here.commune_id, name="Cửa", token_digest=access.digest(SECRET), created_at=clock.now())
    assert client.get("/lay-so/may/sai/").status_code == 404
    assert press(client, "/lay-so/may/sai/", group=here.a.id).status_code == 404
    assert "linh-vuc-civil_status" in text(client.get(f"/lay-so/may/{SECRET}/"))

    slip = client.get(press(client, f"/lay-so/may/{SECRET}/", group=here.a.id)["Location"])

    assert "A001" in text(slip)
    assert "data-print" in text(slip)
    assert "Anh/chị là người tiếp theo" in text(slip)
    assert Ticket.objects.get().source == "kiosk"
    Kiosk.objects.update(removed_at=clock.now())
    assert client.get(f"/lay-so/may/{SECRET}/").status_code == 404


def test_digits_left_on_the_machine_at_the_door_are_gone_after_a_minute(here: QueueOffice, client: Client) -> None:
    Kiosk.objects.create(commune_id=here.commune_id, name="Cửa", token_digest=access.digest(SECRET), created_at=clock.now())

    assert f'data-home="/lay-so/may/{SECRET}/" data-seconds="60"' in text(client.get(f"/lay-so/may/{SECRET}/co-hen/"))


def test_the_times_of_a_chosen_day_are_not_under_a_list_of_days(here: QueueOffice, client: Client) -> None:
    address = f"/dat-lich/{here.a.id}/"
    assert "Chọn ngày khác" not in text(client.get(address))

    chosen = text(client.get(f"{address}?ngay={times.local_day(clock.now()) + timedelta(days=1)}"))

    days = chosen.index("<summary>Chọn ngày khác</summary>")
    assert days < chosen.index("</details>", days) < chosen.index('name="slot"')


def test_an_appointment_is_booked_moved_arrived_for_and_let_go(here: QueueOffice, client: Client) -> None:
    address = f"/dat-lich/{here.a.id}/"
    day = times.local_day(clock.now()) + timedelta(days=1)
    slots = times.slots_of(ServiceGroup.objects.get(letter="A"), day)
    assert f"?ngay={day}#id_slot" in text(client.get(address))
    assert 'id="id_slot"' in text(client.get(f"{address}?ngay={day}"))
    wrong = press(client, f"{address}?ngay={day}", slot=slots[3].isoformat(), name="Pao", phone="12")
    assert wrong.status_code == 422
    assert "Số điện thoại chưa đúng" in text(wrong)

    made = press(client, f"{address}?ngay={day}", slot=slots[3].isoformat(), name="Giàng A Pao", phone="0912345678")

    appointment = Appointment.objects.get()
    assert appointment.code in text(client.get(made["Location"]))
    client.post(f"{made['Location']}doi/", {"slot": slots[5].isoformat()})
    assert Appointment.objects.get().starts_at == slots[5]
    assert client.post(f"{made['Location']}doi/", {"slot": "hôm nào"}).status_code == 422
    early = client.post(f"{made['Location']}da-den/", follow=True)
    assert "Chưa đến giờ báo có mặt" in text(early)
    client.post(f"{made['Location']}huy/")
    assert Appointment.objects.get().state == "cancelled"


def test_who_has_an_appointment_says_that_she_is_here(here: QueueOffice, client: Client, desk: Client) -> None:
    facts = {"name": "Giàng A Pao", "phone": "0912345678", "group": here.a, "commune_id": here.commune_id}
    soon = clock.now() + timedelta(seconds=1)
    for code in ("111111", "222222"):
        Appointment.objects.create(code=code, token=code, starts_at=soon, created_at=soon, **facts)

    by_phone = client.post("/dat-lich/phieu/111111/da-den/")
    desk.post(f"/goi-so/{here.first.id}/lay-so/", {"code": "222222"})

    assert by_phone["Location"].startswith("/lay-so/")
    assert list(Ticket.objects.order_by("number").values_list("source", "booked_for")) == [("appointment", soon)] * 2


def test_a_clerk_sees_who_is_to_come_today_and_gives_a_number_without_the_code(here: QueueOffice, client: Client, desk: Client) -> None:
    now = clock.now()
    facts = {"phone": "0912345678", "commune_id": here.commune_id, "created_at": now}
    for name, group, starts_at in (
        ("Giàng A Pao", here.b, now + timedelta(seconds=1)),
        ("Vàng Thị Súa", here.b, now + timedelta(days=1)),
        ("Lù Seo Chấu", here.a, now + timedelta(seconds=1)),
    ):
        code = f"{Appointment.objects.count():06d}"
        Appointment.objects.create(name=name, group=group, starts_at=starts_at, code=code, token=code, **facts)
    address = f"/goi-so/{here.second.id}/"

    shown = text(desk.get(address))
    stamp = desk.get(f"{address}trang-thai/").json()["stamp"]
    given = desk.post(f"{address}lay-so/", {"code": "000000"}, follow=True)

    assert "Giàng A Pao" in shown
    assert "Vàng Thị Súa" not in shown
    assert "Lù Seo Chấu" not in shown
    assert "Số của người vừa đến: B001." in text(given)
    assert "Giàng A Pao" not in text(given)
    assert desk.get(f"{address}trang-thai/").json()["stamp"] != stamp


def test_a_clerk_calls_holds_and_ends_with_one_press_each(here: QueueOffice, desk: Client) -> None:
    for _number in range(3):
        here.take(here.a, clock.now())
    counter = f"/goi-so/{here.first.id}/"
    assert "Dịch vụ A" in text(desk.get("/goi-so/"))
    desk.post(f"{counter}goi/")
    assert '<p class="so-to">A001</p>' in text(desk.get(counter))
    first = Ticket.objects.get(number=1)
    desk.post(f"{counter}viec/hold/", {"ticket": first.id})
    assert "Vắng mặt, đang giữ chỗ" in text(desk.get(counter))

    desk.post(f"{counter}goi/")
    second = Ticket.objects.get(number=2)
    for _press in range(2):
        desk.post(f"{counter}goi/", {"done": second.id})

    assert list(Ticket.objects.order_by("number").values_list("state", flat=True)) == ["held", "served", "called"]
    desk.post(f"{counter}viec/bring_back/", {"ticket": first.id})
    assert Ticket.objects.get(number=1).state == "waiting"


def test_a_clerk_gives_a_number_that_goes_first_and_passes_one_on(here: QueueOffice, desk: Client) -> None:
    counter = f"/goi-so/{here.first.id}/"
    here.take(here.a, clock.now())
    said = text(desk.post(f"{counter}lay-so/", {"key": uuid4(), "group": here.a.id, "priority": "1"}, follow=True))
    assert "Số của người vừa đến: A002." in said

    desk.post(f"{counter}goi/")
    called = Ticket.objects.get(state="called")
    assert (called.label, called.priority) == ("A002", True)
    desk.post(f"{counter}viec/transfer/", {"ticket": called.id, "group": here.b.id})
    assert Ticket.objects.values_list("state", "group_id").get(pk=called.pk) == ("waiting", here.b.id)
    desk.post(f"{counter}viec/let_go_first/", {"ticket": called.id})
    assert not Ticket.objects.get(pk=called.pk).priority


@pytest.mark.parametrize("sent", [{"ticket": "x"}, {"ticket": uuid4()}, {}])
def test_a_press_about_no_number_of_ours_is_not_found(here: QueueOffice, desk: Client, sent: dict[str, Any]) -> None:
    for verb in ("serve", "drop", "nothing"):
        assert desk.post(f"/goi-so/{here.first.id}/viec/{verb}/", sent).status_code == 404


def test_figures_show_the_middle_of_waiting_and_nobody(here: QueueOffice) -> None:
    ticket = here.take(here.a, clock.now() - timedelta(minutes=12))
    calling.call_next(here.desk, here.first.id, now=clock.now() - timedelta(minutes=7))
    calling.serve(here.desk, here.first.id, ticket.id, now=clock.now())
    head = Client()
    head.force_login(people.staff_of(here.commune_id, Role.CENTRE_HEAD))

    page = text(head.get("/goi-so/so-lieu/"))

    assert "5 phút" in page
    assert "7 phút" in page


def test_hostile_text_is_shown_as_text(here: QueueOffice, client: Client, desk: Client) -> None:
    ServiceGroup.objects.update(name=HOSTILE)
    now = clock.now()
    Appointment.objects.create(
        code="333333", token="t", starts_at=now, created_at=now, name=HOSTILE, phone="0912345678", group=here.a, commune_id=here.commune_id
    )
    ticket = taken(client, here)
    calling.call_next(here.desk, here.first.id, now=now)
    here.take(here.b, now)

    shown = {
        address: text(desk.get(address))
        for address in (
            "/lay-so/",
            f"/lay-so/{ticket.token}/",
            "/dat-lich/",
            f"/dat-lich/{here.a.id}/",
            "/dat-lich/phieu/t/",
            "/goi-so/",
            f"/goi-so/{here.first.id}/",
            "/goi-so/so-lieu/",
        )
    }

    assert [(address, raw) for address, page in shown.items() for raw in RAW if raw in page] == []
    assert all(escape(HOSTILE) in page for page in shown.values())


def test_before_anything_is_set_up_pages_say_so(client: Client) -> None:
    people.commune()
    facade.forget()

    assert "Xã chưa mở lấy số" in text(client.get("/lay-so/"))
    assert "Xã chưa nhận đặt lịch" in text(client.get("/dat-lich/"))
    assert "Chưa gọi số nào" in text(client.get("/man-hinh/"))
