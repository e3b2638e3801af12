"""Parts of interlinked dossiers: of one dossier, and those that are open anywhere."""

from dataclasses import dataclass

from django.db.models import QuerySet

from xaso.apps.dossiers import access, rules
from xaso.apps.dossiers.flow import PART
from xaso.apps.dossiers.models import Dossier, DossierPart
from xaso.apps.procedures import facade as procedures
from xaso.platform.actor import Actor

MOST_PARTS = 200


@dataclass(frozen=True)
class PartLine:
    """A part with its description from the pinned version; `verbs` are the moves that the actor may make with it now."""

    row: DossierPart
    about: procedures.Part
    verbs: tuple[str, ...]


def parts_of(actor: Actor, dossier: Dossier) -> list[PartLine]:
    """Return the parts in the order of the catalogue. One query; none for a procedure that stands alone."""
    described = {part.id: part for part in procedures.get_version(dossier.version_id).parts}
    if not described:
        return []
    roles = access.roles_on(actor, dossier) if dossier.state in rules.PARTS_GO_ON else frozenset()
    rows = DossierPart.objects.filter(dossier=dossier)
    return [PartLine(row, described[row.part_id], tuple(sorted(PART.verbs(row.state, roles)))) for row in rows]


def open_part_list(actor: Actor) -> list[DossierPart]:
    """Return the parts that wait to be sent or for their office's answer, the longest untouched first; at most MOST_PARTS. One query."""
    waiting = DossierPart.objects.filter(dossier_id__in=Dossier.objects.filter(access.visible_to(actor)).values("pk"))
    waiting = waiting.exclude(state__in=rules.PARTS_ENDED).filter(dossier__state__in=rules.PARTS_GO_ON)
    return list(waiting.select_related("dossier").order_by("changed_on", "id")[:MOST_PARTS])


def parts_among(dossiers: QuerySet[Dossier]) -> QuerySet[DossierPart]:
    """Return the parts of the rows of a register, dossier by dossier, not yet read."""
    return DossierPart.objects.filter(dossier_id__in=dossiers.order_by().values("pk")).order_by("dossier_id", "place")


def parts_under_way(dossier: Dossier) -> list[DossierPart]:
    """Return the parts that another office has and has not ended, in their order. One query."""
    return list(DossierPart.objects.filter(dossier=dossier, state__in=("sent", "accepted")))
