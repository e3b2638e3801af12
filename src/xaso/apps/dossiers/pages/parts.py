"""`/lien-thong/`: the parts of interlinked dossiers that other offices decide."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xaso.apps.dossiers import access, queries, words
from xaso.apps.dossiers.actions.parts import Heard, move_part
from xaso.apps.dossiers.flow import PART
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.pages.days import day_typed
from xaso.apps.dossiers.rules import is_finished
from xaso.apps.people.facade import Role
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.kernel.forms import in_language
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.badges import Badge
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, for_roles

CLERKS = (Role.DESK.value, Role.CASE_OFFICER.value)
VERBS = frozenset(move.verb for move in PART.moves)


@require_GET
@for_roles(*access.CASE_ROLES)
def show(request: HttpRequest) -> HttpResponse:
    """Show the parts that wait to be sent or for an answer, the longest untouched first."""
    today = clock.now().astimezone(VN).date()
    rows = []
    for part in queries.open_part_list(actor_of(request)):
        about = next((one for one in procedures.get_version(part.dossier.version_id).parts if one.id == part.part_id), None)
        if about is not None:
            waited = max(0, (today - part.changed_on).days)
            rows.append({"part": part, "about": about, "state": Badge(*words.PARTS[part.state]), "waited": waited})
    return render(request, "dossiers/parts_open.html", {"rows": rows})


@require_POST
@for_roles(*CLERKS)
def make_move(request: HttpRequest, code: str, part_id: str, verb: str) -> HttpResponse:
    """Note what was heard of a part; a refusal is said above the case, with nothing changed."""
    actor, now = actor_of(request), clock.now()
    if verb not in VERBS:
        raise Http404
    try:
        dossier = queries.get_by_code(actor, code)
        heard = Heard(day_typed(request.POST.get("on", "")), request.POST.get("official_code", ""), request.POST.get("note", ""))
        move_part(actor, dossier.id, part_id, verb, heard, now=now)
    except Refusal as refusal:
        if refusal.code == "dossiers.not_found":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
        if request.POST.get("note", "").strip():
            messages.info(request, _("Chữ anh/chị vừa gõ, chưa được ghi: %(text)s") % {"text": request.POST["note"].strip()})
    else:
        messages.success(request, words.DONE["part"] % {"code": code})
    return HttpResponseRedirect(f"/ho-so/{code}/#lien-thong")


def parts_context(actor: Actor, dossier: Dossier, language: str) -> dict[str, Any]:
    """Return what a page of the dossier shows of its parts; nothing for a procedure that stands alone."""
    lines = queries.parts_of(actor, dossier)
    parts = [
        {
            "id": line.row.part_id,
            "row": line.row,
            "name": in_language(line.about.name, language),
            "office": in_language(line.about.office, language),
            "if_refused": in_language(line.about.if_refused, language),
            "confirm": line.about.confirm,
            "state": Badge(*words.PARTS[line.row.state]),
            "verbs": [(verb, words.VERBS[verb]) for verb in line.verbs],
        }
        for line in lines
    ]
    states = [line.row.state for line in lines]
    return {"parts": parts, "all_finished": bool(lines) and is_finished(dossier.state, dossier.delivery_state, states)}
