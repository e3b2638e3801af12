"""A number from the press that takes it to the end of its day."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.queue import queries, rules
from xaso.apps.queue.actions import calling, days, tickets
from xaso.apps.queue.actions.tickets import take_by_phone
from xaso.apps.queue.models import DayFigures, Ticket, TicketStep
from xaso.apps.queue.testing import MORNING, QueueOffice, minutes, office
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.models import OutboxMessage

pytestmark = pytest.mark.django_db
BEFORE_MIDNIGHT = datetime(2026, 11, 25, 16, 59, 59, tzinfo=UTC)
AFTER_MIDNIGHT = datetime(2026, 11, 25, 17, 0, 0, tzinfo=UTC)


@pytest.fixture
def here() -> QueueOffice:
    return office()


def state_of(ticket: Ticket) -> str:
    return str(Ticket.objects.get(pk=ticket.pk).state)


def refused(work: object, *args: object, **named: object) -> str:
    with pytest.raises(Refusal) as refusal:
        work(*args, **named)  # type: ignore[operator]
    return refusal.value.code


def test_numbers_run_by_letter_and_begin_anew_on_the_next_day(here: QueueOffice) -> None:
    labels = [here.take(group).label for group in (here.a, here.a, here.b)]

    assert labels == ["A001", "A002", "B001"]
    assert here.take(here.a, MORNING + timedelta(days=1)).label == "A001"


def test_a_day_ends_at_midnight_in_vietnam_and_not_in_utc(here: QueueOffice) -> None:
    here.a.weekdays = list(range(7))
    here.a.save()
    taken = here.take(here.a)

    assert days.end_days(BEFORE_MIDNIGHT) == 0
    assert state_of(taken) == "waiting"
    assert days.end_days(AFTER_MIDNIGHT) == 1
    assert state_of(taken) == "day_over"
    assert days.end_days(AFTER_MIDNIGHT + minutes(1)) == 0
    last = TicketStep.objects.filter(ticket=taken).last()
    assert last is not None
    assert (last.verb, last.state, last.at) == ("end_day", "day_over", AFTER_MIDNIGHT)


def test_every_open_number_ends_with_its_day_and_the_served_stay_so(here: QueueOffice) -> None:
    served, held, called, waiting = (here.take(here.a) for _ in range(4))
    calling.call_next(here.desk, here.first.id, now=MORNING + minutes(10))
    calling.serve(here.desk, here.first.id, served.id, now=MORNING + minutes(16))
    calling.call_next(here.desk, here.first.id, now=MORNING + minutes(20))
    calling.hold(here.desk, here.first.id, held.id, now=MORNING + minutes(21))
    calling.call_next(here.desk, here.first.id, now=MORNING + minutes(22))

    assert days.end_days(AFTER_MIDNIGHT) == 3
    assert [state_of(ticket) for ticket in (served, held, called, waiting)] == ["served", "day_over", "day_over", "day_over"]
    figures = DayFigures.objects.get(group=here.a)
    assert (figures.day, figures.taken, figures.served, figures.left_over) == (MORNING.date(), 4, 1, 3)
    assert (figures.wait_median_seconds, figures.service_median_seconds) == (20 * 60, 6 * 60)
    fact = OutboxMessage.objects.get(topic="queue.day_ended")
    assert (fact.subject, fact.payload["served"], fact.payload["day"]) == (f"queue_group:{here.a.id}", 1, "2026-11-25")


def test_a_day_without_open_numbers_gets_its_figures_too(here: QueueOffice) -> None:
    only = here.take(here.a)
    tickets.give_up(here.visitor, only.token, now=MORNING + minutes(1))

    days.end_days(AFTER_MIDNIGHT)

    assert DayFigures.objects.values_list("taken", "given_up", "left_over", "wait_median_seconds").get() == (1, 1, 0, None)


def test_nobody_of_yesterday_is_called_or_counted_today(here: QueueOffice) -> None:
    here.take(here.a)
    tomorrow = MORNING + timedelta(days=1)

    assert refused(calling.call_next, here.desk, here.first.id, now=tomorrow) == "queue.nobody_waits"
    assert queries.standing(here.take(here.a, tomorrow), tomorrow).ahead == 0


def test_old_numbers_are_forgotten_and_their_figures_stay(here: QueueOffice) -> None:
    here.take(here.a)
    days.end_days(AFTER_MIDNIGHT)

    assert days.forget_old(MORNING + timedelta(days=30)) == 0
    assert days.forget_old(MORNING + timedelta(days=31)) == 1
    assert Ticket.objects.count() == 0
    assert TicketStep.objects.count() == 0
    assert DayFigures.objects.get().taken == 1
    assert days.end_days(MORNING + timedelta(days=32)) == 0
    assert DayFigures.objects.get().taken == 1


def test_who_is_away_is_held_and_comes_back_to_her_place(here: QueueOffice) -> None:
    away, second, third = (here.take(here.a, MORNING + minutes(n)) for n in range(3))
    calling.call_next(here.desk, here.first.id, now=MORNING + minutes(5))
    calling.hold(here.desk, here.first.id, away.id, now=MORNING + minutes(6))
    assert calling.call_next(here.desk, here.first.id, now=MORNING + minutes(7)).id == second.id

    tickets.come_back(here.visitor, away.token, now=MORNING + minutes(8))

    assert [ticket.label for ticket in queries.waiting_for(here.first, MORNING + minutes(9))] == ["A001", "A003"]
    back = calling.call_next(here.desk, here.first.id, done=second.id, now=MORNING + minutes(10))
    assert (back.id, back.times_called, back.first_called_at) == (away.id, 2, MORNING + minutes(5))
    assert state_of(third) == "waiting"


def test_who_is_held_may_be_called_at_once_when_she_stands_there(here: QueueOffice) -> None:
    away = here.take(here.a)
    calling.call_next(here.desk, here.first.id, now=MORNING)
    calling.hold(here.desk, here.first.id, away.id, now=MORNING)

    assert calling.call_this(here.desk, here.second.id, away.id, now=MORNING + minutes(1)).counter_id == here.second.id
    assert list(TicketStep.objects.filter(ticket=away).values_list("verb", flat=True)) == ["take", "call", "hold", "come_back", "call"]
    assert refused(calling.call_this, here.desk, here.second.id, away.id, now=MORNING) == "queue.counter_busy"


def test_while_somebody_is_at_the_counter_nobody_else_is_called(here: QueueOffice) -> None:
    first, second = here.take(here.a), here.take(here.a)

    for _press in range(2):
        assert calling.call_next(here.desk, here.first.id, now=MORNING).id == first.id
    assert state_of(second) == "waiting"


def test_priority_goes_first_and_may_be_given_later(here: QueueOffice) -> None:
    first, old = here.take(here.a), here.take(here.a)
    calling.let_go_first(here.desk, old.id, first=True, now=MORNING)

    assert calling.call_next(here.desk, here.first.id, now=MORNING).id == old.id
    assert refused(calling.let_go_first, here.desk, old.id, first=False, now=MORNING) == "flow.not_allowed"
    assert calling.call_next(here.desk, here.first.id, done=old.id, now=MORNING).id == first.id


def test_who_is_passed_on_keeps_number_and_place(here: QueueOffice) -> None:
    moved = here.take(here.a, MORNING)
    waiting_there = here.take(here.b, MORNING + minutes(1))
    calling.call_next(here.desk, here.first.id, now=MORNING + minutes(2))
    calling.transfer(here.desk, here.first.id, moved.id, here.b.id, now=MORNING + minutes(3))

    called = calling.call_next(here.desk, here.second.id, now=MORNING + minutes(4))

    assert (called.id, called.label, called.group_id) == (moved.id, "A001", here.b.id)
    assert state_of(waiting_there) == "waiting"


def test_she_is_passed_on_only_to_another_group_that_somebody_serves(here: QueueOffice) -> None:
    ticket = here.take(here.b)
    calling.call_next(here.desk, here.first.id, now=MORNING)
    here.first.groups.set([here.b])

    for group in (here.a, here.b):
        assert refused(calling.transfer, here.desk, here.first.id, ticket.id, group.id, now=MORNING) == "queue.not_served_there"
    assert (state_of(ticket), Ticket.objects.get().group_id) == ("called", here.b.id)


def test_a_clerk_moves_only_who_is_at_her_counter(here: QueueOffice) -> None:
    ticket = here.take(here.b)
    calling.call_next(here.desk, here.second.id, now=MORNING)

    for work in (calling.serve, calling.hold, calling.recall):
        assert refused(work, here.desk, here.first.id, ticket.id, now=MORNING) == "queue.not_at_counter"
    assert state_of(ticket) == "called"


def test_nobody_without_the_role_calls_and_nobody_of_another_commune(here: QueueOffice) -> None:
    ticket = here.take(here.a)
    elsewhere = people.commune()
    stranger = people.actor_for(people.staff(elsewhere, Role.DESK), on=MORNING.date())

    for actor in (here.visitor, stranger, Actor.anonymous(elsewhere.id)):
        assert refused(calling.call_next, actor, here.first.id, now=MORNING) == "queue.not_found"
        assert refused(calling.drop, actor, ticket.id, now=MORNING) == "queue.not_found"
    assert refused(tickets.give_up, stranger, ticket.token, now=MORNING) == "queue.not_found"
    assert state_of(ticket) == "waiting"


def test_a_served_number_can_be_neither_given_up_nor_called(here: QueueOffice) -> None:
    ticket = here.take(here.a)
    calling.call_next(here.desk, here.first.id, now=MORNING)
    calling.serve(here.desk, here.first.id, ticket.id, now=MORNING)

    assert refused(tickets.give_up, here.visitor, ticket.token, now=MORNING) == "flow.not_allowed"
    assert refused(calling.call_this, here.desk, here.first.id, ticket.id, now=MORNING) == "flow.not_allowed"


def test_no_number_is_given_out_of_hours_or_to_phones_where_phones_may_not(here: QueueOffice) -> None:
    night = MORNING + timedelta(hours=10)
    assert refused(take_by_phone, here.visitor, here.a.id, key=uuid4(), now=night) == "queue.closed"
    here.a.by_phone = False
    here.a.save()
    assert refused(take_by_phone, here.visitor, here.a.id, key=uuid4(), now=MORNING) == "queue.not_by_phone"
    assert Ticket.objects.count() == 0
    assert here.take(here.a).number == 1


def test_phones_behind_one_address_take_only_so_many(here: QueueOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_QUEUE_TICKETS_AN_HOUR", "2")
    for _ in range(2):
        take_by_phone(here.visitor, here.a.id, key=uuid4(), now=MORNING)

    assert refused(take_by_phone, here.visitor, here.a.id, key=uuid4(), now=MORNING) == "platform.too_many"
    assert take_by_phone(Actor.anonymous(here.commune_id, "192.0.2.9"), here.a.id, key=uuid4(), now=MORNING).number == 3
    assert take_by_phone(here.visitor, here.a.id, key=uuid4(), now=MORNING + timedelta(hours=1)).number == 4


def served(here: QueueOffice, count: int, minutes_each: int) -> datetime:
    """Serve some in group A at the first counter, and return when the last was done."""
    now = MORNING
    for _number in range(count):
        ticket = here.take(here.a, now)
        calling.call_next(here.desk, here.first.id, now=now)
        now += minutes(minutes_each)
        calling.serve(here.desk, here.first.id, ticket.id, now=now)
    return now


def test_the_wait_is_unknown_until_enough_was_measured(here: QueueOffice) -> None:
    assert queries.standing(here.take(here.b), MORNING).why_unknown == "no_counter"
    here.first.groups.set([here.a])
    now = served(here, 4, 6)
    waiting = here.take(here.a, now)
    assert (queries.standing(waiting, now).wait, queries.standing(waiting, now).why_unknown) == (None, "too_few")

    calling.call_next(here.desk, here.first.id, now=now)
    calling.serve(here.desk, here.first.id, waiting.id, now=now + minutes(6))
    last = here.take(here.a, now + minutes(6))

    assert queries.standing(last, now + minutes(6)).wait == rules.Wait(0, 10)


def test_the_wait_is_what_those_before_her_take(here: QueueOffice) -> None:
    now = served(here, 5, 6)
    line = [here.take(here.a, now + minutes(n / 10)) for n in range(3)]

    standing = queries.standing(line[-1], now + minutes(1))

    assert (standing.ahead, standing.wait) == (2, rules.Wait(10, 20))
    over = MORNING + timedelta(hours=4)
    assert queries.standing(line[-1], over).why_unknown == "closed"


def test_lately_measured_days_count_when_today_has_too_few(here: QueueOffice) -> None:
    served(here, 5, 6)
    next_day = MORNING + timedelta(days=1)
    here.take(here.a, next_day)
    calling.call_next(here.desk, here.first.id, now=next_day)

    assert queries.standing(here.take(here.a, next_day), next_day + minutes(1)).wait == rules.Wait(0, 10)


def test_how_a_number_stands_costs_few_queries(here: QueueOffice, django_assert_max_num_queries) -> None:
    now = served(here, 5, 6)
    for n in range(60):
        last = here.take(here.a, now + minutes(n / 60))

    with django_assert_max_num_queries(8):
        assert queries.standing(last, now + minutes(2)).ahead == 59
