"""What an official may sign now, and how far the rounds are in which she signs many results."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q

from xaso.apps.dossiers import access
from xaso.apps.dossiers.models import Dossier, RoundPaper, SigningRound
from xaso.apps.dossiers.queries.register import NOT_LISTED
from xaso.apps.people.facade import Role
from xaso.platform.actor import Actor

MOST_SHOWN = 200
SHOWN_FOR = timedelta(days=7)


@dataclass(frozen=True)
class RoundLine:
    """A round and how many of its papers are signed, refused, and still to be signed."""

    round: SigningRound
    papers: int
    signed: int
    refused: int

    @property
    def left(self) -> int:
        """How many are still to be signed."""
        return self.papers - self.signed - self.refused


def list_to_sign(actor: Actor) -> list[Dossier]:
    """Return the dossiers whose result waits for the actor's signature, the soonest due first; at most MOST_SHOWN. One query."""
    if not actor.holds(Role.SIGNER.value):
        return []
    rows = Dossier.objects.filter(access.visible_to(actor), state="in_review").select_related("village").defer(*NOT_LISTED)
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "submitted_at")[:MOST_SHOWN])


def list_chosen(actor: Actor, dossier_ids: list[UUID]) -> list[Dossier]:
    """Return those of the chosen dossiers that wait for the actor's signature, in the order of her list. One query."""
    chosen = set(dossier_ids)
    return [dossier for dossier in list_to_sign(actor) if dossier.pk in chosen]


def rounds_of(actor: Actor, *, now: datetime) -> list[RoundLine]:
    """Return the actor's rounds of the last week, the newest first. One query."""
    if actor.account_id is None or actor.commune_id is None or not actor.holds(Role.SIGNER.value):
        return []
    rows = SigningRound.objects.filter(account_id=actor.account_id, commune_id=actor.commune_id, started_at__gt=now - SHOWN_FOR)
    counted = rows.annotate(
        count=Count("papers"),
        done=Count("papers", filter=Q(papers__state="signed")),
        not_done=Count("papers", filter=Q(papers__state="refused")),
    )
    return [RoundLine(row, row.count, row.done, row.not_done) for row in counted.order_by("-started_at")]


def find_round(actor: Actor, round_id: UUID) -> tuple[RoundLine, list[RoundPaper]] | None:
    """Return one of the actor's own rounds with its papers; None of others'. Two queries."""
    if actor.account_id is None or actor.commune_id is None or not actor.holds(Role.SIGNER.value):
        return None
    row = SigningRound.objects.filter(pk=round_id, account_id=actor.account_id, commune_id=actor.commune_id).first()
    if row is None:
        return None
    papers = list(RoundPaper.objects.filter(round=row).select_related("dossier"))
    states = [paper.state for paper in papers]
    return RoundLine(row, len(papers), states.count("signed"), states.count("refused")), papers
