"""Phones: enrolled by their owner, removed by her, and heard when they tell how much waits on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from xaso.apps.audit import facade as audit
from xaso.apps.people.device_keys import read_public_key
from xaso.apps.people.models import Device
from xaso.kernel.errors import Refusal
from xaso.kernel.text import tidy_name
from xaso.platform.actor import Actor

MOST_DEVICES = 10
LABEL_LETTERS = 80
MOST_WAITING = 9999
LONGEST_WAIT = timedelta(days=366)


@dataclass(frozen=True)
class Beat:
    """What a phone tells of its outbox: how much waits, when the oldest of it was made and when this was sent, both by its own clock.

    `number` is the phone's count of what it told, from 1.
    """

    number: int
    waiting: int
    oldest_made_at: datetime | None = None
    sent_at: datetime | None = None


@transaction.atomic
def enrol_device(actor: Actor, device_id: UUID, public_key: Mapping[str, Any], label: str, *, now: datetime) -> Device:
    """Tie a phone's key to the citizen who is signed in on it; again with the same key changes its name and level only.

    Raises Refusal `people.not_allowed`, `people.key_wrong`, `people.device_taken` (the id is another's, has another key or was removed)
    or `people.too_many_devices`.
    """
    if actor.citizen_id is None or actor.commune_id is None:
        raise Refusal("people.not_allowed")
    key = read_public_key(public_key)
    named = tidy_name(label)[:LABEL_LETTERS]
    known = Device.objects.select_for_update().filter(pk=device_id).first()
    if known is not None:
        return _seen_again(actor, known, key, named, now)
    if Device.objects.filter(citizen_id=actor.citizen_id, revoked_at=None).count() >= MOST_DEVICES:
        raise Refusal("people.too_many_devices", limit=MOST_DEVICES)
    device, is_new = Device.objects.get_or_create(
        pk=device_id,
        defaults={
            "commune_id": actor.commune_id,
            "citizen_id": actor.citizen_id,
            "public_key": key,
            "label": named,
            "enrolled_at": now,
            "last_seen_at": now,
            "identity_level": actor.identity_level,
        },
    )
    if not is_new:
        return _seen_again(actor, device, key, named, now)
    audit.record(actor, "people.enrol_device", f"device:{device.id}", {"label": named}, now=now)
    return device


def _seen_again(actor: Actor, device: Device, key: dict[str, str], label: str, now: datetime) -> Device:
    if device.citizen_id != actor.citizen_id or device.public_key != key or device.revoked_at is not None:
        raise Refusal("people.device_taken")
    device.label, device.last_seen_at, device.identity_level = label, now, actor.identity_level
    device.save(update_fields=["label", "last_seen_at", "identity_level"])
    return device


@transaction.atomic
def revoke_device(actor: Actor, device_id: UUID, *, now: datetime) -> None:
    """Take a phone out: what it signs from now on is nobody's. Twice is once. Raises Refusal `people.not_found` for another's phone."""
    own = (
        Device.objects.select_for_update().filter(pk=device_id, citizen_id=actor.citizen_id) if actor.citizen_id else Device.objects.none()
    )
    device = own.first()
    if device is None:
        raise Refusal("people.not_found")
    if device.revoked_at is None:
        device.revoked_at, device.waiting, device.waiting_since = now, 0, None
        device.save(update_fields=["revoked_at", "waiting", "waiting_since"])
        audit.record(actor, "people.revoke_device", f"device:{device.id}", {"label": device.label}, now=now)


@transaction.atomic
def hear_beat(device_id: UUID, beat: Beat, *, now: datetime) -> None:
    """Note what waits on a phone, and since when by our clock; nothing waiting ends the alarm.

    A beat that is not newer than the last changes nothing.

    Raises Refusal `people.not_found` when the phone is unknown or was removed.
    """
    device = Device.objects.select_for_update().filter(pk=device_id, revoked_at=None).first()
    if device is None:
        raise Refusal("people.not_found")
    if beat.number <= device.beat_number:
        return
    device.beat_number = beat.number
    device.waiting = min(max(beat.waiting, 0), MOST_WAITING)
    device.oldest_made_at = beat.oldest_made_at if device.waiting else None
    device.waiting_since = _waiting_since(device, beat, now) if device.waiting else None
    device.beat_at = device.last_seen_at = now
    device.save(update_fields=["beat_number", "waiting", "oldest_made_at", "waiting_since", "beat_at", "last_seen_at"])


def _waiting_since(device: Device, beat: Beat, now: datetime) -> datetime:
    """Return since when the oldest item waits. A phone's clock may be wrong by years, but both of its times are wrong alike."""
    if beat.oldest_made_at and beat.sent_at:
        return now - min(max(beat.sent_at - beat.oldest_made_at, timedelta(0)), LONGEST_WAIT)
    return device.waiting_since or now


def note_arrival(device_id: UUID, *, now: datetime) -> None:
    """Note that something arrived from a phone; the last thing that it had told of ends its alarm at once."""
    Device.objects.filter(pk=device_id).update(last_seen_at=now)
    Device.objects.filter(pk=device_id, waiting__gt=0).update(waiting=F("waiting") - 1)
    Device.objects.filter(pk=device_id, waiting=0, waiting_since__isnull=False).update(waiting_since=None, oldest_made_at=None)
