"""Notes facts for the programs that want them, claims what is due, and writes down what became of it.

Nothing is sent here: the carriers work in between, outside any transaction.
"""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from xaso.apps.audit import facade as audit
from xaso.apps.webhooks import access, rules
from xaso.apps.webhooks.flow import FLOW, SYSTEM, WAITING
from xaso.apps.webhooks.models import Webhook, WebhookAttempt, WebhookDelivery
from xaso.apps.webhooks.ports import Answer
from xaso.apps.webhooks.words import PING
from xaso.kernel.identifiers import uuid7
from xaso.platform.actor import Actor
from xaso.platform.outbox import Message


@transaction.atomic
def note_fact(fact: Message, commune_id: UUID, data: Mapping[str, Any]) -> int:
    """Queue a fact for each program of the commune that wants it, in the caller's transaction; returns for how many. Safe to repeat."""
    listening = Webhook.objects.filter(commune_id=commune_id, removed_at=None, stopped="")
    wanting = [webhook for webhook in listening if rules.wants(webhook.topics, fact.topic)]
    body = body_of(fact.id, fact.topic, fact.created_at, data) if wanting else ""
    WebhookDelivery.objects.bulk_create(
        (
            WebhookDelivery(
                webhook=webhook,
                event_id=fact.id,
                topic=fact.topic,
                subject=fact.subject,
                body=body,
                occurred_at=fact.created_at,
                next_attempt_at=fact.created_at,
            )
            for webhook in wanting
        ),
        ignore_conflicts=True,
    )
    return len(wanting)


@transaction.atomic
def ping(actor: Actor, webhook_id: UUID, *, now: datetime) -> UUID:
    """Queue a trial that says nothing, so that the receiver can be tested; returns its event's id. Raises Refusal `webhooks.not_found`."""
    webhook = access.locked(actor, webhook_id)
    event_id = uuid7()
    body = body_of(event_id, PING, now, {})
    subject = f"webhook:{webhook.id}:{event_id}"
    WebhookDelivery.objects.create(
        webhook=webhook, event_id=event_id, topic=PING, subject=subject, body=body, occurred_at=now, next_attempt_at=now
    )
    return event_id


def body_of(event_id: UUID, topic: str, occurred_at: datetime, data: Mapping[str, Any]) -> str:
    """Return the JSON that a receiver gets."""
    moment = occurred_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    event = {"id": str(event_id), "type": topic, "timestamp": moment, "data": dict(data)}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def claim(now: datetime, full: Collection[UUID] = ()) -> WebhookDelivery | None:
    """Take the delivery that has waited longest, for the time of a lease; None when none may go. `full` webhooks have enough to do.

    What is about one subject goes to one program in the order in which it happened: a later fact waits until the earlier one has ended.
    """
    earlier = WebhookDelivery.objects.filter(
        webhook_id=OuterRef("webhook_id"), subject=OuterRef("subject"), state__in=WAITING, event_id__lt=OuterRef("event_id")
    )
    due = WebhookDelivery.objects.filter(state__in=WAITING, next_attempt_at__lte=now, webhook__stopped="", webhook__removed_at=None)
    first = (
        due.exclude(webhook_id__in=list(full)).exclude(Exists(earlier)).select_related("webhook").order_by("next_attempt_at", "event_id")
    )
    for delivery in first[:5]:
        mine = WebhookDelivery.objects.filter(pk=delivery.pk, state__in=WAITING, attempts=delivery.attempts, next_attempt_at__lte=now)
        if mine.update(attempts=F("attempts") + 1, next_attempt_at=now + rules.LEASE):
            delivery.attempts += 1
            return delivery
    return None


@transaction.atomic
def record(claimed: WebhookDelivery, answer: Answer, *, luck: float, now: datetime) -> None:
    """Write the attempt and move the delivery; a receiver that is gone is told nothing more. What another worker ended stays as it is."""
    delivery = WebhookDelivery.objects.select_for_update(of=("self",)).get(pk=claimed.pk)
    said = rules.verdict(answer.status)
    pause = rules.pause_after(claimed.attempts, luck, answer.wish)
    verb = "give_up" if said == "miss" and pause is None else said
    if delivery.state in WAITING:
        delivery.state = FLOW.after(verb, delivery.state, SYSTEM)
        delivery.next_attempt_at = now + pause if verb == "miss" and pause else None
        delivery.done_at = None if verb == "miss" else now
        delivery.last_status, delivery.last_problem = answer.status, answer.problem
        delivery.save(update_fields=["state", "next_attempt_at", "done_at", "last_status", "last_problem"])
    WebhookAttempt.objects.create(
        delivery=delivery,
        number=claimed.attempts,
        at=now,
        outcome=FLOW.after(verb, "queued", SYSTEM),
        status=answer.status,
        problem=answer.problem,
        milliseconds=answer.milliseconds,
    )
    if answer.status == rules.GONE:
        Webhook.objects.filter(pk=delivery.webhook_id, stopped="").update(stopped="gone")


@transaction.atomic
def retry(actor: Actor, webhook_id: UUID, delivery_id: UUID, *, now: datetime) -> None:
    """Let a delivery that failed or was given up be tried anew, with all its attempts. Raises Refusal `webhooks.not_found`, MoveRefused."""
    delivery = access.locked_delivery(actor, webhook_id, delivery_id)
    delivery.state = FLOW.after("retry", delivery.state, actor.roles)
    delivery.attempts, delivery.next_attempt_at, delivery.done_at = 0, now, None
    delivery.save(update_fields=["state", "attempts", "next_attempt_at", "done_at"])
    audit.record(actor, "webhooks.retry", f"webhook:{webhook_id}", {"about": delivery.subject, "value": delivery.topic}, now=now)


@transaction.atomic
def forget_old(now: datetime) -> int:
    """Delete deliveries that ended long ago, with their attempts; returns how many."""
    _all, by_model = WebhookDelivery.objects.filter(done_at__lt=now - rules.KEPT).delete()
    return by_model.get("webhooks.WebhookDelivery", 0)
