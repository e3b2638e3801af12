"""Items of phones' outboxes: begun once however often they are sent, tied to a person, and erased when nobody vouches for them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.arrival_notices import tell_that_it_ends, tell_that_it_is_erased, tell_that_one_came
from xaso.apps.dossiers.arrival_rules import ANOTHERS, digest_of, fits, whose
from xaso.apps.dossiers.models import Arrival, Attachment, Dossier, Draft
from xaso.apps.dossiers.options import UNCONFIRMED_DAYS
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.words import OUT_OF_TIME
from xaso.apps.people import facade as people
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.counters import next_number

BY_DEVICE = "device"
ERASED_AT_ONCE = 50
WARNED_DAYS_BEFORE = 7
"""Who lives on a hill comes down on a market day."""
NUMBERS_NEVER_RESTART = "all"


@dataclass(frozen=True)
class Sent:
    """What came with an item: its id and secret, the version it is taken under, who is named in it, and the phone it came from.

    `digest` changes with everything that a person typed or photographed.
    """

    id: UUID
    secret: str
    digest: str
    version_id: UUID
    applicant: Applicant
    language: str
    made_at: datetime | None
    sent_at: datetime | None
    device_id: UUID | None = None
    doubt: str = ""


@dataclass(frozen=True)
class Begun:
    """An item with its draft; without one it was filed already.

    `is_senders`: who sent it now may change it; `is_unread`: it has to be read, since it is new or was changed on the phone.
    """

    arrival: Arrival
    draft: Draft | None
    is_senders: bool = False
    is_unread: bool = False


@transaction.atomic
def begin(commune_id: UUID, sent: Sent, owner: Actor | None, *, now: datetime) -> Begun:
    """Take an item up, the first time or again. `owner` is the citizen whose phone signed it.

    Raises Refusal `dossiers.item_taken` when the id is another's.
    """
    arrival, is_new = _arrival(commune_id, sent, now)
    if not fits(sent.secret, arrival.secret_digest):
        raise Refusal("dossiers.item_taken")
    if Dossier.objects.filter(pk=sent.id).exists():
        return Begun(arrival, None)
    draft = Draft.objects.select_for_update(of=("self",)).filter(pk=sent.id).first()
    if draft is None:
        _begin_anew(arrival, now)
        draft = _new_draft(commune_id, sent, now)
    is_unread = arrival.read_digest != sent.digest
    is_senders = _may_change(arrival, draft, sent, owner)
    if is_senders:
        arrival.language, arrival.made_at, arrival.sent_at = sent.language, sent.made_at, sent.sent_at
        arrival.device_id, arrival.doubt = sent.device_id, sent.doubt
        if is_unread or arrival.confirmed_at is None:
            _tie_to_owner(arrival, draft, sent, owner, now)
        arrival.save()
    if is_new and sent.device_id:
        people.note_arrival(sent.device_id, now=now)
    if is_new and owner is not None and arrival.doubt == ANOTHERS:
        _tell_whose_it_is(arrival, sent.applicant, owner, now)
    return Begun(arrival, draft, is_senders=is_senders, is_unread=is_unread)


def _tell_whose_it_is(arrival: Arrival, named: Applicant, owner: Actor, now: datetime) -> None:
    sender = people.citizen(owner.citizen_id) if owner.citizen_id else None
    if sender is not None:
        tell_that_one_came(arrival, named, sender, ends_at=ends_at(arrival), now=now)


def ends_at(arrival: Arrival) -> datetime:
    """Return when the item is erased unless somebody vouches for it."""
    return arrival.arrived_at + timedelta(days=UNCONFIRMED_DAYS.value())


def _arrival(commune_id: UUID, sent: Sent, now: datetime) -> tuple[Arrival, bool]:
    known = Arrival.objects.select_for_update(of=("self",)).filter(pk=sent.id).first()
    if known is not None:
        if known.commune_id != commune_id:
            raise Refusal("dossiers.item_taken")
        return known, False
    number = next_number(commune_id, "arrival", NUMBERS_NEVER_RESTART)
    first = {"commune_id": commune_id, "number": number, "secret_digest": digest_of(sent.secret), "arrived_at": now}
    made, is_new = Arrival.objects.get_or_create(pk=sent.id, defaults=first)
    if not is_new:
        return Arrival.objects.select_for_update(of=("self",)).get(pk=sent.id), False
    if Draft.objects.filter(pk=sent.id).exists() or Dossier.objects.filter(pk=sent.id).exists():
        raise Refusal("dossiers.item_taken")
    return made, True


def _begin_anew(arrival: Arrival, now: datetime) -> None:
    """Forget what became of an item whose draft is gone, erased or thrown away: it comes again."""
    arrival.arrived_at, arrival.read_digest, arrival.faults, arrival.warned_at = now, "", [], None
    arrival.erased_at, arrival.erased_why = None, ""
    arrival.confirmed_at, arrival.confirmed_by = None, ""


def _new_draft(commune_id: UUID, sent: Sent, now: datetime) -> Draft:
    return Draft.objects.create(
        id=sent.id,
        commune_id=commune_id,
        version_id=sent.version_id,
        channel="online",
        applicant=sent.applicant.as_json(),
        created_at=now,
        updated_at=now,
    )


def _may_change(arrival: Arrival, draft: Draft, sent: Sent, owner: Actor | None) -> bool:
    """Tell whether the sender may still change the item: until somebody else vouched for it, with her own phone after she did by it."""
    if arrival.confirmed_at is None:
        return True
    is_owners = owner is not None and (draft.citizen_id == owner.citizen_id or arrival.device_id == sent.device_id)
    return is_owners and arrival.confirmed_by == BY_DEVICE


def _tie_to_owner(arrival: Arrival, draft: Draft, sent: Sent, owner: Actor | None, now: datetime) -> None:
    """Make the draft its owner's when her phone signed it and it names her, or somebody for whom she may act; else nobody's."""
    if draft.version_id != sent.version_id:
        draft.version_id, draft.answers = sent.version_id, {}
    applicant = applicant_for(owner, sent.applicant, as_own=False, now=now) if owner is not None else None
    if applicant is not None:
        claim(arrival, draft, applicant, BY_DEVICE, now)
    else:
        submitter = sent.applicant.submitter or (owner.name if owner is not None else "")
        draft.applicant, draft.citizen_id = replace(sent.applicant, submitter=submitter).as_json(), None
        arrival.confirmed_at, arrival.confirmed_by = None, ""
        arrival.doubt = ANOTHERS if owner is not None else sent.doubt
    draft.updated_at = now
    draft.save()


def applicant_for(actor: Actor, typed: Applicant, *, as_own: bool, now: datetime) -> Applicant | None:
    """Return who applies when this citizen vouches: herself, or who was named, when she may act for that person; else None.

    `as_own`: she says that it is her own, whatever name or number was typed.
    """
    assert actor.citizen_id is not None
    citizen = people.citizen(actor.citizen_id)
    assert citizen is not None
    if as_own or whose(typed, citizen) != ANOTHERS:
        return _of(citizen, replace(typed, name=citizen.full_name) if as_own or not typed.name else typed)
    today = now.astimezone(VN).date()
    named = [one for one in people.find_citizens_by_number(actor, typed.personal_number) if whose(typed, one) != ANOTHERS]
    principal = next((one for one in named if people.may_act_for(citizen.id, one.id, on=today)), None)
    return replace(_of(principal, typed), submitter=citizen.full_name) if principal else None


def _of(citizen: people.Citizen, typed: Applicant) -> Applicant:
    return replace(
        typed,
        personal_number=citizen.personal_number,
        phone=typed.phone or citizen.phone,
        email=typed.email or citizen.email,
        address=typed.address or citizen.address,
        village_id=citizen.village_id,
        citizen_id=citizen.id,
    )


def claim(arrival: Arrival, draft: Draft, applicant: Applicant, how: str, now: datetime) -> None:
    """Make the draft the applicant's, on the word of whom `how` names; the caller saves both."""
    draft.applicant, draft.citizen_id = applicant.as_json(), applicant.citizen_id
    arrival.confirmed_at, arrival.confirmed_by = now, how


