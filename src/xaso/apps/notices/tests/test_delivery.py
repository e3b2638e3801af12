"""Delivery: tried again with growing pauses, written down each time, never in the way of anything else."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from xaso.apps.notices import rules
from xaso.apps.notices.actions.delivery import Outcome, claim, record
from xaso.apps.notices.adapters import WaysOut
from xaso.apps.notices.jobs import deliver_due
from xaso.apps.notices.models import Attempt, Message
from xaso.apps.notices.ports import NotTaken, SmsPort, Unavailable, Undeliverable
from xaso.apps.notices.testing import FakeSms, queued

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
COMMUNE = uuid4()

pytestmark = pytest.mark.django_db


def sms(key: str = "key", now: datetime = NOW) -> Message:
    return queued(COMMUNE, now, key=key, email="")[0]


def through(port: SmsPort) -> WaysOut:
    return WaysOut(sms=port, email=None)


def test_a_message_is_sent_once_and_its_attempt_written_down() -> None:
    message, port = sms(), FakeSms()
    assert deliver_due(NOW, ways=through(port)) == 1
    assert deliver_due(NOW + timedelta(days=1), ways=through(port)) == 0
    message.refresh_from_db()
    assert port.sent == [("0912345678", message.body, str(message.id))]
    assert (message.state, message.attempts, message.provider_reference, message.done_at) == ("sent", 1, "fake-1", NOW)
    assert list(Attempt.objects.values_list("number", "outcome", "detail")) == [(1, "sent", "")]


def test_nothing_is_sent_before_its_time_and_the_longest_waiting_goes_first() -> None:
    late, early = sms("late", NOW), sms("early", NOW - timedelta(hours=1))
    port = FakeSms()
    assert deliver_due(NOW - timedelta(minutes=1), ways=through(port)) == 1
    assert deliver_due(NOW, ways=through(port)) == 1
    assert [reference for _phone, _text, reference in port.sent] == [str(early.id), str(late.id)]


def test_a_message_not_taken_is_tried_seven_times_with_growing_pauses_then_given_up() -> None:
    message, port, now = sms(), FakeSms(*[NotTaken("busy")] * 7), NOW
    for attempt in range(1, 8):
        assert deliver_due(now, ways=through(port)) == 0
        message.refresh_from_db()
        pause = rules.pause_after(attempt)
        assert message.attempts == attempt
        if pause:
            assert (message.state, message.next_attempt_at) == ("failed", now + pause)
            assert deliver_due(now + pause - timedelta(seconds=1), ways=through(port)) == 0
            now += pause
    assert (message.state, message.next_attempt_at, message.last_error, message.done_at) == ("given_up", None, "busy", now)
    assert list(Attempt.objects.values_list("outcome", flat=True)) == ["failed"] * 6 + ["given_up"]
    assert deliver_due(now + timedelta(days=9), ways=through(port)) == 0


def test_an_address_that_will_never_take_it_is_given_up_at_once() -> None:
    message = sms()
    deliver_due(NOW, ways=through(FakeSms(Undeliverable("no such number"))))
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == ("given_up", 1, "no such number")


def test_one_bad_message_keeps_no_other_from_going() -> None:
    for key in "abc":
        sms(key)
    assert deliver_due(NOW, ways=through(FakeSms(RuntimeError("a fault in the adapter")))) == 2
    assert sorted(Message.objects.values_list("state", "last_error")) == [("failed", "RuntimeError"), ("sent", ""), ("sent", "")]


def test_a_closed_way_out_is_tried_with_one_message_a_minute_and_uses_up_no_other() -> None:
    for key in "abc":
        sms(key)
    port = FakeSms(Unavailable("no line"), Unavailable("no line"))
    assert deliver_due(NOW, ways=through(port)) == 0
    assert sorted(Message.objects.values_list("state", "attempts")) == [("failed", 1), ("queued", 0), ("queued", 0)]
    assert deliver_due(NOW + timedelta(seconds=59), ways=through(port)) == 0
    assert len(port.failures) == 1
    assert deliver_due(NOW + timedelta(minutes=1), ways=through(port)) == 0
    assert deliver_due(NOW + timedelta(minutes=10), ways=through(port)) == 3


def test_without_a_way_out_messages_wait_untouched() -> None:
    message = sms()
    assert deliver_due(NOW, ways=WaysOut(None, None)) == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 0)


def test_a_worker_that_died_while_delivering_loses_nothing() -> None:
    sms()
    assert claim("sms", NOW) is not None
    port = FakeSms()
    assert deliver_due(NOW + rules.LEASE - timedelta(seconds=1), ways=through(port)) == 0
    assert deliver_due(NOW + rules.LEASE, ways=through(port)) == 1


def test_a_slow_worker_that_comes_back_does_not_undo_what_another_sent() -> None:
    message = sms()
    slow = claim("sms", NOW)
    assert slow is not None
    deliver_due(NOW + rules.LEASE, ways=through(FakeSms()))
    record(slow, Outcome("miss", "timed out"), now=NOW + rules.LEASE * 2)
    message.refresh_from_db()
    assert (message.state, message.provider_reference) == ("sent", "fake-1")
    assert list(Attempt.objects.values_list("number", "outcome")) == [(2, "sent"), (1, "failed")]


def test_two_workers_do_not_take_the_same_message() -> None:
    sms("a")
    sms("b")
    one, other = claim("sms", NOW), claim("sms", NOW)
    assert one is not None
    assert other is not None
    assert one.pk != other.pk
    assert claim("sms", NOW) is None


@pytest.mark.django_db(transaction=True)
def test_the_port_is_called_outside_any_transaction() -> None:
    class Watching(FakeSms):
        def send(self, *, phone: str, text: str, reference: str) -> str:
            seen.append(connection.in_atomic_block)
            return super().send(phone=phone, text=text, reference=reference)

    seen: list[bool] = []
    sms()
    assert deliver_due(NOW, ways=through(Watching())) == 1
    assert seen == [False]


def test_a_round_is_bounded() -> None:
    for number in range(5):
        sms(str(number))
    assert deliver_due(NOW, 3, ways=through(FakeSms())) == 3
