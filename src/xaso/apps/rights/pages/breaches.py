"""`/su-co-du-lieu/`: the register of data breaches, with the 72 hours in which the authority is told, its draft notice and the minutes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.people import facade as people
from xaso.apps.rights import breach_queries, breach_rules
from xaso.apps.rights.actions import breaches
from xaso.apps.rights.breach_access import MAY_REPORT
from xaso.apps.rights.breach_flow import BREACH_FLOW, BREACH_HANDLERS, BREACH_OPEN
from xaso.apps.rights.breach_forms import BreachForm, BreachSayForm, ToldForm, shown_in_form
from xaso.apps.rights.breach_words import BREACH_STATES, BREACH_VERBS, countdown
from xaso.apps.rights.models import Breach
from xaso.apps.rights.pages.handling import found_people
from xaso.apps.rights.papers import breach_paper
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.badges import Badge
from xaso.platform.errors import words_for
from xaso.platform.guard import CONFIRM_FIRST, actor_of, for_roles, to_confirm

ADDRESS = "/su-co-du-lieu/"
SAID = {
    "tell_people": gettext_lazy("Nói gì với người bị ảnh hưởng: điều gì đã xảy ra, họ nên làm gì, hỏi ai"),
    "close": gettext_lazy("Đã khắc phục thế nào"),
    "dismiss": gettext_lazy("Vì sao không phải vi phạm"),
}
FIELD_OF = {
    "rights.known_in_future": "known_at",
    "rights.known_later": "known_at",
    "rights.happened_later": "happened_at",
    "rights.told_in_future": "told_at",
    "rights.told_before_known": "told_at",
    "rights.late_why_missing": "late_why",
    "rights.paper_number_missing": "paper",
}


@never_cache
@require_GET
@for_roles(*BREACH_HANDLERS)
def listed(request: HttpRequest) -> HttpResponse:
    """List the open breaches by their clock, or the ended ones."""
    actor, now = actor_of(request), clock.now()
    is_open = request.GET.get("xem") != "xong"
    rows = [_row(one, now) for one in breach_queries.list_breaches(actor, is_open=is_open)]
    return render(request, "rights/breaches.html", {"rows": rows, "is_open": is_open, "law": breach_rules.SOURCE})


@never_cache
@require_http_methods(["GET", "POST"])
@for_roles(*MAY_REPORT)
def report(request: HttpRequest) -> HttpResponse:
    """Let any official of the office report what she noticed; who keeps the register goes on to it."""
    actor, now = actor_of(request), clock.now()
    form = BreachForm(request.POST or None, initial={"known_at": now.astimezone(VN).strftime("%H:%M %d/%m/%Y")})
    if request.method == "POST" and form.is_valid():
        try:
            made = breaches.report(actor, form.facts, now=now)
        except Refusal as refusal:
            _add(form, refusal)
        else:
            messages.success(
                request, _("Đã ghi sự cố %(code)s. Lãnh đạo và người quản trị thấy ngay trong việc hôm nay.") % {"code": made.code}
            )
            return HttpResponseRedirect(f"{ADDRESS}{made.id}/" if actor.holds(*BREACH_HANDLERS) else f"{ADDRESS}bao/")
    context = {"form": form, "law": breach_rules.SOURCE, "keeps": actor.holds(*BREACH_HANDLERS)}
    return render(request, "rights/breach_report.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
@for_roles(*BREACH_HANDLERS)
def one(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Show a breach with what may be done."""
    return _page(request, _found(request, breach_id))


@never_cache
@require_POST
@for_roles(*BREACH_HANDLERS)
def act(request: HttpRequest, breach_id: UUID, verb: str) -> HttpResponse:
    """Do one thing with a breach; a refusal shows the page again with its words and what was typed."""
    actor, found, now = actor_of(request), _found(request, breach_id), clock.now()
    form = _form_of(verb, request)
    if form.is_valid():
        try:
            messages.success(request, _do(actor, breach_id, verb, form, now))
            return HttpResponseRedirect(f"{ADDRESS}{breach_id}/")
        except Refusal as refusal:
            if refusal.code == CONFIRM_FIRST:
                return to_confirm(request)
            _add(form, refusal)
    return _page(request, found, failed=(verb, form))