@transaction.atomic
def note_reading(arrival_id: UUID, digest: str, faults: list[dict[str, Any]]) -> None:
    """Keep that an item was read whole, and what is wrong with it."""
    Arrival.objects.filter(pk=arrival_id).update(read_digest=digest, faults=faults)


@transaction.atomic
def erase(actor: Actor, arrival_id: UUID, why: str, *, now: datetime) -> None:
    """Erase an item for which nobody vouched, with all that was typed and sent; why stays, for the phone that asks.

    Raises Refusal `dossiers.not_found`, `dossiers.reason_missing`.
    """
    arrival = locked(actor, arrival_id)
    if arrival.confirmed_at is not None:
        raise Refusal("dossiers.not_found")
    draft = draft_of(actor, arrival)
    if not why.strip():
        raise Refusal("dossiers.reason_missing")
    named = Applicant.from_json(draft.applicant)
    _erase(arrival, draft, why.strip()[:300], now)
    if why == OUT_OF_TIME:
        tell_that_it_is_erased(arrival, named, now=now)
    audit.record(actor, "dossiers.erase_unconfirmed", f"{access.ARRIVAL}{arrival.id}", {"number": arrival.number}, now=now)


def warn_of_unconfirmed(now: datetime) -> int:
    """Tell once who is named in what nobody has vouched for that it will be erased; returns how many. One query when there is none."""
    days = UNCONFIRMED_DAYS.value()
    before = now - timedelta(days=days - min(WARNED_DAYS_BEFORE, days / 2))
    nearly = Arrival.objects.filter(confirmed_at=None, erased_at=None, arrived_at__lt=before, warned_at=None).order_by("arrived_at")
    found = list(nearly.values_list("pk", flat=True)[:ERASED_AT_ONCE])
    for arrival_id in found:
        _warn(arrival_id, now)
    return len(found)


