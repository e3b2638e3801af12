"""`/quan-tri/goi-so/`: an administrator sets a queue up from nothing, in the browser."""

import re
from html import escape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.queue.models import Appointment, Kiosk, ServiceCounter, ServiceGroup, Ticket
from xaso.apps.queue.testing import MORNING, office
from xaso.platform.tests.page_forms import HOSTILE, RAW

pytestmark = pytest.mark.django_db
HOME = "/quan-tri/goi-so/"
GROUP = {
    "name": "Khai sinh",
    "letter": "a",
    "covers": ["civil_status"],
    "weekdays": ["0", "4"],
    "open_from": "",
    "open_until": "11h",
    "by_phone": "on",
    "slot_minutes": "20",
    "slot_capacity": "2",
}


@pytest.fixture
def here() -> Any:
    return people.commune()


@pytest.fixture
def admin(here: Any) -> Client:
    client = Client()
    client.force_login(people.staff(here, Role.ADMINISTRATOR))
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_queue_is_set_up_from_nothing(admin: Client, here: Any) -> None:
    assert "Chưa mở lấy số" in text(admin.get("/quan-tri/"))
    assert "Chưa có dịch vụ nào" in text(admin.get(HOME))

    assert admin.post(f"{HOME}dich-vu/moi/", GROUP).status_code == 302
    group = ServiceGroup.objects.get()
    assert (group.commune_id, group.name, group.letter, group.fields, group.weekdays) == (
        here.id,
        "Khai sinh",
        "A",
        ["civil_status"],
        [0, 4],
    )
    assert (str(group.open_until), group.slot_minutes, group.slot_capacity, group.by_phone) == ("11:00:00", 20, 2, True)
    assert "Dịch vụ chưa có quầy nào nhận:" in text(admin.get(HOME))

    admin.post(f"{HOME}quay/moi/", {"number": "2", "name": "Hộ tịch", "groups": [str(group.id)]})
    counter = ServiceCounter.objects.get()
    assert (counter.number, counter.name, list(counter.groups.all())) == (2, "Hộ tịch", [group])
    assert "Dịch vụ chưa có quầy nào nhận:" not in text(admin.get(HOME))
    for page in (f"dich-vu/{group.id}/", f"quay/{counter.id}/"):
        assert admin.get(HOME + page).status_code == 200
    assert "Lưu dịch vụ lấy số" in text(admin.get("/quan-tri/nhat-ky/"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Anh/chị ghi mục này."),
        ({"letter": "Đ"}, "một chữ cái không dấu"),
        ({"letter": "1"}, "một chữ cái không dấu"),
        ({"weekdays": []}, "chọn ít nhất một mục"),
        ({"open_from": "11:30"}, "Giờ kết thúc phải sau giờ bắt đầu"),
        ({"open_from": "sáng"}, "Giờ viết như 07:30"),
        ({"slot_minutes": "1"}, "quá nhỏ"),
        ({"slot_capacity": "x"}, "ghi một số"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_kept(admin: Client, change: dict[str, Any], said: str) -> None:
    answer = admin.post(f"{HOME}dich-vu/moi/", GROUP | change)

    assert answer.status_code == 422
    assert said in text(answer)
    assert ServiceGroup.objects.count() == 0


def test_no_two_services_have_one_letter_and_no_two_counters_one_number(admin: Client) -> None:
    admin.post(f"{HOME}dich-vu/moi/", GROUP)
    group = ServiceGroup.objects.get()
    assert "đã dùng cho dịch vụ khác" in text(admin.post(f"{HOME}dich-vu/moi/", GROUP))
    counter = {"number": "1", "name": "", "groups": [str(group.id)]}
    admin.post(f"{HOME}quay/moi/", counter)

    assert "Đã có quầy số 1." in text(admin.post(f"{HOME}quay/moi/", counter))
    assert (ServiceGroup.objects.count(), ServiceCounter.objects.count()) == (1, 1)


def test_a_machine_is_added_its_address_shown_once_and_taken_away(admin: Client) -> None:
    shown = text(admin.post(f"{HOME}may/", {"name": "Cửa chính"}))

    (token,) = set(re.findall(r"/lay-so/may/([\w-]+)/", shown))
    assert Client().get(f"/lay-so/may/{token}/").status_code == 200
    assert token not in text(admin.get(HOME))
    assert token not in Kiosk.objects.get().token_digest
    admin.post(f"{HOME}may/{Kiosk.objects.get().id}/bo/")
    assert Client().get(f"/lay-so/may/{token}/").status_code == 404


def test_what_is_in_use_does_not_end_and_what_is_not_takes_its_appointments_along() -> None:
    here, admin = office(), Client()
    admin.force_login(people.staff_of(here.commune_id, Role.ADMINISTRATOR))
    facts = {"name": "Pao", "phone": "0912345678", "group": here.b, "commune_id": here.commune_id, "created_at": MORNING}
    Appointment.objects.create(code="1", token="t", starts_at=MORNING, **facts)
    here.take(here.a)

    for group in (here.a, here.b):
        admin.post(f"{HOME}dich-vu/{group.id}/bo/")
    admin.post(f"{HOME}quay/{here.second.id}/bo/")

    assert list(ServiceGroup.objects.filter(ended_at=None)) == [here.a]
    assert list(ServiceCounter.objects.filter(ended_at=None)) == [here.first]
    assert Appointment.objects.get().state == "cancelled"
    assert Ticket.objects.get().state == "waiting"


def test_a_thing_of_another_commune_is_not_there(admin: Client) -> None:
    other = office()
    for address in (f"dich-vu/{other.a.id}/", f"quay/{other.first.id}/", f"dich-vu/{uuid4()}/"):
        assert admin.get(HOME + address).status_code == 404
        assert admin.post(f"{HOME}{address}bo/").status_code == 404
    assert ServiceGroup.objects.filter(ended_at=None).count() == 2


def test_hostile_text_in_each_form_is_shown_as_text(admin: Client) -> None:
    admin.post(f"{HOME}dich-vu/moi/", GROUP | {"name": HOSTILE})
    group = ServiceGroup.objects.get()
    admin.post(f"{HOME}quay/moi/", {"number": "1", "name": HOSTILE, "groups": [str(group.id)]})
    machine = text(admin.post(f"{HOME}may/", {"name": HOSTILE}))
    counter = ServiceCounter.objects.get()

    pages = [machine, *(text(admin.get(HOME + part)) for part in ("", f"dich-vu/{group.id}/", f"quay/{counter.id}/", "quay/moi/"))]

    assert [raw for page in pages for raw in RAW if raw in page] == []
    assert all(escape(HOSTILE) in page for page in pages)
