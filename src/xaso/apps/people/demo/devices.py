"""Phones of some demo citizens; on one of them two applications have been waiting for a signal since yesterday."""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction

from xaso.apps.people.actions.devices import Beat, enrol_device, hear_beat
from xaso.apps.people.models import Citizen, Device
from xaso.platform.actor import Actor

NAMESPACE = UUID("0d6c6f3e-4a55-4d5e-8f0b-5d6b1f1f7c21")
LABELS = ("Điện thoại Samsung", "Điện thoại Oppo", "Máy tính ở nhà văn hóa thôn", "Điện thoại Vivo")
STUCK = 1
HALF_BYTES = 32


@transaction.atomic
def load_demo_devices(now: datetime) -> str:
    """Enrol the phones once. Their keys are thrown away, so nothing can be sent with them."""
    reached = Citizen.objects.filter(commune__is_demo=True, phone_blind__isnull=False)
    owners = sorted(reached, key=lambda one: one.personal_number)[: len(LABELS)]
    if not Device.objects.filter(commune__is_demo=True).exists():
        for number, (owner, label) in enumerate(zip(owners, LABELS, strict=False)):
            _enrol(owner, label, number, now)
    return f"{Device.objects.filter(commune__is_demo=True).count()} máy của người dân"


def _enrol(owner: Citizen, label: str, number: int, now: datetime) -> None:
    actor = Actor(kind="citizen", commune_id=owner.commune_id, name=owner.full_name, citizen_id=owner.id, channel="job")
    device = enrol_device(actor, uuid5(NAMESPACE, owner.personal_number), _key(), label, now=now - timedelta(days=20 - number))
    waiting = Beat(1, 2, now - timedelta(hours=31), now) if number == STUCK else Beat(1, 0)
    hear_beat(device.id, waiting, now=now)


def _key() -> dict[str, str]:
    point = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    x, y = (urlsafe_b64encode(half.to_bytes(HALF_BYTES)).rstrip(b"=").decode() for half in (point.x, point.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}
