"""Sets up what people queue for and where they are served, and lets machines at the door give numbers."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people.facade import Role
from xaso.apps.procedures import facade as procedures
from xaso.apps.queue import access
from xaso.apps.queue.flow import OPEN
from xaso.apps.queue.models import Appointment, Kiosk, ServiceCounter, ServiceGroup, Ticket
from xaso.apps.queue.spoken import LETTERS
from xaso.kernel.errors import Refusal
from xaso.kernel.text import tidy_name
from xaso.platform import outbox
from xaso.platform.actor import Actor

ADMINISTRATOR = Role.ADMINISTRATOR.value
KIOSK_BYTES = 24


@dataclass(frozen=True)
class GroupFacts:
    """What an administrator says of a group. `slot_capacity` 0: no appointments."""

    name: str
    letter: str
    fields: tuple[str, ...]
    weekdays: tuple[int, ...]
    open_from: time | None = None
    open_until: time | None = None
    by_phone: bool = True
    slot_minutes: int = 30
    slot_capacity: int = 0


@transaction.atomic
def save_group(actor: Actor, group_id: UUID | None, facts: GroupFacts, *, now: datetime) -> ServiceGroup:
    """Make or change a group. Numbers already given keep their letter.

    Raises Refusal `queue.not_found`, `.name_missing`, `.letter_wrong`, `.letter_taken`, `.weekdays_missing`, `.field_unknown`,
    `.hours_turned`, `.slot_wrong`.
    """
    commune_id = access.require(actor, ADMINISTRATOR)
    group = access.locked_group(commune_id, group_id) if group_id else ServiceGroup(commune_id=commune_id)
    _check(facts)
    letter = facts.letter.strip().upper()
    if ServiceGroup.objects.filter(commune_id=commune_id, letter=letter, ended_at=None).exclude(pk=group.pk).exists():
        raise Refusal("queue.letter_taken", letter=letter)
    group.name, group.letter = tidy_name(facts.name)[:80], letter
    group.fields, group.weekdays = list(facts.fields), sorted(set(facts.weekdays))
    group.open_from, group.open_until, group.by_phone = facts.open_from, facts.open_until, facts.by_phone
    group.slot_minutes, group.slot_capacity = facts.slot_minutes, facts.slot_capacity
    group.save()
    audit.record(actor, "queue.group_saved", f"queue_group:{group.id}", {"name": group.name, "value": letter}, now=now)
    return group


@transaction.atomic
def end_group(actor: Actor, group_id: UUID, *, now: datetime) -> None:
    """Let a group end; its appointments are cancelled, with a fact for each, so that people are told.

    Raises Refusal `queue.not_found`, `.still_waiting`.
    """
    group = access.locked_group(access.require(actor, ADMINISTRATOR), group_id)
    if Ticket.objects.filter(group=group, state__in=OPEN).exists():
        raise Refusal("queue.still_waiting")
    for appointment in Appointment.objects.select_for_update().filter(group=group, state="booked").order_by("id"):
        appointment.state = "cancelled"
        appointment.save(update_fields=["state"])
        if appointment.starts_at > now:
            outbox.publish("queue.appointment_called_off", f"appointment:{appointment.id}", {}, now=now)
    group.counters.clear()
    group.ended_at = now
    group.save(update_fields=["ended_at"])
    audit.record(actor, "queue.group_ended", f"queue_group:{group.id}", {"name": group.name}, now=now)


@transaction.atomic
def save_counter(
    actor: Actor, counter_id: UUID | None, *, number: int, name: str, group_ids: Collection[UUID], now: datetime
) -> ServiceCounter:
    """Make or change a counter. Raises Refusal `queue.not_found`, `.number_wrong`, `.number_taken`, `.groups_missing`."""
    commune_id = access.require(actor, ADMINISTRATOR)
    counter = access.locked_counter(commune_id, counter_id) if counter_id else ServiceCounter(commune_id=commune_id)
    if not 1 <= number <= 99:
        raise Refusal("queue.number_wrong")
    if ServiceCounter.objects.filter(commune_id=commune_id, number=number, ended_at=None).exclude(pk=counter.pk).exists():
        raise Refusal("queue.number_taken", number=number)
    groups = list(ServiceGroup.objects.filter(commune_id=commune_id, ended_at=None, pk__in=group_ids))
    if not groups:
        raise Refusal("queue.groups_missing")
    counter.number, counter.name = number, tidy_name(name)[:80]
    counter.save()
    counter.groups.set(groups)
    served = ", ".join(sorted(group.letter for group in groups))
    audit.record(actor, "queue.counter_saved", f"queue_counter:{counter.id}", {"name": str(number), "value": served}, now=now)
    return counter


@transaction.atomic
def end_counter(actor: Actor, counter_id: UUID, *, now: datetime) -> None:
    """Let a counter end. Raises Refusal `queue.not_found`, `.still_waiting` while somebody is at it."""
    counter = access.locked_counter(access.require(actor, ADMINISTRATOR), counter_id)
    if Ticket.objects.filter(counter=counter, state="called").exists():
        raise Refusal("queue.still_waiting")
    counter.groups.clear()
    counter.ended_at = now
    counter.save(update_fields=["ended_at"])
    audit.record(actor, "queue.counter_ended", f"queue_counter:{counter.id}", {"name": str(counter.number)}, now=now)


@transaction.atomic
def add_kiosk(actor: Actor, name: str, *, now: datetime) -> tuple[Kiosk, str]:
    """Let a machine give numbers, and return the secret of its address: this is the only time it can be seen.

    Raises Refusal `queue.not_found`, `.name_missing`.
    """
    commune_id = access.require(actor, ADMINISTRATOR)
    if not (called := tidy_name(name)[:80]):
        raise Refusal("queue.name_missing")
    token = secrets.token_urlsafe(KIOSK_BYTES)
    kiosk = Kiosk.objects.create(commune_id=commune_id, name=called, token_digest=access.digest(token), created_at=now)
    audit.record(actor, "queue.kiosk_added", f"queue_kiosk:{kiosk.id}", {"name": called}, now=now)
    return kiosk, token


@transaction.atomic
def remove_kiosk(actor: Actor, kiosk_id: UUID, *, now: datetime) -> None:
    """Let the machine give no numbers any more. Raises Refusal `queue.not_found`."""
    commune_id = access.require(actor, ADMINISTRATOR)
    kiosk = Kiosk.objects.select_for_update().filter(commune_id=commune_id, pk=kiosk_id, removed_at=None).first()
    if kiosk is None:
        raise Refusal("queue.not_found")
    kiosk.removed_at = now
    kiosk.save(update_fields=["removed_at"])
    audit.record(actor, "queue.kiosk_removed", f"queue_kiosk:{kiosk.id}", {"name": kiosk.name}, now=now)


def _check(facts: GroupFacts) -> None:
    if not tidy_name(facts.name):
        raise Refusal("queue.name_missing")
    letter = facts.letter.strip().upper()
    if len(letter) != 1 or letter not in LETTERS:
        raise Refusal("queue.letter_wrong")
    if not facts.weekdays or not set(facts.weekdays) <= set(range(7)):
        raise Refusal("queue.weekdays_missing")
    if not set(facts.fields) <= set(procedures.FIELDS):
        raise Refusal("queue.field_unknown")
    if facts.open_from and facts.open_until and facts.open_until <= facts.open_from:
        raise Refusal("queue.hours_turned")
    if not (5 <= facts.slot_minutes <= 240 and 0 <= facts.slot_capacity <= 100):
        raise Refusal("queue.slot_wrong")
