"""What came from phones: what waits for somebody to vouch for it, and how a dossier arrived."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from xaso.apps.dossiers.arrival_rules import fits
from xaso.apps.dossiers.models import Arrival, Attachment, Dossier, Draft, Slip, Step
from xaso.apps.dossiers.options import UNCONFIRMED_DAYS
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.people import facade as people
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.kept_counts import KeptCounts

MOST = 200
TOLD_BEFORE = timedelta(days=3)
UNCONFIRMED = Q(confirmed_at=None, erased_at=None)

_WAITING = KeptCounts(Arrival, waiting=UNCONFIRMED)


@dataclass(frozen=True)
class Unconfirmed:
    """What a phone sent and nobody has vouched for yet; `erased_at` is when it will be erased."""

    arrival: Arrival
    draft: Draft
    applicant: Applicant
    erased_at: datetime
    is_nearly_erased: bool


def unconfirmed_count(actor: Actor) -> int:
    """Return how many items wait for somebody to vouch for them, for the desk. One query."""
    if actor.commune_id is None or not actor.holds(Role.DESK.value):
        return 0
    return _WAITING.of(actor.commune_id)["waiting"]


def list_unconfirmed(actor: Actor, *, now: datetime) -> list[Unconfirmed]:
    """Return for the desk what waits for somebody to vouch for it, the oldest first. Two queries."""
    arrivals = list(_visible(actor).order_by("arrived_at", "id")[:MOST])
    drafts = Draft.objects.in_bulk([arrival.pk for arrival in arrivals])
    return [_unconfirmed(arrival, drafts[arrival.pk], now) for arrival in arrivals if arrival.pk in drafts]


def get_unconfirmed(actor: Actor, arrival_id: UUID, *, now: datetime) -> Unconfirmed:
    """Return one of them. Raises Refusal `dossiers.not_found`."""
    arrival = _visible(actor).filter(pk=arrival_id).first()
    draft = Draft.objects.filter(pk=arrival_id).first()
    if arrival is None or draft is None:
        raise Refusal("dossiers.not_found")
    return _unconfirmed(arrival, draft, now)


def _visible(actor: Actor) -> "QuerySet[Arrival]":
    if actor.commune_id is None or not actor.holds(Role.DESK.value):
        return Arrival.objects.none()
    return Arrival.objects.filter(UNCONFIRMED, commune_id=actor.commune_id)


def _unconfirmed(arrival: Arrival, draft: Draft, now: datetime) -> Unconfirmed:
    ends_at = arrival.arrived_at + timedelta(days=UNCONFIRMED_DAYS.value())
    return Unconfirmed(arrival, draft, Applicant.from_json(draft.applicant), ends_at, ends_at - now <= TOLD_BEFORE)


def waiting_for_my_word(actor: Actor) -> list[Unconfirmed]:
    """Return what was sent from other phones with the citizen's own number and waits for her word. At most three queries."""
    citizen = people.citizen(actor.citizen_id) if actor.citizen_id else None
    if citizen is None or not citizen.personal_number or actor.commune_id is None:
        return []
    waiting = Arrival.objects.filter(UNCONFIRMED, commune_id=actor.commune_id)
    named = Draft.objects.filter(pk__in=waiting.values("pk"), applicant_number_blind__of=citizen.personal_number)
    drafts = {draft.pk: draft for draft in named[:MOST]}
    arrivals = Arrival.objects.filter(pk__in=drafts) if drafts else []
    return [_unconfirmed(arrival, drafts[arrival.pk], arrival.arrived_at) for arrival in arrivals]


def find_arrival(commune_id: UUID, arrival_id: UUID, secret: str) -> Arrival | None:
    """Return the item for who knows its secret, None for everybody else. One query."""
    arrival = Arrival.objects.filter(pk=arrival_id, commune_id=commune_id).first()
    return arrival if arrival is not None and fits(secret, arrival.secret_digest) else None


def arrival_of(dossier: Dossier) -> Arrival | None:
    """Return how the dossier came from a phone; None for one that was filed otherwise. One query."""
    return Arrival.objects.filter(pk=dossier.pk).first()


def files_brought(draft: Draft) -> list[Attachment]:
    """Return the photos that came with an item. One query."""
    return list(Attachment.objects.filter(draft=draft, removed_at=None).select_related("file"))


def last_slip(dossier: Dossier) -> Slip | None:
    """Return the paper that was issued last for the dossier. One query."""
    return Slip.objects.filter(dossier=dossier).last()


def steps_of(dossier: Dossier) -> list[Step]:
    """Return what happened to the dossier, in order. One query."""
    return list(Step.objects.filter(dossier=dossier))
