"""A day closed after people booked it, and a service that ends: they are told once, offered other times, and reminded of nothing."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from xaso.apps.notices.testing import deliver_through, sms_texts
from xaso.apps.people import facade as people_facade
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.queue.testing import QueueOffice, appointment, end, kept_time, move, narrow, office, slot
from xaso.apps.reminders.jobs import remind_now, tell_closed
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.outbox import relay

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> QueueOffice:
    return office()


def _administrator(here: QueueOffice) -> Actor:
    return people.actor_for(people.staff_of(here.commune_id, Role.ADMINISTRATOR))


def _close(here: QueueOffice, starts_at: datetime) -> UUID:
    day = starts_at.astimezone(VN).date()
    return people_facade.add_local_day(_administrator(here), day, "off", "Lễ hội Đền Trung Đô", now=MONDAY)


def _open(here: QueueOffice, day_off: UUID) -> None:
    people_facade.remove_local_day(_administrator(here), day_off, now=MONDAY)


def test_who_booked_a_day_that_is_closed_later_is_told_once_and_offered_other_times(here: QueueOffice) -> None:
    made, other = appointment(here, slot(here, 2), now=MONDAY), appointment(here, slot(here, 1), now=MONDAY, phone="0987654321")
    assert tell_closed(MONDAY) == 0
    _close(here, made.starts_at)

    assert [tell_closed(MONDAY + timedelta(minutes=minute)) for minute in (1, 2)] == [1, 0]

    (told,) = sms_texts(here.commune_id)
    assert "nghi luc" in told
    assert f"{made.starts_at.astimezone(VN):%H:%M %d/%m/%Y}" in told
    assert f"/dat-lich/phieu/{made.token}/" in told
    assert made.name not in told
    assert other.token not in told


def test_nobody_is_reminded_of_a_closed_time_or_told_at_night(here: QueueOffice) -> None:
    made = appointment(here, slot(here, 2), now=MONDAY)
    _close(here, made.starts_at)

    night = MONDAY.astimezone(VN).replace(hour=21)
    assert tell_closed(night) == 0
    assert remind_now(made.starts_at - timedelta(hours=24)) == 0
    assert sms_texts(here.commune_id) == []


def test_who_was_told_that_her_time_is_closed_is_told_once_that_it_is_open_again_and_of_each_later_change(here: QueueOffice) -> None:
    made = appointment(here, slot(here, 2), now=MONDAY)
    told: list[str] = []

    for hour in (0, 2):
        for closes, now in ((True, MONDAY + timedelta(hours=hour)), (False, MONDAY + timedelta(hours=hour + 1))):
            if closes:
                day_off = _close(here, made.starts_at)
            else:
                _open(here, day_off)
            assert (tell_closed(now), tell_closed(now + timedelta(minutes=1))) == (1, 0)
            deliver_through(lambda _phone, text: told.append(text), now + timedelta(minutes=1))

    assert ["nghi luc" in text for text in told] == [True, False, True, False]
    assert ["hen con giu" in text for text in told] == [False, True, False, True]
    assert all(f"/dat-lich/phieu/{made.token}/" in text for text in told)
    assert remind_now(made.starts_at - timedelta(hours=24)) == 1


def test_a_notice_of_closing_that_has_not_left_when_the_time_is_open_again_is_taken_back(here: QueueOffice) -> None:
    made = appointment(here, slot(here, 2), now=MONDAY)
    day_off = _close(here, made.starts_at)
    assert tell_closed(MONDAY) == 1
    _open(here, day_off)

    assert [tell_closed(MONDAY + timedelta(minutes=minute)) for minute in (1, 2)] == [0, 0]

    assert sms_texts(here.commune_id) == []


def test_who_moved_to_another_time_is_told_nothing_more(here: QueueOffice) -> None:
    made = appointment(here, slot(here, 2), now=MONDAY)
    _close(here, made.starts_at)
    tell_closed(MONDAY)
    later = move(here, made, slot(here, 1), now=MONDAY)

    assert tell_closed(MONDAY + timedelta(hours=1)) == 0
    assert remind_now(later.starts_at - timedelta(hours=24)) == 1


def test_hours_that_are_narrowed_later_close_times_too(here: QueueOffice) -> None:
    made = appointment(here, slot(here, 2), now=MONDAY)
    narrow(here, without=made.starts_at.astimezone(VN).weekday())

    assert tell_closed(MONDAY) == 1


def test_when_a_service_ends_its_appointments_are_cancelled_and_their_holders_told_once(here: QueueOffice, client: Client) -> None:
    made = appointment(here, slot(here, 2), now=MONDAY)
    end(_administrator(here), here.a.id, now=MONDAY)

    relay(MONDAY)
    relay(MONDAY + timedelta(minutes=1))
    assert tell_closed(MONDAY) == 0

    (told,) = sms_texts(here.commune_id)
    assert "huy hen" in told
    page = client.get(f"/dat-lich/phieu/{made.token}/").content.decode()
    assert "Xã thôi nhận dịch vụ này" in page
    assert 'href="/dat-lich/"' in page


def test_the_page_of_a_closed_time_says_so_and_leads_to_other_times(here: QueueOffice, client: Client) -> None:
    now = datetime.now(tz=UTC)
    made = kept_time(here, (now + timedelta(days=3)).astimezone(VN).replace(hour=3), token="closed")

    page = client.get(f"/dat-lich/phieu/{made.token}/").content.decode()

    assert "Một cửa nghỉ vào giờ này." in page
    assert page.count("/dat-lich/phieu/closed/doi/") == 1
