"""Facts that go up: written with the change that caused them, heard later, each listener's effect exactly once.

The relay delivers at least once; a listener runs in a transaction that also writes its `Reaction`, so a repeated delivery finds the mark
and does nothing. A listener that fails is tried again with growing pauses and blocks nobody else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, transaction

from xaso.platform import rows
from xaso.platform.models import OutboxMessage, Reaction

log = structlog.get_logger(__name__)

FIRST_PAUSE_SECONDS = 5
LONGEST_PAUSE_SECONDS = 3600


@dataclass(frozen=True)
class Message:
    """A fact as listeners see it: plain values and an opaque subject."""

    id: UUID
    topic: str
    subject: str
    payload: dict[str, Any]
    created_at: datetime


Listener = Callable[[Message], None]
_listeners: dict[str, dict[str, Listener]] = {}
_wide_listeners: dict[str, tuple[Callable[[str], bool], Listener]] = {}


def listen(*topics: str) -> Callable[[Listener], Listener]:
    """Register a function as listener of the topics. It must be safe to call twice for one message."""

    def register(function: Listener) -> Listener:
        for topic in topics:
            _listeners.setdefault(topic, {})[f"{function.__module__}.{function.__qualname__}"] = function
        return function

    return register


def listen_where(wants: Callable[[str], bool]) -> Callable[[Listener], Listener]:
    """Register a function as listener of every topic that `wants` takes; it is asked at delivery, so that rooms load in any order."""

    def register(function: Listener) -> Listener:
        _wide_listeners[f"{function.__module__}.{function.__qualname__}"] = (wants, function)
        return function

    return register


def publish(topic: str, subject: str, payload: dict[str, Any], *, now: datetime) -> None:
    """Write a fact in the caller's transaction. Raises RuntimeError outside one: a fact without its change would be a lie."""
    if not connection.in_atomic_block:
        raise RuntimeError("publish() needs the transaction of the change it tells of")
    rows.insert(message(topic, subject, payload, now=now))


def message(topic: str, subject: str, payload: dict[str, Any], *, now: datetime) -> OutboxMessage:
    """Return a fact that its caller writes together with the change."""
    return rows.new(OutboxMessage, topic=topic, subject=subject, payload=payload, created_at=now, next_attempt_at=now)


def relay(now: datetime, limit: int = 100) -> int:
    """Deliver waiting facts, oldest first; returns how many were completed."""
    waiting = OutboxMessage.objects.filter(done_at=None, next_attempt_at__lte=now).order_by("next_attempt_at", "id")
    return sum(_deliver(row, now) for row in waiting[:limit])


def _deliver(row: OutboxMessage, now: datetime) -> bool:
    message = Message(row.id, row.topic, row.subject, row.payload, row.created_at)
    error = ""
    for name, listener in _listeners_of(row.topic).items():
        try:
            _react(message, name, listener, now)
        except Exception as failure:
            log.exception("listener_failed", listener=name, topic=row.topic, message_id=str(row.id))
            error = f"{name}: {type(failure).__name__}"
    _note_outcome(row, error, now)
    return not error


def _listeners_of(topic: str) -> dict[str, Listener]:
    return {**_listeners.get(topic, {}), **{name: listener for name, (wants, listener) in _wide_listeners.items() if wants(topic)}}


@transaction.atomic
def _react(message: Message, name: str, listener: Listener, now: datetime) -> None:
    _mark, fresh = Reaction.objects.get_or_create(message_id=message.id, listener=name, defaults={"done_at": now})
    if fresh:
        listener(message)


def _note_outcome(row: OutboxMessage, error: str, now: datetime) -> None:
    row.attempts += 1
    row.last_error = error
    if error:
        pause = min(FIRST_PAUSE_SECONDS * 2 ** min(row.attempts, 12), LONGEST_PAUSE_SECONDS)
        row.next_attempt_at = now + timedelta(seconds=pause)
    else:
        row.done_at = now
    row.save(update_fields=["attempts", "last_error", "next_attempt_at", "done_at"])
