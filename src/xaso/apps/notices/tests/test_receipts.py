"""From the queue over SMPP to the receipt: what the provider tells of a message is written down once and shown."""

import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from xaso.apps.notices.actions.receipts import note_receipt
from xaso.apps.notices.actions.retry import retry
from xaso.apps.notices.adapters import WaysOut
from xaso.apps.notices.adapters.smpp import SmppSms
from xaso.apps.notices.jobs import deliver_due, note_receipts
from xaso.apps.notices.models import Attempt, Message, Part
from xaso.apps.notices.testing import StandInCentre, queued
from xaso.apps.notices.tests.smpp_calls import LONG, send, settings_for, told
from xaso.platform.actor import Actor

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def ways(port: SmppSms) -> WaysOut:
    return WaysOut(port, None, port)


def sms(**facts: str) -> Message:
    return queued(uuid4(), NOW, email="", **facts)[0]


def settled(ways: WaysOut, message: Message, state: str, at: datetime = NOW) -> Message:
    end = time.monotonic() + 5
    while message.state != state:
        assert time.monotonic() < end, (message.state, message.last_error)
        note_receipts(at, ways=ways)
        message.refresh_from_db()
        time.sleep(0.02)
    return message


def test_a_message_is_sent_then_delivered(centre: StandInCentre, ways: WaysOut) -> None:
    message = sms()

    assert deliver_due(NOW, ways=ways) == 1
    message.refresh_from_db()
    assert (message.state, message.provider_reference, message.arrived_at) == ("sent", "A0000000", None)

    later = NOW + timedelta(minutes=2)
    settled(ways, message, "delivered", later)
    assert (message.arrived_at, message.done_at) == (later, NOW)
    assert list(Part.objects.values_list("reference", "fate", "detail", "told_at")) == [("A0000000", "delivered", "DELIVRD", later)]
    centre.wait_for(lambda seen: not seen["owed"])


def test_a_message_in_pieces_arrives_with_its_last_piece(centre: StandInCentre, ways: WaysOut) -> None:
    message = sms()
    Message.objects.update(body=LONG)
    deliver_due(NOW, ways=ways)
    receipts = told(ways.receipts, 4)  # type: ignore[arg-type]

    for receipt in receipts[:3]:
        assert note_receipt(receipt, now=NOW)
    message.refresh_from_db()
    assert message.state == "sent"
    assert note_receipt(receipts[3], now=NOW)
    message.refresh_from_db()
    assert message.state == "delivered"


def test_a_message_is_lost_with_its_first_lost_piece(centre: StandInCentre, ways: WaysOut) -> None:
    message = sms()
    Message.objects.update(body=LONG)
    centre.tell(receipts="undelivered")
    deliver_due(NOW, ways=ways)

    assert note_receipt(told(ways.receipts, 4)[2], now=NOW)  # type: ignore[arg-type]

    message.refresh_from_db()
    assert (message.state, message.last_error) == ("undelivered", "UNDELIV 011")


def test_a_lost_message_says_why_and_may_be_sent_again(centre: StandInCentre, ways: WaysOut) -> None:
    message = sms()
    centre.tell(receipts="expired")
    deliver_due(NOW, ways=ways)
    settled(ways, message, "undelivered")
    assert (message.last_error, message.arrived_at) == ("EXPIRED", None)

    desk = Actor(kind="staff", commune_id=message.commune_id, roles=frozenset({"desk"}))
    retry(desk, message.id, now=NOW)
    centre.tell(receipts="delivered")
    deliver_due(NOW, ways=ways)
    settled(ways, message, "delivered")
    assert Attempt.objects.count() == 2


def test_a_receipt_that_comes_twice_or_is_about_nothing_changes_nothing(centre: StandInCentre, ways: WaysOut) -> None:
    message = sms()
    centre.tell(mode="twice")
    deliver_due(NOW, ways=ways)
    settled(ways, message, "delivered")
    Part.objects.update(reference="khac")
    send(ways.sms)  # type: ignore[arg-type]
    told(ways.receipts)  # type: ignore[arg-type]

    assert note_receipts(NOW + timedelta(days=1), ways=ways) == 0

    message.refresh_from_db()
    assert (message.state, message.arrived_at) == ("delivered", NOW)


def test_a_receipt_for_another_number_is_not_ours(ways: WaysOut) -> None:
    message = sms(phone="0987654321")
    deliver_due(NOW, ways=ways)
    (receipt,) = told(ways.receipts)  # type: ignore[arg-type]
    message = Message.objects.get()
    message.address = "0900000000"
    message.save()

    note_receipts(NOW, ways=ways)

    message.refresh_from_db()
    assert (receipt.phone, message.state) == ("84987654321", "sent")


def test_while_the_centre_is_down_nothing_is_lost_and_one_attempt_is_used(centre: StandInCentre, ways: WaysOut) -> None:
    messages = [sms(key=str(n)) for n in range(3)]
    centre.tell(mode="down")
    assert deliver_due(NOW, ways=ways) == 0
    assert sorted(Message.objects.values_list("state", "attempts")) == [("failed", 1), ("queued", 0), ("queued", 0)]

    centre.tell(mode="normal")
    assert deliver_due(NOW + timedelta(minutes=2), ways=ways) == 3
    for message in messages:
        message.refresh_from_db()
        settled(ways, message, "delivered")


def test_a_slow_centre_gets_no_more_than_its_share_of_a_round(centre: StandInCentre) -> None:
    for n in range(4):
        sms(key=str(n))
    centre.tell(mode="slow", seconds=0.4)
    port = SmppSms(settings_for(centre, timeout_seconds=2))

    assert deliver_due(NOW, ways=WaysOut(port, None, port), seconds=0.6) == 2

    assert Message.objects.filter(state="queued", attempts=0).count() == 2
    port.close()
