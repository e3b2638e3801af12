"""The only readers of webhooks and their deliveries."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from xaso.apps.webhooks import access, rules, words
from xaso.apps.webhooks.flow import FLOW, WAITING
from xaso.apps.webhooks.models import Webhook, WebhookDelivery
from xaso.apps.webhooks.shapes import WebhookLine
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.registries import outside_events


def list_webhooks(actor: Actor) -> list[WebhookLine]:
    """Return the programs that the actor may see, the oldest first. One query."""
    counted = Webhook.objects.filter(access.visible_to(actor)).annotate(
        waiting=Count("deliveries", filter=Q(deliveries__state__in=WAITING)),
        given_up=Count("deliveries", filter=Q(deliveries__state="given_up")),
        last_delivered_at=Max("deliveries__done_at", filter=Q(deliveries__state="delivered")),
    )
    names = ("id", "name", "url", "stopped", "waiting", "given_up", "last_delivered_at")
    return [
        WebhookLine(topics=tuple(row.topics), **{name: getattr(row, name) for name in names})
        for row in counted.order_by("created_at", "id")
    ]


def get_webhook(actor: Actor, webhook_id: UUID) -> Webhook:
    """Return a program. Raises Refusal `webhooks.not_found`. One query."""
    webhook = Webhook.objects.filter(access.visible_to(actor), pk=webhook_id).first()
    if webhook is None:
        raise Refusal("webhooks.not_found")
    return webhook


def list_deliveries(webhook: Webhook, state: str) -> QuerySet[WebhookDelivery]:
    """Return what the program was told, newest first, not yet read; `state` empty for all."""
    rows = WebhookDelivery.objects.filter(webhook=webhook).order_by("-event_id")
    return rows.filter(state=state) if state else rows


def count_by_state(webhook: Webhook) -> dict[str, int]:
    """Return how many deliveries are in each state. One query."""
    counted = WebhookDelivery.objects.filter(webhook=webhook).order_by().values_list("state").annotate(Count("id"))
    return dict.fromkeys(FLOW.states, 0) | dict(counted)


def trouble(commune_id: UUID) -> tuple[int, int]:
    """Return how many programs the commune has, and how many of them are stopped by their own wish or missed something. One query."""
    rows = Webhook.objects.filter(commune_id=commune_id, removed_at=None)
    missed = rows.annotate(given_up=Count("deliveries", filter=Q(deliveries__state="given_up")))
    lines = list(missed.values_list("stopped", "given_up"))
    return len(lines), sum(stopped == "gone" or given_up > 0 for stopped, given_up in lines)


def topic_words(topics: list[str]) -> list[Any]:
    """Return what the wanted topics are called."""
    if any(topic.endswith(rules.EVERYTHING) for topic in topics):
        return [words.ALL_WORDS]
    return [event.label for event in outside_events if event.name in topics]
