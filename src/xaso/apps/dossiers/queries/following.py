"""How applicants find their dossiers and drafts."""

from uuid import UUID

from django.db.models import F, QuerySet

from xaso.apps.dossiers import access, rules
from xaso.apps.dossiers.models import Dossier, Draft
from xaso.kernel.identifiers import normalise_code
from xaso.platform.actor import Actor
from xaso.platform.kept_questions import OfficialsQuestion

MOST = 100


def my_dossiers(actor: Actor) -> list[Dossier]:
    """Return what the applicant filed or opened by code, newest first. One query."""
    return list(Dossier.objects.filter(access.own_or_opened(actor)).order_by("-submitted_at")[:MOST])


def my_drafts(actor: Actor) -> list[Draft]:
    """Return what was begun and not yet submitted, the last one touched first; what nobody has typed into is left out. One query."""
    return _BEGUN.ask(actor)


def _begun(actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.filter(access.drafts_of(actor), updated_at__gt=F("created_at")).order_by("-updated_at")[:MOST]


_BEGUN = OfficialsQuestion(_begun)


def untouched_draft(actor: Actor, version_id: UUID, channel: str = "online") -> Draft | None:
    """Return a draft of the procedure that was opened and left as it was, so that beginning twice makes one."""
    untouched = Draft.objects.filter(access.drafts_of(actor), version_id=version_id, channel=channel, updated_at=F("created_at"))
    return untouched.first()


def code_of(actor: Actor, dossier_id: UUID) -> str | None:
    """Return the code of a dossier the actor may see, None for others: a draft's id is its dossier's id."""
    return Dossier.objects.filter(access.visible_to(actor), pk=dossier_id).values_list("code", flat=True).first()


def find_by_code_and_digits(commune_id: UUID, code: str, digits: str) -> Dossier | None:
    """Return the dossier if code (either one) and last four digits of phone or number fit; None alike for wrong and absent."""
    wanted = normalise_code(code)
    here = Dossier.objects.filter(commune_id=commune_id)
    dossier = here.filter(code=wanted).first() or here.filter(national_code=wanted).first()
    if dossier is None:
        return None
    fits = rules.lookup_matches(digits.strip(), dossier.applicant_phone, dossier.applicant_personal_number)
    return dossier if fits else None
