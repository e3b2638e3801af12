"""An official signs many results with one confirmation, stops, goes on. The worker does the signing (`signing_rounds_work`)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.models import Dossier, RoundPaper, SigningRound
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor, require_full

MOST = 200
"""Papers in one round."""

OPEN = ("waiting", "signing")


@transaction.atomic
def start_round(actor: Actor, round_id: UUID, dossier_ids: Sequence[UUID], *, now: datetime) -> SigningRound:
    """Write down which results are to be signed; the same id again is the same round, whatever comes with it.

    What can't be signed any more stands in the round as refused, the others go on. Raises Refusal `dossiers.none_to_sign`,
    `dossiers.too_many_to_sign`, `dossiers.not_found` and `platform.confirm_first`.
    """
    require_full(actor)
    if not actor.holds(Role.SIGNER.value) or actor.account_id is None or actor.commune_id is None:
        raise Refusal("dossiers.not_found")
    there = _locked(actor, round_id)
    if there is not None:
        return there
    chosen = list(Dossier.objects.filter(access.visible_to(actor), pk__in=dossier_ids[: MOST + 1]).values_list("pk", "state"))
    if not chosen:
        raise Refusal("dossiers.none_to_sign")
    if len(dossier_ids) > MOST:
        raise Refusal("dossiers.too_many_to_sign", most=MOST)
    facts = {"commune_id": actor.commune_id, "account_id": actor.account_id, "asked_by": actor.name, "started_at": now}
    fresh, is_new = SigningRound.objects.get_or_create(pk=round_id, defaults=facts)
    if not is_new:
        raise Refusal("dossiers.not_found")
    states = dict(chosen)
    _write_papers(fresh, [(one, states[one]) for one in dict.fromkeys(dossier_ids) if one in states], now)
    _trace(actor, fresh, "dossiers.start_round", now, papers=len(states))
    return fresh


@transaction.atomic
def stop_round(actor: Actor, round_id: UUID, *, now: datetime) -> SigningRound:
    """Leave what is not signed yet; the paper in work is signed to its end. Raises Refusal `dossiers.not_found`."""
    found = _own(actor, round_id)
    if found.state in {"running", "held"}:
        RoundPaper.objects.filter(round=found, state="waiting").update(state="left")
        found.state, found.trouble = "stopped", {}
        found.save(update_fields=["state", "trouble"])
        _trace(actor, found, "dossiers.stop_round", now)
    return found


@transaction.atomic
def resume_round(actor: Actor, round_id: UUID, *, now: datetime) -> SigningRound:
    """Go on with what was left or held. Raises Refusal `dossiers.not_found`, `platform.confirm_first`."""
    require_full(actor)
    found = _own(actor, round_id)
    if found.state not in {"stopped", "held"}:
        return found
    left = list(RoundPaper.objects.filter(round=found, state="left").select_related("dossier"))
    elsewhere = _open_elsewhere([paper.dossier_id for paper in left])
    for paper in left:
        paper.state = "refused" if paper.dossier_id in elsewhere else "waiting"
        paper.why = _why("dossiers.in_another_round") if paper.dossier_id in elsewhere else {}
        paper.save(update_fields=["state", "why"])
    found.state, found.trouble, found.ended_at = "running", {}, None
    found.save(update_fields=["state", "trouble", "ended_at"])
    _trace(actor, found, "dossiers.resume_round", now)
    return found


def _write_papers(fresh: SigningRound, chosen: list[tuple[UUID, str]], now: datetime) -> None:
    """Write the papers of a new round. What waits in a round that does not run is taken from there."""
    resting = RoundPaper.objects.filter(dossier_id__in=[one for one, _ in chosen], state__in=OPEN).exclude(round__state="running")
    resting.filter(state="waiting").update(state="refused", why=_why("dossiers.in_another_round"), done_at=now)
    elsewhere = _open_elsewhere([one for one, _ in chosen])
    papers = [
        RoundPaper(round=fresh, dossier_id=one, place=place, **_first_state(one in elsewhere, state, now))
        for place, (one, state) in enumerate(chosen, 1)
    ]
    RoundPaper.objects.bulk_create(papers)


def _first_state(is_elsewhere: bool, state: str, now: datetime) -> dict[str, object]:
    if is_elsewhere:
        return {"state": "refused", "why": _why("dossiers.in_another_round"), "done_at": now}
    if state != "in_review":
        return {"state": "refused", "why": _why("dossiers.not_waiting_now"), "done_at": now}
    return {"state": "waiting"}


def _open_elsewhere(dossier_ids: list[UUID]) -> set[UUID]:
    return set(RoundPaper.objects.filter(dossier_id__in=dossier_ids, state__in=OPEN).values_list("dossier_id", flat=True))


def _why(code: str, **params: object) -> dict[str, object]:
    return {"code": code, "params": params}


def _locked(actor: Actor, round_id: UUID) -> SigningRound | None:
    whose = {"account_id": actor.account_id, "commune_id": actor.commune_id}
    return SigningRound.objects.select_for_update().filter(pk=round_id, **whose).first()


def _own(actor: Actor, round_id: UUID) -> SigningRound:
    found = _locked(actor, round_id) if actor.holds(Role.SIGNER.value) else None
    if found is None:
        raise Refusal("dossiers.not_found")
    return found


def _trace(actor: Actor, one: SigningRound, verb: str, now: datetime, **detail: object) -> None:
    audit.record(actor, verb, f"signing_round:{one.pk}", dict(detail), now=now)
