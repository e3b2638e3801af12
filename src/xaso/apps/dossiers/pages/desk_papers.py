"""The table of papers at the desk: what the answers ask for on this channel, what was noted of each, and the files that came."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from xaso.apps.dossiers import queries
from xaso.apps.dossiers.models import Attachment, Draft
from xaso.apps.procedures import facade as procedures
from xaso.kernel.forms import in_language
from xaso.kernel.worktime import VN
from xaso.platform import clock

PAPER_KINDS = ("original", "copy", "e_copy", "shown")
MOST_SHEETS = 999


def papers_noted(version: procedures.ProcedureVersion, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page says of its papers: kind and number of sheets of each; those that it did not show are left out."""
    noted: dict[str, Any] = {}
    for paper in version.papers:
        kind = typed.get(f"kind-{paper.id}")
        if kind is not None:
            count = typed.get(f"count-{paper.id}", "1").strip()
            number = min(int(count), MOST_SHEETS) if count.isascii() and count.isdigit() else 1
            noted[paper.id] = {"kind": kind if kind in PAPER_KINDS else "", "count": number}
    return noted


def paper_rows(
    draft: Draft, version: procedures.ProcedureVersion, typed: Mapping[str, str], language: str, *, missing: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Return the rows of the table: the papers asked for, then those that only have files, because an answer changed or none names them."""
    files: dict[str, list[Attachment]] = {}
    for attachment in Attachment.objects.filter(draft=draft, removed_at=None).select_related("file"):
        files.setdefault(attachment.paper_id, []).append(attachment)
    asked = {paper.id for paper in version.papers_asked(draft.answers, draft.channel)}
    taken = {attachment.taken_from_id for attachments in files.values() for attachment in attachments}
    given = queries.papers_given_before(draft, on=clock.now().astimezone(VN).date())
    offers = {offer.paper_id: offer for offer in given if offer.attachment.id not in taken}
    rows = [
        {
            "id": paper.id,
            "marks": [paper.id, str(offers[paper.id].attachment.id)] if paper.id in offers else [paper.id],
            "offer": offers.get(paper.id),
            "name": in_language(paper.name, language),
            "is_asked": paper.id in asked,
            "required": paper.required,
            "is_missing": paper.id in missing,
            "noted": _noted(draft, paper, typed),
            "files": files.pop(paper.id, []),
        }
        for paper in version.papers
        if paper.id in asked or paper.id in files
    ]
    others = [attachment for attachments in files.values() for attachment in attachments]
    other = {"id": "other", "marks": ["other"], "name": _("Giấy tờ khác"), "is_asked": False, "is_other": True, "files": others}
    return sorted(rows, key=lambda row: not row["is_asked"]) + ([other] if others else [])


def _noted(draft: Draft, paper: procedures.Paper, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what was said of a paper.

    Before anything was said, a paper that every application needs is taken as the catalogue names it; one that an answer asks for is
    not received until somebody says so.
    """
    posted = typed.get(f"kind-{paper.id}")
    if posted is not None:
        return {"kind": posted, "count": typed.get(f"count-{paper.id}", "1")}
    noted: dict[str, Any] | None = draft.papers.get(paper.id)
    expected = paper.required and not paper.conditions
    return noted or {"kind": paper.kind if expected else "", "count": paper.count}
