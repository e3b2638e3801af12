"""Open work goes from one official to another: chosen dossiers, with a note, each with its step."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions.moves import move
from xaso.apps.dossiers.flow import WORK
from xaso.apps.dossiers.models import Dossier
from xaso.apps.people import facade as people
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

NOTE_LETTERS_AT_MOST = 500


@dataclass(frozen=True)
class PassedOn:
    """What became of a hand-over: how many dossiers went on, and how many of those asked for somebody else had moved meanwhile."""

    moved: int
    gone: int


@transaction.atomic
def pass_on(actor: Actor, giver_id: UUID, receiver_id: UUID, dossier_ids: Collection[UUID], note: str, *, now: datetime) -> PassedOn:
    """Give an official's open dossiers to another who examines cases. Dossiers that are not the giver's any more are left and counted.

    An officer gives her own work; the centre's head and the administrator anybody's, and the administrator sees nothing of its content.
    Raises Refusal `dossiers.not_found`, `dossiers.none_chosen`, `dossiers.receiver_wrong`, `dossiers.note_missing`, `dossiers.all_gone`.
    """
    if not access.may_pass_on(actor, giver_id):
        raise Refusal("dossiers.not_found")
    if not dossier_ids:
        raise Refusal("dossiers.none_chosen")
    receiver = next((one for one in receivers(actor, giver_id, now=now) if one.account_id == receiver_id), None)
    if receiver is None:
        raise Refusal("dossiers.receiver_wrong")
    if not note.strip():
        raise Refusal("dossiers.note_missing")
    held = Dossier.objects.select_for_update(of=("self",)).filter(access.open_work(actor.commune_id, giver_id), pk__in=dossier_ids)
    found = list(held.order_by("id"))
    if not found:
        raise Refusal("dossiers.all_gone")
    names = {"from": people.account_name(giver_id), "to": _named(receiver), "from_id": str(giver_id), "to_id": str(receiver_id)}
    for dossier in found:
        move(actor, dossier, WORK, "pass_on", now=now, note=note.strip()[:NOTE_LETTERS_AT_MOST], data=names)
        dossier.assignee_id = receiver_id
        dossier.save()
    return PassedOn(len(found), len(set(dossier_ids)) - len(found))


def receivers(actor: Actor, giver_id: UUID, *, now: datetime) -> list[people.RoleHolder]:
    """Return who may take cases over today: who examines cases by a post, but for the giver. At most three queries."""
    assert actor.commune_id is not None
    holders = people.role_holders(actor.commune_id, Role.CASE_OFFICER.value, on=now.astimezone(VN).date())
    active = {one.id for one in people.list_staff_accounts(actor.commune_id) if one.is_active}
    return [one for one in holders if one.account_id != giver_id and one.account_id in active]


def _named(holder: people.RoleHolder) -> str:
    return f"{holder.name}, {holder.title}" if holder.title else holder.name
