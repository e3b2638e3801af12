"""Threads that carry parcels, so that a receiver which takes its time keeps neither the worker's round nor other receivers waiting.

They touch no database: what to carry is handed to them, and what came of it is taken back in the worker's next round.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from uuid import UUID

import structlog

from xaso.apps.webhooks.models import WebhookDelivery
from xaso.apps.webhooks.ports import Answer, Carrier, Parcel

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 8
MOST_EACH = 2


class Couriers:
    """At most so many parcels on their way, and at most so many of them to one program."""

    def __init__(self, carrier: Carrier, *, most: int = MOST_AT_ONCE, most_each: int = MOST_EACH) -> None:
        self._carrier = carrier
        self._most, self._most_each = most, most_each
        self._on_the_way: Counter[UUID] = Counter()
        self._back: SimpleQueue[tuple[WebhookDelivery, Answer]] = SimpleQueue()

    def has_room(self) -> bool:
        """Tell whether another parcel may leave."""
        return self._on_the_way.total() < self._most

    def is_busy(self) -> bool:
        """Tell whether a parcel is on its way or has come back without being taken."""
        return self._on_the_way.total() > 0

    def full(self) -> set[UUID]:
        """Return the webhooks that have enough on their way."""
        return {webhook_id for webhook_id, count in self._on_the_way.items() if count >= self._most_each}

    def send_off(self, delivery: WebhookDelivery, parcel: Parcel) -> None:
        """Let a thread carry the parcel. It dies with the process; the delivery's lease then runs out and it is carried again."""
        self._on_the_way[delivery.webhook_id] += 1
        threading.Thread(target=self._carry, args=(delivery, parcel), name=f"webhook-{delivery.id}", daemon=True).start()

    def returned(self) -> Iterator[tuple[WebhookDelivery, Answer]]:
        """Yield what has come back since, without waiting."""
        while True:
            try:
                delivery, answer = self._back.get_nowait()
            except Empty:
                return
            self._on_the_way[delivery.webhook_id] -= 1
            yield delivery, answer

    def _carry(self, delivery: WebhookDelivery, parcel: Parcel) -> None:
        try:
            answer = self._carrier.carry(parcel)
        except Exception:
            log.exception("webhook_carrier_failed", delivery_id=str(delivery.id))
            answer = Answer(None, "connection")
        self._back.put((delivery, answer))
