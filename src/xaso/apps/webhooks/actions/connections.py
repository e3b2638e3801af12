"""Connects programs outside, stops and resumes them, renews their secrets, lets them go."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.webhooks import access, options, rules, sealing
from xaso.apps.webhooks.addresses import check_written, parse_target
from xaso.apps.webhooks.models import Webhook
from xaso.kernel.errors import Refusal
from xaso.kernel.text import tidy_name
from xaso.platform.actor import Actor
from xaso.platform.registries import outside_events


@transaction.atomic
def add_webhook(actor: Actor, name: str, url: str, topics: Iterable[str], *, now: datetime) -> tuple[UUID, str]:
    """Connect a program and return the webhook's id and its secret: this is the only time it can be seen.

    What a name stands for is looked up and judged at each delivery. Raises Refusal `webhooks.url_malformed`, `.url_refused`,
    `.https_needed`, `.name_missing`, `.topic_missing`, `.topic_unknown`, `.known_already`, `.not_found`.
    """
    commune_id = access.commune_of(actor)
    check_written(parse_target(url), options.PRIVATE_NETWORKS.value())
    if not (known_as := tidy_name(name)[:120]):
        raise Refusal("webhooks.name_missing")
    wanted = _known_topics(topics)
    if Webhook.objects.filter(commune_id=commune_id, url=url, removed_at=None).exists():
        raise Refusal("webhooks.known_already")
    secret = sealing.new_secret()
    webhook = Webhook.objects.create(
        commune_id=commune_id, name=known_as, url=url, topics=wanted, sealed_secret=sealing.seal(secret), created_at=now
    )
    _trace(actor, "added", webhook, now, url=url, topics=wanted)
    return webhook.id, secret


@transaction.atomic
def stop_webhook(actor: Actor, webhook_id: UUID, *, now: datetime) -> None:
    """Tell the program nothing more for now: facts are not noted for it, what waits stays."""
    webhook = access.locked(actor, webhook_id)
    webhook.stopped = "by_hand"
    webhook.save(update_fields=["stopped"])
    _trace(actor, "stopped", webhook, now)


@transaction.atomic
def resume_webhook(actor: Actor, webhook_id: UUID, *, now: datetime) -> None:
    """Tell the program again, first what waits."""
    webhook = access.locked(actor, webhook_id)
    webhook.stopped = ""
    webhook.save(update_fields=["stopped"])
    _trace(actor, "resumed", webhook, now)


@transaction.atomic
def renew_secret(actor: Actor, webhook_id: UUID, *, now: datetime) -> str:
    """Give the program a new secret and return it, once. The old one signs beside it for a day, so that the receiver has time to change."""
    webhook = access.locked(actor, webhook_id)
    secret = sealing.new_secret()
    webhook.sealed_old_secret, webhook.old_secret_until = webhook.sealed_secret, now + rules.OLD_SECRET_SIGNS_FOR
    webhook.sealed_secret = sealing.seal(secret)
    webhook.save(update_fields=["sealed_secret", "sealed_old_secret", "old_secret_until"])
    _trace(actor, "secret_renewed", webhook, now)
    return secret


@transaction.atomic
def remove_webhook(actor: Actor, webhook_id: UUID, *, now: datetime) -> None:
    """Let the program go for good; its secrets are forgotten, the record of what it was told stays."""
    webhook = access.locked(actor, webhook_id)
    webhook.removed_at = now
    webhook.sealed_secret = webhook.sealed_old_secret = ""
    webhook.save(update_fields=["removed_at", "sealed_secret", "sealed_old_secret"])
    _trace(actor, "removed", webhook, now)


def _known_topics(topics: Iterable[str]) -> list[str]:
    wanted = sorted({topic.strip() for topic in topics} - {""})
    if not wanted:
        raise Refusal("webhooks.topic_missing")
    for topic in wanted:
        if not any(rules.wants([topic], event.name) for event in outside_events):
            raise Refusal("webhooks.topic_unknown", topic=topic)
    return wanted


def _trace(actor: Actor, verb: str, webhook: Webhook, now: datetime, **detail: object) -> None:
    audit.record(actor, f"webhooks.{verb}", f"webhook:{webhook.id}", {"name": webhook.name, **detail}, now=now)
