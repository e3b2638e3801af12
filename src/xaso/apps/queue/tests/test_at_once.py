"""Many at the same moment, each with a connection of its own: no number twice, nobody called twice, no slot overfull."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import TypeVar
from uuid import uuid4

import pytest
from django.db import connection

from xaso.apps.queue import times
from xaso.apps.queue.actions import appointments, calling, tickets
from xaso.apps.queue.models import Appointment, Ticket, TicketStep
from xaso.apps.queue.testing import MORNING, QueueOffice, office
from xaso.kernel.errors import Refusal

T = TypeVar("T")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> QueueOffice:
    return office()


def at_once(works: Sequence[Callable[[], T]]) -> list[T | str]:
    """Do all at the same moment; a refusal is returned as its code."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], T]) -> T | str:
        barrier.wait()
        try:
            return work()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_twelve_who_take_a_number_at_once_get_twelve_numbers(here: QueueOffice) -> None:
    at_once([partial(here.take, here.a) for _ in range(6)] + [partial(here.take, here.b) for _ in range(6)])

    assert sorted(Ticket.objects.values_list("letter", "number")) == [(letter, number) for letter in "AB" for number in range(1, 7)]


def test_one_press_sent_six_times_takes_one_number(here: QueueOffice) -> None:
    press = partial(tickets.take_by_phone, here.visitor, here.a.id, key=uuid4(), now=MORNING)

    taken = at_once([press] * 6)

    assert len({ticket.id for ticket in taken if isinstance(ticket, Ticket)}) == 1
    assert Ticket.objects.count() == 1


def test_two_clerks_who_call_at_once_never_call_the_same_person(here: QueueOffice) -> None:
    for _number in range(8):
        here.take(here.b)
    for _round in range(4):
        done = [Ticket.objects.filter(counter=counter, state="called").first() for counter in (here.first, here.second)]

        called = at_once(
            [
                partial(calling.call_next, here.desk, counter.id, done=before.id if before else None, now=MORNING)
                for counter, before in zip((here.first, here.second), done, strict=True)
            ]
        )

        assert len({ticket.id for ticket in called if isinstance(ticket, Ticket)}) == 2
    assert TicketStep.objects.filter(verb="call").count() == TicketStep.objects.filter(verb="call").values("ticket").distinct().count() == 8


def test_a_double_click_calls_once_and_ends_one(here: QueueOffice) -> None:
    for _number in range(3):
        here.take(here.a)
    present = calling.call_next(here.desk, here.first.id, now=MORNING)

    called = at_once([partial(calling.call_next, here.desk, here.first.id, done=present.id, now=MORNING)] * 4)

    assert {ticket.label for ticket in called if isinstance(ticket, Ticket)} == {"A002"}
    assert sorted(Ticket.objects.values_list("number", "state")) == [(1, "served"), (2, "called"), (3, "waiting")]


def test_the_last_place_of_a_slot_is_given_once(here: QueueOffice) -> None:
    slot = times.slots_of(here.a, MORNING.date())[-1]
    works = [
        partial(appointments.book, here.visitor, here.a.id, slot, name="Giàng A Pao", phone=f"09120000{n:02d}", key=uuid4(), now=MORNING)
        for n in range(5)
    ]

    booked = at_once(works)

    assert sorted(one for one in booked if isinstance(one, str)) == ["queue.slot_full"] * 3
    assert Appointment.objects.filter(starts_at=slot).count() == here.a.slot_capacity