@transaction.atomic
def _warn(arrival_id: UUID, now: datetime) -> None:
    arrival = (
        Arrival.objects.select_for_update(of=("self",)).filter(pk=arrival_id, confirmed_at=None, erased_at=None, warned_at=None).first()
    )
    if arrival is None:
        return
    arrival.warned_at = now
    arrival.save(update_fields=["warned_at"])
    draft = Draft.objects.filter(pk=arrival_id).first()
    if draft is not None:
        tell_that_it_ends(arrival, Applicant.from_json(draft.applicant), ends_at=ends_at(arrival), now=now)


def erase_unconfirmed(now: datetime) -> int:
    """Erase what nobody vouched for in time; returns how many. One query when there is none."""
    before = now - timedelta(days=UNCONFIRMED_DAYS.value())
    old = Arrival.objects.filter(confirmed_at=None, erased_at=None, arrived_at__lt=before).order_by("arrived_at")
    found = list(old.values_list("pk", "commune_id")[:ERASED_AT_ONCE])
    for arrival_id, commune_id in found:
        erase(access.bringing_in(Actor.system(commune_id, "Xã Số"), arrival_id), arrival_id, OUT_OF_TIME, now=now)
    return len(found)


def _erase(arrival: Arrival, draft: Draft, why: str, now: datetime) -> None:
    Attachment.objects.filter(draft=draft).delete()
    draft.delete()
    arrival.erased_at, arrival.erased_why, arrival.faults, arrival.read_digest = now, why, [], ""
    arrival.save()


def locked(actor: Actor, arrival_id: UUID) -> Arrival:
    """Return an item locked until the end of the transaction, for who proved that she may bring it in. Raises `dossiers.not_found`.

    Who asks what became of it asks after this: until then another may be filing it.
    """
    arrival = Arrival.objects.select_for_update(of=("self",)).filter(pk=arrival_id, erased_at=None).first()
    if arrival is None or arrival.commune_id != actor.commune_id:
        raise Refusal("dossiers.not_found")
    return arrival


def draft_of(actor: Actor, arrival: Arrival) -> Draft:
    """Return the item's draft, locked too. Raises Refusal `dossiers.draft_not_found` when it is filed or gone."""
    return access.locked_draft(access.bringing_in(actor, arrival.id), arrival.id)
