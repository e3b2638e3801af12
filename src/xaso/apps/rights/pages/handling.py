"""`/yeu-cau-du-lieu/`: officials take requests in, and answer them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.people import facade as people
from xaso.apps.rights import access, queries, rules
from xaso.apps.rights.actions import finding, requests
from xaso.apps.rights.actions.copying import copy_for_request
from xaso.apps.rights.flow import FLOW, HANDLERS
from xaso.apps.rights.forms import ConfirmForm, DeskForm, SayForm
from xaso.apps.rights.models import DataRequest
from xaso.apps.rights.papers import copy_paper
from xaso.apps.rights.shown import request_shown
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, for_roles

ADDRESS = "/yeu-cau-du-lieu/"
SAID = {
    "extend": (gettext_lazy("Vì sao cần thêm thời gian"), requests.extend),
    "answer": (gettext_lazy("Đã làm gì, trả lời thế nào"), requests.answer),
    "refuse": (gettext_lazy("Vì sao không làm được, theo quy định nào"), requests.refuse),
}
GIVES_COPY = frozenset({"view", "give"})


@never_cache
@require_GET
@for_roles(*access.TAKE_IN)
def listed(request: HttpRequest) -> HttpResponse:
    """List the open requests by when they are due, or the ended ones."""
    actor, now = actor_of(request), clock.now()
    is_open = request.GET.get("xem") != "xong"
    assert actor.commune_id is not None
    calendar = people.calendar_of(actor.commune_id)
    rows = [request_shown(one, now, calendar) for one in queries.list_requests(actor, is_open=is_open)]
    return render(request, "rights/requests.html", {"rows": rows, "is_open": is_open})


@never_cache
@require_http_methods(["GET", "POST"])
@for_roles(*access.TAKE_IN)
def take_in(request: HttpRequest) -> HttpResponse:
    """Take a request in for somebody at the desk: find the person, then write down what she asks and by what she is known."""
    actor = actor_of(request)
    chosen = opened_citizen(actor, request.GET.get("nguoi", ""))
    wanted = request.GET.get("q", "").strip()[:100]
    form = DeskForm(request.POST or None, people=speakers_for(chosen, clock.now()) if chosen else [])
    if chosen and request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = requests.ask_at_desk(
                actor, chosen.id, typed["kind"], typed["words"], typed["shown_paper"], now=clock.now(), guardian_id=form.other_id
            )
        except Refusal as refusal:
            form.add_error("kind" if refusal.code == "rights.open_already" else "words", words_for(refusal))
        else:
            messages.success(request, _("Đã ghi yêu cầu. Người có trách nhiệm thấy trong việc hôm nay."))
            return HttpResponseRedirect(f"{ADDRESS}{made.id}/")
    context = {"form": form, "chosen": chosen, "wanted": wanted, "found": found_people(actor, wanted)}
    return render(request, "rights/take_in.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
@for_roles(*access.TAKE_IN)
def one(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show a request with what may be done."""
    return _page(request, _found(request, request_id))


@never_cache
@require_POST
@for_roles(*HANDLERS)
def move(request: HttpRequest, request_id: UUID, verb: str) -> HttpResponse:
    """Confirm the receipt, take more time, answer or refuse."""
    actor, now = actor_of(request), clock.now()
    found = _found(request, request_id)
    form: ConfirmForm | SayForm
    if verb == "confirm":
        form = ConfirmForm(request.POST, holders=_holders(actor))
    elif verb in SAID:
        form = SayForm(request.POST, label=SAID[verb][0], prefix=verb)
    else:
        raise Http404
    if form.is_valid():
        try:
            _act(actor, request_id, verb, form.cleaned_data)(now=now)
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã ghi. Người yêu cầu được báo."))
            return HttpResponseRedirect(f"{ADDRESS}{request_id}/")
    return _page(request, found, failed=(verb, form), status=422)


@never_cache
@require_GET
@for_roles(*HANDLERS)
def copy(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Send the copy that an open request for one asks for; it is written down with the request as its purpose."""
    actor, now = actor_of(request), clock.now()
    try:
        found, parts = copy_for_request(actor, request_id, now=now)
    except Refusal as refusal:
        raise Http404 from refusal
    answer = HttpResponse(copy_paper(parts, people.commune_of(found.commune_id), found.name, now=now), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.code}.pdf"'
    return answer


def _act(actor: Actor, request_id: UUID, verb: str, typed: dict[str, Any]) -> Callable[..., None]:
    if verb == "confirm":
        chosen = UUID(typed["responsible"])
        return lambda now: requests.confirm(actor, request_id, responsible_id=chosen, by_processor=typed["by_processor"], now=now)
    return lambda now: SAID[verb][1](actor, request_id, typed["words"], now=now)


def _found(request: HttpRequest, request_id: UUID) -> DataRequest:
    try:
        return queries.get_request(actor_of(request), request_id)
    except Refusal as refusal:
        raise Http404 from refusal


def _holders(actor: Actor) -> list[tuple[str, str]]:
    assert actor.commune_id is not None
    return [(str(one.account_id), f"{one.name} · {one.title}") for one in requests.handlers_of(actor.commune_id, clock.now())]


def _page(
    request: HttpRequest, found: DataRequest, *, failed: tuple[str, ConfirmForm | SayForm] | None = None, status: int = 200
) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    verbs = FLOW.verbs(found.state, access.roles_on(actor, found))
    holders = _holders(actor)
    forms: dict[str, ConfirmForm | SayForm] = {}
    for verb in verbs:
        if verb == "confirm":
            forms[verb] = ConfirmForm(holders=holders, initial={"responsible": str(actor.account_id)})
        elif verb in SAID:
            forms[verb] = SayForm(label=SAID[verb][0], prefix=verb)
    if failed:
        forms[failed[0]] = failed[1]
    context = {
        "one": request_shown(found, now, people.calendar_of(found.commune_id)),
        "forms": [(verb, form, verb == (failed or ("",))[0]) for verb, form in forms.items()],
        "may_extend": "extend" in forms and now <= found.due_at,
        "gives_copy": found.kind in GIVES_COPY and bool(verbs) and actor.holds(*HANDLERS),
        "law": rules,
    }
    return render(request, "rights/request.html", context, status=status)


def chosen_citizen(actor: Actor, text: str) -> people.Citizen | None:
    """Return the citizen of the actor's commune that an address names, None when there is none."""
    try:
        found = people.citizen(UUID(text))
    except ValueError:
        return None
    return found if found and found.commune_id == actor.commune_id else None


def opened_citizen(actor: Actor, text: str) -> people.Citizen | None:
    """Return the citizen whose page an official opens at the desk, which is written down; None when there is none."""
    found = chosen_citizen(actor, text)
    if found is not None:
        finding.note_opening(actor, found.id, now=clock.now())
    return found


def speakers_for(citizen: people.Citizen, now: datetime) -> list[tuple[str, str]]:
    """Return who may speak for a person at the desk, as choices: the person herself first, then who may act for her."""
    speakers = people.list_representatives(citizen.id, on=now.astimezone(VN).date())
    return [("", _("Chính người ấy")), *((str(one.id), one.full_name) for one in speakers)]


def found_people(actor: Actor, wanted: str) -> list[people.Citizen]:
    """Return whom an official's words fit; that she looked is written down."""
    if not wanted:
        return []
    finding.note_search(actor, wanted, now=clock.now())
    return people.search_citizens(actor, wanted)
