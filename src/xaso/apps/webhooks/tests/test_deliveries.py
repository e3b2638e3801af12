"""From a fact in the outbox to a program outside: signed, in order, tried again, never in the way of anything else."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import override_settings

from xaso.apps.webhooks import rules, sealing
from xaso.apps.webhooks.actions import connections, deliveries
from xaso.apps.webhooks.couriers import Couriers
from xaso.apps.webhooks.jobs import clean_up, deliver_due
from xaso.apps.webhooks.models import Webhook, WebhookAttempt, WebhookDelivery
from xaso.apps.webhooks.ports import Answer, Parcel
from xaso.apps.webhooks.testing import TOPIC, Receiver, answering, couriers, deliver_all, receiver, saying
from xaso.kernel.errors import Refusal
from xaso.platform import outbox
from xaso.platform.actor import Actor
from xaso.platform.models import OutboxMessage

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
COMMUNE = uuid4()
ADMINISTRATOR = Actor(kind="staff", commune_id=COMMUNE, name="Vũ Minh Quang", roles=frozenset({"administrator"}))


@pytest.fixture
def program() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


@pytest.fixture
def using() -> Couriers:
    return couriers()


def connected(program: Receiver, topics: tuple[str, ...] = (TOPIC,), actor: Actor = ADMINISTRATOR) -> tuple[UUID, str]:
    return connections.add_webhook(actor, "Cổng của tỉnh", program.url, topics, now=NOW)


def happens(subject: str = "dossier:1", to: str = "accepted", topic: str = TOPIC, now: datetime = NOW, commune: UUID = COMMUNE) -> None:
    with transaction.atomic():
        outbox.publish(topic, subject, {"commune_id": str(commune), "to": to, "note": "Giàng A Pao, 0912345678"}, now=now)
    outbox.relay(now)


def bodies(program: Receiver) -> list[Any]:
    return [json.loads(heard.body) for heard in program.heard]


def test_a_fact_reaches_the_program_signed(program: Receiver, using: Couriers) -> None:
    _webhook_id, secret = connected(program)
    happens()

    assert deliver_all(NOW + timedelta(seconds=2), using) == 1

    (heard,) = program.heard
    delivery = WebhookDelivery.objects.get()
    assert json.loads(heard.body) == {
        "id": str(delivery.event_id),
        "type": TOPIC,
        "timestamp": "2026-11-24T02:00:00.000Z",
        "data": {"subject": "dossier:1", "to": "accepted"},
    }
    stamp = str(int(NOW.timestamp()) + 2)
    signed = f"{delivery.event_id}.{stamp}.{heard.body}".encode()
    expected = base64.b64encode(hmac.new(base64.b64decode(secret[6:]), signed, hashlib.sha256).digest()).decode()
    assert (heard.headers["webhook-id"], heard.headers["webhook-timestamp"]) == (str(delivery.event_id), stamp)
    assert heard.headers["webhook-signature"] == f"v1,{expected}"
    assert (delivery.state, delivery.attempts, delivery.last_status, delivery.done_at) == ("delivered", 1, 204, NOW + timedelta(seconds=2))
    assert list(WebhookAttempt.objects.values_list("number", "outcome", "status", "problem")) == [(1, "delivered", 204, "")]
    assert deliver_all(NOW + timedelta(days=9), using) == 0


def test_only_what_is_wanted_is_told_and_only_of_the_own_commune(program: Receiver, using: Couriers) -> None:
    connected(program)
    happens(topic="tests.private")
    happens(topic="dossiers.accept")
    happens(commune=uuid4())

    assert deliver_all(NOW, using) == 0
    assert WebhookDelivery.objects.count() == 0


def test_a_fact_that_is_told_twice_in_the_house_goes_out_once(program: Receiver, using: Couriers) -> None:
    connected(program)
    happens()
    fact = OutboxMessage.objects.get()
    message = outbox.Message(fact.id, fact.topic, fact.subject, fact.payload, fact.created_at)

    deliveries.note_fact(message, COMMUNE, {})
    deliver_all(NOW, using)

    assert len(program.heard) == 1


def test_a_failing_receiver_is_tried_for_three_days_then_given_up(program: Receiver, using: Couriers) -> None:
    connected(program)
    happens()
    program.usual = answering(500)
    now = NOW
    for attempt in range(1, rules.MAX_ATTEMPTS + 1):
        assert deliver_all(now, using) == 1
        delivery = WebhookDelivery.objects.get()
        assert (delivery.attempts, delivery.last_status) == (attempt, 500)
        if delivery.next_attempt_at:
            usual = rules.PAUSES[attempt - 1]
            assert delivery.state == "failed"
            assert usual * 0.8 <= delivery.next_attempt_at - now <= usual * 1.2
            assert deliver_all(delivery.next_attempt_at - timedelta(seconds=1), using) == 0
            now = delivery.next_attempt_at

    assert (delivery.state, delivery.done_at) == ("given_up", now)
    assert timedelta(days=2) < now - NOW < timedelta(days=5)
    assert len({heard.headers["webhook-id"] for heard in program.heard}) == 1
    assert len({heard.headers["webhook-signature"] for heard in program.heard}) == rules.MAX_ATTEMPTS
    assert deliver_all(now + timedelta(days=9), using) == 0


def test_what_was_given_up_is_sent_again_on_request(program: Receiver, using: Couriers) -> None:
    webhook_id, _secret = connected(program)
    happens()
    WebhookDelivery.objects.update(state="given_up", attempts=10, next_attempt_at=None, done_at=NOW)
    delivery = WebhookDelivery.objects.get()

    deliveries.retry(ADMINISTRATOR, webhook_id, delivery.id, now=NOW)
    deliver_all(NOW, using)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("delivered", 1)
    with pytest.raises(Refusal, match=r"flow\.not_allowed"):
        deliveries.retry(ADMINISTRATOR, webhook_id, delivery.id, now=NOW)


def test_what_is_about_one_dossier_goes_in_order(program: Receiver, using: Couriers) -> None:
    connected(program)
    program.usual = answering(503)
    for to in ("submitted", "accepted", "examining"):
        happens(to=to)
    happens(subject="dossier:2", to="submitted")

    deliver_all(NOW, using)
    assert sorted(body["data"]["subject"] for body in bodies(program)) == ["dossier:1", "dossier:2"]

    program.usual = answering(200)
    deliver_all(NOW + timedelta(seconds=10), using)
    told = [body["data"]["to"] for body in bodies(program) if body["data"]["subject"] == "dossier:1"]
    assert told == ["submitted", "submitted", "accepted", "examining"]


def test_what_was_given_up_no_longer_holds_up_what_came_after(program: Receiver, using: Couriers) -> None:
    connected(program)
    for to in ("submitted", "accepted"):
        happens(to=to)
    first = WebhookDelivery.objects.order_by("event_id")[0]
    WebhookDelivery.objects.filter(pk=first.pk).update(state="given_up", next_attempt_at=None)

    deliver_all(NOW, using)

    assert [body["data"]["to"] for body in bodies(program)] == ["accepted"]


def test_a_slow_receiver_holds_up_neither_the_round_nor_another_receiver(program: Receiver) -> None:
    using = couriers(timeout_seconds=0.4)
    with receiver() as slow:
        slow.usual = saying("HTTP/1.1 200 OK\r\n\r\n", pause_seconds=2)
        connections.add_webhook(ADMINISTRATOR, "Chậm", slow.url, [TOPIC], now=NOW)
        connected(program)
        for number in range(12):
            happens(subject=f"dossier:{number}")

        before = time.monotonic()
        deliver_due(NOW, couriers=using)
        assert time.monotonic() - before < 0.5
        while len(program.heard) < 12:
            assert time.monotonic() - before < 5
            deliver_due(NOW, couriers=using)
            time.sleep(0.01)
        assert len(slow.heard) < 12
        deliver_all(NOW, using, seconds=15)
    assert WebhookDelivery.objects.filter(state="failed", last_problem="time").count() == 12


def test_no_more_are_on_their_way_than_agreed(program: Receiver) -> None:
    using = couriers(most=3, most_each=2)
    program.usual = saying("HTTP/1.1 200 OK\r\n\r\n", pause_seconds=0.3)
    connected(program)
    for number in range(4):
        happens(subject=f"dossier:{number}")

    deliver_due(NOW, couriers=using)

    assert WebhookDelivery.objects.filter(attempts=1).count() == 2
    assert deliver_all(NOW, using) == 4


def test_a_receiver_that_is_gone_is_told_nothing_more(program: Receiver, using: Couriers) -> None:
    webhook_id, _secret = connected(program)
    program.usual = answering(410)
    happens(to="submitted")
    deliver_all(NOW, using)
    happens(to="accepted")

    assert deliver_all(NOW + timedelta(days=1), using) == 0
    assert Webhook.objects.get().stopped == "gone"
    assert list(WebhookDelivery.objects.values_list("state", "last_status")) == [("given_up", 410)]

    program.usual = answering(200)
    connections.resume_webhook(ADMINISTRATOR, webhook_id, now=NOW)
    happens(to="examining")
    deliver_all(NOW, using)
    assert bodies(program)[-1]["data"]["to"] == "examining"


def test_a_receiver_says_when_to_come_back(program: Receiver, using: Couriers) -> None:
    connected(program)
    happens()
    program.usual = answering(429, "Retry-After: 3600")

    deliver_all(NOW, using)

    assert WebhookDelivery.objects.get().next_attempt_at == NOW + timedelta(hours=1)


def test_while_stopped_nothing_is_noted_and_what_waits_stays(program: Receiver, using: Couriers) -> None:
    webhook_id, _secret = connected(program)
    happens(to="submitted")
    connections.stop_webhook(ADMINISTRATOR, webhook_id, now=NOW)
    happens(to="accepted")
    assert deliver_all(NOW, using) == 0

    connections.resume_webhook(ADMINISTRATOR, webhook_id, now=NOW)
    happens(to="examining")
    deliver_all(NOW, using)

    assert [body["data"]["to"] for body in bodies(program)] == ["submitted", "examining"]


def test_what_is_removed_is_told_nothing_and_its_secret_is_gone(program: Receiver, using: Couriers) -> None:
    webhook_id, _secret = connected(program)
    happens()
    connections.remove_webhook(ADMINISTRATOR, webhook_id, now=NOW)
    happens(to="accepted")

    assert deliver_all(NOW, using) == 0
    assert program.heard == []
    assert (Webhook.objects.get().sealed_secret, WebhookDelivery.objects.count()) == ("", 1)
    assert connected(program)[0] != webhook_id


def test_a_renewed_secret_signs_beside_the_old_one_for_a_day(program: Receiver, using: Couriers) -> None:
    webhook_id, old = connected(program)
    new = connections.renew_secret(ADMINISTRATOR, webhook_id, now=NOW)
    for subject, now in (("dossier:1", NOW + timedelta(hours=23)), ("dossier:2", NOW + timedelta(hours=25))):
        happens(subject=subject, now=now)
        deliver_all(now, using)

    def said(heard: Any, secret: str) -> bool:
        at = datetime.fromtimestamp(int(heard.headers["webhook-timestamp"]), tz=UTC)
        return rules.signature(secret, heard.headers["webhook-id"], at, heard.body) in heard.headers["webhook-signature"].split()

    first, second = program.heard
    assert (said(first, new), said(first, old)) == (True, True)
    assert (said(second, new), said(second, old)) == (True, False)


def test_a_secret_that_can_not_be_read_any_more_is_told_and_nothing_goes_out_unsigned(program: Receiver, using: Couriers) -> None:
    connected(program)
    happens()

    with override_settings(SECRET_KEY="another-secret-" + "y" * 50):
        deliver_all(NOW, using)

    assert program.heard == []
    assert list(WebhookDelivery.objects.values_list("state", "last_problem")) == [("failed", "secret")]


def test_a_worker_that_died_on_the_way_loses_nothing(program: Receiver, using: Couriers) -> None:
    connected(program)
    happens()
    claimed = deliveries.claim(NOW)
    assert claimed is not None
    assert deliveries.claim(NOW) is None

    assert deliver_all(NOW + rules.LEASE - timedelta(seconds=1), using) == 0
    assert deliver_all(NOW + rules.LEASE, using) == 1

    deliveries.record(claimed, Answer(None, "time"), luck=0.5, now=NOW + rules.LEASE * 2)
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.last_status) == ("delivered", 204)
    assert list(WebhookAttempt.objects.values_list("number", "outcome")) == [(2, "delivered"), (1, "failed")]


def test_a_carrier_with_a_fault_costs_one_attempt_and_no_courier() -> None:
    class Broken:
        def carry(self, parcel: Parcel) -> Answer:
            raise ZeroDivisionError

    using = Couriers(Broken(), most=1)
    connections.add_webhook(ADMINISTRATOR, "x", "https://a.example/", [TOPIC], now=NOW)
    happens()

    assert deliver_all(NOW, using) == 1

    assert using.has_room()
    assert WebhookDelivery.objects.get().last_problem == "connection"


@pytest.mark.django_db(transaction=True)
def test_nothing_is_carried_inside_a_transaction() -> None:
    class Watching:
        def carry(self, parcel: Parcel) -> Answer:
            return Answer(200)

    class Watched(Couriers):
        def send_off(self, delivery: WebhookDelivery, parcel: Parcel) -> None:
            seen.append(connection.in_atomic_block)
            super().send_off(delivery, parcel)

    seen: list[bool] = []
    secret = sealing.seal(sealing.new_secret())  # without its trace, which no test could delete again
    Webhook.objects.create(commune_id=COMMUNE, name="x", url="https://a.example/", topics=[TOPIC], sealed_secret=secret, created_at=NOW)
    happens()

    assert deliver_all(NOW, Watched(Watching())) == 1
    assert seen == [False]


def test_claiming_takes_two_queries_however_much_waits(program: Receiver, django_assert_num_queries: Any) -> None:
    connected(program)
    for number in range(30):
        happens(subject=f"dossier:{number}")

    with django_assert_num_queries(2):
        assert deliveries.claim(NOW) is not None


def test_old_deliveries_are_forgotten_and_waiting_ones_are_not(program: Receiver, using: Couriers) -> None:
    connected(program)
    happens(subject="dossier:1")
    deliver_all(NOW, using)
    happens(subject="dossier:2")
    later = NOW + rules.KEPT + timedelta(hours=1)

    assert clean_up(later) == 1
    assert clean_up(later + timedelta(minutes=1)) == 0
    assert list(WebhookDelivery.objects.values_list("subject", flat=True)) == ["dossier:2"]


@pytest.mark.parametrize(
    ("name", "url", "topics", "code"),
    [
        ("x", "https://a.example/", [], "webhooks.topic_missing"),
        ("x", "https://a.example/", ["dossiers.explode"], "webhooks.topic_unknown"),
        ("x", "https://a.example/", ["*"], "webhooks.topic_unknown"),
        (" ", "https://a.example/", [TOPIC], "webhooks.name_missing"),
        ("x", "a.example", [TOPIC], "webhooks.url_malformed"),
        ("x", "https://10.0.0.1/", [TOPIC], "webhooks.url_refused"),
    ],
)
def test_what_does_not_fit_connects_nothing(name: str, url: str, topics: list[str], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        connections.add_webhook(ADMINISTRATOR, name, url, topics, now=NOW)

    assert refused.value.code == code
    assert Webhook.objects.count() == 0


def test_an_address_is_connected_once(program: Receiver) -> None:
    connected(program)
    with pytest.raises(Refusal, match=r"webhooks\.known_already"):
        connected(program)


@pytest.mark.parametrize("roles", [{"desk"}, {"clerk"}, {"leader"}, set()])
def test_nobody_else_connects_or_sees_a_program(program: Receiver, roles: set[str]) -> None:
    webhook_id, _secret = connected(program)
    other = Actor(kind="staff", commune_id=COMMUNE, roles=frozenset(roles))
    neighbour = Actor(kind="staff", commune_id=uuid4(), roles=frozenset({"administrator"}))

    with pytest.raises(Refusal, match=r"webhooks\.not_found"):
        connected(program, actor=other)
    for actor in (other, neighbour):
        for act in (connections.stop_webhook, connections.renew_secret, connections.remove_webhook, deliveries.ping):
            with pytest.raises(Refusal, match=r"webhooks\.not_found"):
                act(actor, webhook_id, now=NOW)
    assert Webhook.objects.get().stopped == ""
