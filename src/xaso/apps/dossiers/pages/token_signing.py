"""`/ho-so/<code>/ky-token/`: the official signs a result with her own USB token, through the program on her computer."""

from base64 import b64decode, b64encode
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xaso.apps.dossiers import queries, words
from xaso.apps.dossiers.actions import token_signing
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.pages.case import render_case
from xaso.apps.dossiers.pages.filing_screens import uuid_or_none
from xaso.apps.people.facade import Role
from xaso.apps.signing import facade as signing
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import CONFIRM_FIRST, actor_of, for_roles, to_confirm
from xaso.platform.http import let_reach

MOST_SIGNATURE_LETTERS = 4096


@require_GET
@never_cache
@for_roles(Role.SIGNER.value)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show what will be signed; the page's script asks the program. Who signs otherwise, or can't sign now, is sent to the dossier."""
    actor = actor_of(request)
    if actor.is_by_pin:
        return to_confirm(request)
    dossier = _dossier(request, code)
    token = signing.find_own_token(actor.account_id, now=clock.now()) if actor.account_id else None
    case = queries.case_file(actor, dossier)
    if token is None or "sign" not in case.verbs:
        return HttpResponseRedirect(f"/ho-so/{code}/")
    program = signing.local_program(f"{request.scheme}://{request.get_host()}")
    context = {
        "dossier": dossier,
        "token": token,
        "program": program,
        "script": signing.OWN_TOKEN_SCRIPT,
    }
    return let_reach(render(request, "dossiers/sign_by_token.html", context), program.address)


@require_POST
@for_roles(Role.SIGNER.value)
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Number the result and lay it out; answer with what the token is to sign, or with words."""
    try:
        begun = token_signing.begin(actor_of(request), _dossier(request, code).pk, now=clock.now())
    except Refusal as refusal:
        return JsonResponse({"error": words_for(refusal)}, status=HTTPStatus.CONFLICT)
    waiting = begun.to_sign
    return JsonResponse({"pending": str(waiting.id), "title": begun.title, "attributes": b64encode(waiting.attributes).decode()})


@require_POST
@for_roles(Role.SIGNER.value)
def complete(request: HttpRequest, code: str) -> HttpResponse:
    """Take the token's signature; a refusal shows the dossier with its words. The page of many results is answered in JSON."""
    dossier = _dossier(request, code)
    pending_id = uuid_or_none(request.POST.get("pending", ""))
    if pending_id is None:
        raise Http404
    is_one_of_many = request.headers.get("Accept") == "application/json"
    try:
        token_signing.complete(actor_of(request), dossier.pk, pending_id, _signature(request), clock=clock.now)
    except Refusal as refusal:
        if is_one_of_many:
            return JsonResponse({"error": words_for(refusal)}, status=HTTPStatus.CONFLICT)
        return to_confirm(request) if refusal.code == CONFIRM_FIRST else render_case(request, code, refused=("sign", refusal))
    if is_one_of_many:
        return JsonResponse({"error": ""})
    messages.success(request, words.DONE["sign"] % {"code": code})
    return HttpResponseRedirect(f"/ho-so/{code}/")


@require_POST
@for_roles(Role.SIGNER.value)
def give_up(request: HttpRequest, code: str) -> HttpResponse:
    """Let what was begun wait no more."""
    pending_id = uuid_or_none(request.POST.get("pending", ""))
    if pending_id is not None:
        token_signing.give_up(actor_of(request), _dossier(request, code).pk, pending_id, now=clock.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _dossier(request: HttpRequest, code: str) -> Dossier:
    try:
        return queries.get_by_code(actor_of(request), code)
    except Refusal as refusal:
        raise Http404 from refusal


def _signature(request: HttpRequest) -> bytes:
    try:
        return b64decode(request.POST.get("signature", "")[:MOST_SIGNATURE_LETTERS], validate=True)
    except ValueError as error:
        raise Refusal("signing.signature_wrong") from error
