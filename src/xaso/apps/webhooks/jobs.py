"""Brings what waits to the programs outside: the worker calls `deliver_due` in each of its rounds, which never wait for a receiver."""

import random
from datetime import datetime, timedelta
from functools import cache

import structlog

from xaso.apps.webhooks import options, rules, sealing
from xaso.apps.webhooks.actions import deliveries
from xaso.apps.webhooks.adapters.http import HttpCarrier
from xaso.apps.webhooks.couriers import Couriers
from xaso.apps.webhooks.models import WebhookDelivery
from xaso.apps.webhooks.ports import Answer, Parcel

log = structlog.get_logger(__name__)

CLEAN_EVERY = timedelta(hours=1)
_cleaned: dict[str, datetime] = {}


def deliver_due(now: datetime, *, couriers: Couriers | None = None) -> int:
    """Write down what came back, then send off what is due; returns how many came back."""
    couriers = couriers or _couriers()
    done = 0
    for delivery, answer in couriers.returned():
        _record(delivery, answer, now)
        done += 1
    while couriers.has_room():
        claimed = deliveries.claim(now, couriers.full())
        if claimed is None:
            break
        parcel = _parcel(claimed, now)
        if parcel is None:
            _record(claimed, Answer(None, "secret"), now)
        else:
            couriers.send_off(claimed, parcel)
    return done


def clean_up(now: datetime) -> int:
    """Forget old deliveries once an hour; returns how many."""
    last = _cleaned.get("at")
    if last is not None and now - last < CLEAN_EVERY:
        return 0
    _cleaned["at"] = now
    return deliveries.forget_old(now)


def _record(delivery: WebhookDelivery, answer: Answer, now: datetime) -> None:
    deliveries.record(delivery, answer, luck=random.random(), now=now)  # noqa: S311 - spreads pauses, guards nothing
    if rules.verdict(answer.status) != "succeed":
        log.warning("webhook_missed", delivery_id=str(delivery.id), status=answer.status, problem=answer.problem)


def _parcel(delivery: WebhookDelivery, now: datetime) -> Parcel | None:
    """Return the signed parcel; None when no secret can be read, as after the installation's own secret was changed."""
    webhook = delivery.webhook
    sealed = [webhook.sealed_secret]
    if webhook.sealed_old_secret and webhook.old_secret_until and webhook.old_secret_until > now:
        sealed.append(webhook.sealed_old_secret)
    secrets = [secret for secret in map(_readable, sealed) if secret]
    if not secrets:
        return None
    return Parcel(webhook.url, rules.headers(secrets, str(delivery.event_id), now, delivery.body), delivery.body)


def _readable(sealed: str) -> str:
    try:
        return sealing.unseal(sealed)
    except sealing.Unreadable:
        return ""


@cache
def _couriers() -> Couriers:
    """Return this process's couriers."""
    ca_file = options.CA_FILE.value()
    carrier = HttpCarrier(
        options.PRIVATE_NETWORKS.value(), timeout_seconds=options.TIMEOUT_SECONDS.value(), ca_file=str(ca_file) if ca_file else None
    )
    return Couriers(carrier)
