"""`/du-lieu-cua-toi/`: a citizen's copy of her data, and her requests about them."""

from datetime import datetime
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.people import facade as people
from xaso.apps.rights import queries, rules, words
from xaso.apps.rights.access import person_of
from xaso.apps.rights.actions import requests
from xaso.apps.rights.actions.copying import copy_own
from xaso.apps.rights.breach_queries import breaches_told_to
from xaso.apps.rights.copies import as_json
from xaso.apps.rights.forms import AskForm
from xaso.apps.rights.papers import copy_paper
from xaso.apps.rights.shown import request_shown
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for
from xaso.platform.guard import Page, actor_of, to_sign_in

ADDRESS = "/du-lieu-cua-toi/"


def for_citizens(page: Page) -> Page:
    """Open the page to citizens who signed in; a visitor is sent to sign in and back."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        actor = actor_of(request)
        if actor.kind == "anonymous":
            return to_sign_in(request)
        if person_of(actor) is None:
            raise Http404
        return page(request, *args, **kwargs)

    return guarded


@never_cache
@require_GET
@for_citizens
def own(request: HttpRequest) -> HttpResponse:
    """Show a citizen what she can do about her data, and how her requests stand."""
    now = clock.now()
    actor = actor_of(request)
    person = person_of(actor)
    assert person is not None
    rows = [request_shown(one, now) for one in queries.my_requests(actor)]
    return render(request, "rights/own.html", {"rows": rows, "breaches": breaches_told_to(person)})


@never_cache
@require_GET
@for_citizens
def copy_json(request: HttpRequest) -> HttpResponse:
    """Send the copy as JSON."""
    return _copy(request, "json")


@never_cache
@require_GET
@for_citizens
def copy_pdf(request: HttpRequest) -> HttpResponse:
    """Send the copy as PDF."""
    return _copy(request, "pdf")


def _copy(request: HttpRequest, form: str) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    parts = copy_own(actor, form, now=now)
    assert actor.commune_id is not None
    commune = people.commune_of(actor.commune_id)
    name = f"du-lieu-{slugify(actor.name.replace('Đ', 'D').replace('đ', 'd'))}-{now.astimezone(VN):%Y-%m-%d}.{form}"
    if form == "json":
        answer: HttpResponse = JsonResponse(
            as_json(parts, {"made_at": now.astimezone(VN).isoformat(timespec="seconds"), "commune": commune.name, "person": actor.name}),
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )
    else:
        answer = HttpResponse(copy_paper(parts, commune, actor.name, now=now), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
@for_citizens
def ask(request: HttpRequest) -> HttpResponse:
    """Ask something about one's data."""
    actor, now = actor_of(request), clock.now()
    form = AskForm(request.POST or None, people=_people_to_ask_for(actor, now))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = requests.ask(actor, typed["kind"], typed["words"], language=request.LANGUAGE_CODE, now=now, citizen_id=form.other_id)
        except Refusal as refusal:
            form.add_error("kind" if refusal.code == "rights.open_already" else "words", words_for(refusal))
        else:
            messages.success(request, _("Xã đã nhận yêu cầu của anh/chị."))
            return HttpResponseRedirect(f"{ADDRESS}yeu-cau/{made.id}/")
    context = {"form": form, "kinds": [(label, said, rules.CLOCKS[kind]) for kind, (label, said) in words.KINDS.items()], "law": rules}
    return render(request, "rights/ask.html", context, status=422 if form.errors else 200)


def _people_to_ask_for(actor: Actor, now: datetime) -> list[tuple[str, str]]:
    assert actor.citizen_id is not None
    others = people.list_represented(actor.citizen_id, on=now.astimezone(VN).date())
    return [("", _("Của tôi")), *((str(other.id), other.full_name) for other in others)]


@never_cache
@require_GET
@for_citizens
def one(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show one of the citizen's requests: where it is, until when, the answer."""
    try:
        found = queries.get_request(actor_of(request), request_id)
    except Refusal as refusal:
        raise Http404 from refusal
    return render(request, "rights/own_request.html", {"one": request_shown(found, clock.now()), "law": rules})


@never_cache
@require_POST
@for_citizens
def take_back(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take a request back."""
    try:
        requests.take_back(actor_of(request), request_id, now=clock.now())
    except Refusal as refusal:
        if refusal.code == "rights.not_found":
            raise Http404 from refusal
        messages.error(request, _("Yêu cầu này đã xong nên không rút được nữa."))
    else:
        messages.success(request, _("Anh/chị đã rút yêu cầu."))
    return HttpResponseRedirect(f"{ADDRESS}yeu-cau/{request_id}/")
