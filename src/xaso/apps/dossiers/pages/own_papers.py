"""`/giay-to-cua-toi/`: a citizen's results and digitised papers as the commune keeps them, each to download."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from xaso.apps.dossiers import queries
from xaso.apps.dossiers.models import Attachment
from xaso.apps.procedures import facade as procedures
from xaso.kernel.forms import in_language
from xaso.kernel.worktime import VN
from xaso.platform import clock, files
from xaso.platform.guard import actor_of, to_sign_in


@never_cache
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """List them to the citizen who signed in."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request)
    if actor.citizen_id is None:
        raise Http404
    today = clock.now().astimezone(VN).date()
    papers = [_shown(one, request.LANGUAGE_CODE, today) for one in queries.own_papers(actor)]
    return render(request, "dossiers/own_papers.html", {"results": queries.own_results(actor), "papers": papers})


@never_cache
@require_GET
def download(request: HttpRequest, attachment_id: UUID) -> HttpResponseBase:
    """Send one of the papers: the copy that the official signed, else the scan."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request)
    found = queries.find_own_paper(actor, attachment_id)
    if found is None:
        raise Http404
    return files.file_response(request, found.reading.signed_copy or found.file, inline=False)


def _shown(one: Attachment, language: str, today: date) -> dict[str, Any]:
    assert one.dossier is not None
    papers = procedures.get_version(one.dossier.version_id).papers
    name = next((in_language(paper.name, language) for paper in papers if paper.id == one.paper_id), _("Giấy tờ khác"))
    until = one.reading.valid_until
    return {"one": one, "name": name, "is_signed": one.reading.signed_copy_id is not None, "is_over": until is not None and until < today}
