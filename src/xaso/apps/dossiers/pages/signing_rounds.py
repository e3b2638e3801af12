"""`/ky-nhieu/`: an official chooses many results, sees what she signs, confirms once, and sees how far it is."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.dossiers import shown, words
from xaso.apps.dossiers.actions.signing_rounds import MOST, resume_round, start_round, stop_round
from xaso.apps.dossiers.models import RoundPaper
from xaso.apps.dossiers.pages.filing_screens import uuid_or_none
from xaso.apps.dossiers.queries.signing_rounds import find_round, list_chosen, list_to_sign, rounds_of
from xaso.apps.people.facade import Role
from xaso.apps.signing import facade as signing
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import uuid7
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, confirmed, for_roles, to_confirm
from xaso.platform.http import let_reach

PLACE = "/ky-nhieu/"
SECONDS_BETWEEN_LOOKS = 3
BY_ONE_PIN = 50
"""So many papers an own token signs at once: their numbers wait for it, and all are sealed in the ten minutes that they wait."""


@require_http_methods(["GET", "POST"])
@for_roles(Role.SIGNER.value)
def choose(request: HttpRequest) -> HttpResponse:
    """Show what waits for the signature; sent, show once more what was chosen, and ask."""
    if request.method == "GET":
        return _list(request)
    chosen = list_chosen(actor_of(request), _chosen(request))
    if not chosen:
        return _list(request, Refusal("dossiers.none_to_sign"))
    rows = [shown.row(dossier, clock.now()) for dossier in chosen]
    token = _own_token(request)
    if token is not None:
        return _by_token(request, token, rows)
    return render(request, "dossiers/signing_confirm.html", {"rows": rows, "round_id": uuid7()})


@require_POST
@for_roles(Role.SIGNER.value)
@confirmed
def start(request: HttpRequest) -> HttpResponse:
    """Sign what was confirmed, in the worker; the same page sent twice is one round."""
    round_id = uuid_or_none(request.POST.get("round", ""))
    if round_id is None:
        raise Http404
    try:
        begun = start_round(actor_of(request), round_id, _chosen(request), now=clock.now())
    except Refusal as refusal:
        return _list(request, refusal)
    return HttpResponseRedirect(f"{PLACE}{begun.pk}/")


@require_GET
@for_roles(Role.SIGNER.value)
def show(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Show how far a round is; while it runs the page looks again by itself, with or without scripts."""
    found = find_round(actor_of(request), round_id)
    if found is None:
        raise Http404
    line, papers = found
    trouble = line.round.trouble
    context = {
        "line": line,
        "state": words.ROUND_STATES[line.round.state],
        "trouble": _words_of(trouble) if trouble else "",
        "papers": [_paper_shown(paper) for paper in papers],
        "is_running": line.round.state == "running",
        "seconds": SECONDS_BETWEEN_LOOKS,
    }
    return render(request, "dossiers/signing_round.html", context)


@require_POST
@for_roles(Role.SIGNER.value)
def stop(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Leave what is not signed yet."""
    try:
        stop_round(actor_of(request), round_id, now=clock.now())
    except Refusal as refusal:
        raise Http404 from refusal
    return HttpResponseRedirect(f"{PLACE}{round_id}/")


@require_POST
@for_roles(Role.SIGNER.value)
@confirmed
def resume(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Go on with what was left."""
    try:
        resume_round(actor_of(request), round_id, now=clock.now())
    except Refusal as refusal:
        raise Http404 from refusal
    return HttpResponseRedirect(f"{PLACE}{round_id}/")


def _own_token(request: HttpRequest) -> signing.OwnToken | None:
    account_id = actor_of(request).account_id
    return signing.find_own_token(account_id, now=clock.now()) if account_id else None


def _by_token(request: HttpRequest, token: signing.OwnToken, rows: list[dict[str, Any]]) -> HttpResponse:
    """Show the page whose script asks the program on her computer: the worker does not reach her token."""
    if actor_of(request).is_by_pin:
        return to_confirm(request)
    program = signing.local_program(f"{request.scheme}://{request.get_host()}")
    context = {"rows": rows, "token": token, "program": program, "script": signing.OWN_TOKEN_SCRIPT, "at_once": BY_ONE_PIN}
    return let_reach(render(request, "dossiers/sign_many_by_token.html", context), program.address)


def _list(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    chosen = set(_chosen(request))
    all_chosen = request.GET.get("chon") == "het"
    rows = [{**shown.row(dossier, now), "chosen": all_chosen or dossier.pk in chosen} for dossier in list_to_sign(actor)]
    context = {
        "rows": rows,
        "all_chosen": all_chosen,
        "most": MOST,
        "rounds": [{"line": line, "state": words.ROUND_STATES[line.round.state]} for line in rounds_of(actor, now=now)],
        "error": words_for(refusal) if refusal else "",
    }
    return render(request, "dossiers/signing_many.html", context, status=HTTPStatus.CONFLICT if refusal else HTTPStatus.OK)


def _chosen(request: HttpRequest) -> list[UUID]:
    return [one for one in map(uuid_or_none, request.POST.getlist("dossier")) if one]


def _paper_shown(paper: RoundPaper) -> dict[str, Any]:
    tone, text, icon = words.ROUND_PAPERS[paper.state]
    why = _words_of(paper.why) if paper.state == "refused" else ""
    return {"paper": paper, "dossier": paper.dossier, "tone": tone, "text": text, "icon": icon, "why": why}


def _words_of(said: dict[str, Any]) -> str:
    return words_for(Refusal(said["code"], **said.get("params", {})))