@never_cache
@require_POST
@for_roles(*BREACH_HANDLERS)
def add_person(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Name somebody whose data the breach is about."""
    _found(request, breach_id)
    try:
        breaches.add_person(actor_of(request), breach_id, UUID(request.POST.get("nguoi", "")), now=clock.now())
    except ValueError as error:
        raise Http404 from error
    except Refusal as refusal:
        if refusal.code == "rights.not_found":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
    return HttpResponseRedirect(f"{ADDRESS}{breach_id}/#nguoi")


@never_cache
@require_GET
@for_roles(*BREACH_HANDLERS)
def paper(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Send the draft of the notice to the authority, with the minutes, as PDF."""
    found = _found(request, breach_id)
    content = breach_paper(found, people.commune_of(found.commune_id), now=clock.now())
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.code}-du-thao.pdf"'
    return answer


def _do(actor: Actor, breach_id: UUID, verb: str, form: Form, now: datetime) -> str:
    typed = form.cleaned_data
    if verb == "correct":
        breaches.correct(actor, breach_id, form.facts, now=now)  # type: ignore[attr-defined]
    elif verb == "tell_authority":
        breaches.tell_authority(actor, breach_id, typed["paper"], typed["told_at"], typed["late_why"], now=now)
    elif verb == "tell_people":
        number = breaches.tell_people(actor, breach_id, typed["words"], now=now)
        return ngettext("Đã báo cho %(number)s người.", "Đã báo cho %(number)s người.", number) % {"number": number}
    else:
        {"close": breaches.close, "dismiss": breaches.dismiss}[verb](actor, breach_id, typed["words"], now=now)
    return _("Đã ghi.")


def _form_of(verb: str, request: HttpRequest) -> Form:
    if verb == "correct":
        return BreachForm(request.POST, prefix=verb)
    if verb == "tell_authority":
        return ToldForm(request.POST, prefix=verb)
    if verb in SAID:
        return BreachSayForm(request.POST, label=SAID[verb], prefix=verb)
    raise Http404


def _found(request: HttpRequest, breach_id: UUID) -> Breach:
    try:
        return breach_queries.get_breach(actor_of(request), breach_id)
    except Refusal as refusal:
        raise Http404 from refusal


def _page(request: HttpRequest, found: Breach, failed: tuple[str, Form] | None = None) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    wanted = request.GET.get("q", "").strip()[:100]
    concerned = list(found.people.all())
    context = {
        **_row(found, now),
        "steps": [(BREACH_VERBS[step.verb], step) for step in found.steps.all()],
        "forms": _forms(actor, found, failed),
        "people": concerned,
        "untold": sum(line.told_at is None for line in concerned),
        "wanted": wanted,
        "found": found_people(actor, wanted),
        "law": breach_rules.SOURCE,
    }
    return render(request, "rights/breach.html", context, status=422 if failed else 200)


def _forms(actor: Actor, found: Breach, failed: tuple[str, Form] | None) -> list[tuple[str, Any, Form, bool]]:
    """Return what may be done now: its name, what it is called, its form, and whether it was refused just now."""
    if found.state not in BREACH_OPEN:
        return []
    allowed = BREACH_FLOW.verbs(found.state, actor.roles)
    fresh: dict[str, Form] = {"correct": BreachForm(initial=shown_in_form(found), prefix="correct")}
    if "tell_authority" in allowed:
        fresh["tell_authority"] = ToldForm(prefix="tell_authority")
    for verb in ("tell_people", "close", "dismiss"):
        if verb == "tell_people" or verb in allowed:
            fresh[verb] = BreachSayForm(label=SAID[verb], prefix=verb)
    bound = dict([failed]) if failed else {}
    return [(verb, BREACH_VERBS[verb], bound.get(verb, form), verb in bound) for verb, form in fresh.items()]


def _row(breach: Breach, now: datetime) -> dict[str, Any]:
    return {
        "one": breach,
        "state": Badge(*BREACH_STATES[breach.state]),
        "clock": countdown(breach, now),
        "is_open": breach.state in BREACH_OPEN,
    }


def _add(form: Form, refusal: Refusal) -> None:
    field = FIELD_OF.get(refusal.code)
    form.add_error(field if field in form.fields else None, words_for(refusal))
