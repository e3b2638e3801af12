"""What an applicant was asked to add, as her phone keeps it to answer without a signal."""

from typing import Any

from xaso.apps.dossiers import rules
from xaso.apps.dossiers.models import Dossier, SupplementRequest
from xaso.apps.procedures import facade as procedures
from xaso.kernel.forms import in_language


def asked_for_phone(dossier: Dossier, language: str) -> dict[str, Any] | None:
    """Return the open request with the words for each paper; None when nothing is asked. One query, and the version's."""
    if dossier.state not in rules.ASKED:
        return None
    request = SupplementRequest.objects.filter(dossier=dossier, answered_at=None).first()
    if request is None:
        return None
    version = procedures.get_version(dossier.version_id)
    names = {paper.id: in_language(paper.name, language) for paper in version.papers}
    items = [{"paper": item["paper"] or "other", "name": names.get(item["paper"], ""), "text": item["text"]} for item in request.items]
    name = in_language(version.plain_name, language)
    return {"request": str(request.id), "code": dossier.code, "name": name, "language": language, "items": items}
