"""Papers that a person gave the commune before and need not give again: digitised, compared by a person, and still valid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from xaso.apps.dossiers.models import Attachment, Draft
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.procedures import facade as procedures
from xaso.kernel.text import fold

MOST_LOOKED_AT = 100


@dataclass(frozen=True)
class GivenPaper:
    """A paper of an earlier dossier of the same person that fits one of the papers asked for now."""

    attachment: Attachment
    paper_id: str

    @property
    def dossier_code(self) -> str:
        """The code of the dossier with which the paper was given."""
        assert self.attachment.dossier is not None
        return self.attachment.dossier.code


def papers_given_before(draft: Draft, *, on: date) -> list[GivenPaper]:
    """Return what the applicant of the draft gave before for the papers that it asks for, the newest first of each. One query.

    Only papers that a person compared and called good for later filings, not past their last day, of a dossier that was not refused,
    and named in both procedures with the same words: the program never guesses that two papers are the same.
    """
    whose = _same_person(draft)
    version = procedures.get_version(draft.version_id)
    asked = {paper.id: paper.name["vi"] for paper in version.papers_asked(draft.answers, draft.channel)}
    if whose is None or not asked:
        return []
    still_valid = Q(reading__valid_until=None) | Q(reading__valid_until__gte=on)
    found = (
        Attachment.objects.filter(whose, still_valid, paper_id__in=asked, removed_at=None)
        .filter(dossier__commune_id=draft.commune_id, reading__state="confirmed", reading__reusable=True)
        .exclude(dossier__state="refused")
        .select_related("dossier", "file", "reading__signed_copy")
        .order_by("-added_at", "-id")[:MOST_LOOKED_AT]
    )
    return list(_newest_of_each(found, asked))


def _newest_of_each(attachments: Iterable[Attachment], asked: dict[str, str]) -> Iterable[GivenPaper]:
    offered: set[str] = set()
    for attachment in attachments:
        assert attachment.dossier is not None
        papers = procedures.get_version(attachment.dossier.version_id).papers
        name = next((paper.name["vi"] for paper in papers if paper.id == attachment.paper_id), "")
        if name == asked[attachment.paper_id] and attachment.paper_id not in offered:
            offered.add(attachment.paper_id)
            yield GivenPaper(attachment, attachment.paper_id)


def _same_person(draft: Draft) -> Q | None:
    """Return the dossiers of the draft's applicant; None while nobody is surely known.

    Online that is who signed in. At the desk it is who has both this personal number and this name: one mistyped digit shows nothing.
    """
    if draft.channel == "online":
        return Q(dossier__citizen_id=draft.citizen_id) if draft.citizen_id else None
    applicant = Applicant.from_json(draft.applicant)
    if not applicant.personal_number or not applicant.name:
        return None
    typed = Q(dossier__applicant_personal_number_blind__of=applicant.personal_number, dossier__applicant_folded=fold(applicant.name))
    return typed & Q(dossier__commune_id=draft.commune_id)
