"""Questions about phones: whose they are, who signed what with them, and on which of them something has waited too long."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from xaso.apps.people.actors import actor_of
from xaso.apps.people.device_keys import is_signed_by
from xaso.apps.people.models import Device
from xaso.apps.people.options import STUCK_HOURS
from xaso.apps.people.roles import Role
from xaso.platform.actor import Actor

NO_DEVICE, UNKNOWN, REVOKED, CLOSED, WRONG = "no_device", "unknown", "revoked", "closed", "wrong_signature"


@dataclass(frozen=True)
class Signed:
    """Who sent something: the owner of the phone that signed it; else None and why not."""

    owner: Actor | None
    device_id: UUID | None = None
    doubt: str = ""


@dataclass(frozen=True)
class StuckDevice:
    """A phone on which something waits for longer than it should, with whom to call. One without a number has none to call."""

    id: UUID
    label: str
    owner_name: str
    owner_phone: str
    village_name: str
    waiting: int
    since: datetime
    heard_at: datetime | None


def who_signed(commune_id: UUID, device_id: UUID | None, content: bytes, signature: str, *, address: str, now: datetime) -> Signed:
    """Return whose phone signed the bytes. At most two queries. Nothing about the phone is believed without its signature."""
    if device_id is None:
        return Signed(None, doubt=NO_DEVICE)
    device = Device.objects.filter(pk=device_id, commune_id=commune_id).select_related("citizen__account").first()
    if device is None:
        return Signed(None, doubt=UNKNOWN)
    if not is_signed_by(device.public_key, content, signature):
        return Signed(None, doubt=WRONG)
    if device.revoked_at is not None:
        return Signed(None, doubt=REVOKED)
    account = device.citizen.account
    if account is None or not account.is_active:
        return Signed(None, doubt=CLOSED)
    owner = actor_of(account, commune_id, on=timezone.localdate(now), address=address, channel="device")
    return Signed(replace(owner, identity_level=device.identity_level), device.id)


def list_devices(actor: Actor) -> list[Device]:
    """Return the citizen's phones that are not removed, the last enrolled first. One query."""
    return list(Device.objects.filter(citizen_id=actor.citizen_id, revoked_at=None)) if actor.citizen_id else []


def list_stuck_devices(actor: Actor, now: datetime) -> list[StuckDevice]:
    """Return, for the desk, the phones on which something has waited too long, the longest first. One query."""
    if actor.commune_id is None or not actor.holds(Role.DESK.value):
        return []
    waits = Device.objects.filter(
        commune_id=actor.commune_id, waiting_since__lte=now - timedelta(hours=STUCK_HOURS.value()), revoked_at=None
    )
    return [_stuck(device) for device in waits.select_related("citizen__village").order_by("waiting_since", "id")]


def _stuck(device: Device) -> StuckDevice:
    citizen = device.citizen
    assert device.waiting_since is not None
    return StuckDevice(
        id=device.id,
        label=device.label,
        owner_name=citizen.full_name,
        owner_phone=citizen.phone,
        village_name=citizen.village.name if citizen.village else "",
        waiting=device.waiting,
        since=device.waiting_since,
        heard_at=device.beat_at,
    )
