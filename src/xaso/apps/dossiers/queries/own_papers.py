"""What the commune keeps for a citizen who signed in: results that it issued to her, and her papers that were digitised."""

from uuid import UUID

from django.db.models import Q, QuerySet

from xaso.apps.dossiers import access, rules
from xaso.apps.dossiers.models import Attachment, Result
from xaso.platform.actor import Actor

MOST = 200


def own_results(actor: Actor) -> list[Result]:
    """Return the signed results of her own dossiers that are hers to fetch, the latest first, at most MOST. One query.

    A result waits at the desk while its fee is open.
    """
    signed = Result.objects.filter(_own(actor), signed_at__isnull=False, file__isnull=False)
    return list(signed.exclude(dossier__money_state__in=rules.FEE_OPEN).select_related("dossier").order_by("-signed_at", "-id")[:MOST])


def own_papers(actor: Actor) -> list[Attachment]:
    """Return the papers of her own dossiers that were digitised and compared by a person, the latest first, at most MOST. One query."""
    return list(_papers(actor).order_by("-added_at", "-id")[:MOST])


def find_own_paper(actor: Actor, attachment_id: UUID) -> Attachment | None:
    """Return one of them. One query."""
    return _papers(actor).filter(pk=attachment_id).first()


def _papers(actor: Actor) -> QuerySet[Attachment]:
    compared = Attachment.objects.filter(_own(actor), removed_at=None, reading__state="confirmed")
    return compared.select_related("dossier", "file", "reading__signed_copy")


def _own(actor: Actor) -> Q:
    """Return the condition for what belongs to dossiers of the citizen; what she opened by a code is not hers for good."""
    if actor.citizen_id is None:
        return access.NOTHING
    return Q(dossier__commune_id=actor.commune_id, dossier__citizen_id=actor.citizen_id)
