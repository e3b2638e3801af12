"""What came from phones and nobody vouched for yet: the desk's list, and the page on which the person herself confirms."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from xaso.apps.dossiers import queries, words
from xaso.apps.dossiers.actions import arrivals as acts
from xaso.apps.dossiers.actions import looking
from xaso.apps.dossiers.actions.confirming import confirm_as_person, confirm_at_desk
from xaso.apps.dossiers.arrival_rules import ANOTHERS, whose
from xaso.apps.dossiers.cards import read_card, take_card
from xaso.apps.dossiers.form_choices import form_choices
from xaso.apps.dossiers.models import Arrival, Dossier, Draft
from xaso.apps.dossiers.options import UNCONFIRMED_DAYS
from xaso.apps.dossiers.pages.journey import CHECK
from xaso.apps.dossiers.queries import Unconfirmed
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.people import facade as people
from xaso.apps.people.facade import Role
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import PersonalNumber
from xaso.kernel.text import same_name, tidy_name
from xaso.kernel.worktime import VN
from xaso.platform import clock, files
from xaso.platform.actor import Actor
from xaso.platform.admission import content_of
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, for_roles, to_sign_in

LIST = "/mot-cua/cho-xac-nhan/"
COMPARED = ("name", "personal_number", "paper")
_REFUSED = {"personal_number.malformed": {"personal_number"}, "dossiers.reason_missing": {"reason"}}
for_desk = for_roles(Role.DESK.value)


@never_cache
@require_GET
@for_desk
def show(request: HttpRequest) -> HttpResponse:
    """List what waits for somebody to vouch for it."""
    actor, now = actor_of(request), clock.now()
    rows = [_row(one, request.LANGUAGE_CODE) for one in queries.list_unconfirmed(actor, now=now)]
    return render(request, "dossiers/unconfirmed.html", {"rows": rows, "days": UNCONFIRMED_DAYS.value()})


@never_cache
@require_http_methods(["GET", "POST"])
@for_desk
def one(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Show one with all that was typed; compare it with the paper that the person shows, confirm it, or erase it with a reason."""
    actor, now = actor_of(request), clock.now()
    try:
        waiting = queries.get_unconfirmed(actor, item_id, now=now)
    except Refusal as refusal:
        code = queries.code_of(actor, item_id)
        if code is None:
            raise Http404 from refusal
        return HttpResponseRedirect(f"/ho-so/{code}/")
    looking.look_at_arrival(actor, item_id, waiting.arrival.number, now=now)
    if request.method == "GET":
        return _shown(request, waiting, {})
    try:
        return _PRESSED.get(request.POST.get("do", ""), _enter)(request, actor, waiting, now)
    except Refusal as refusal:
        told = {"error": words_for(refusal), "failed": request.POST.get("do", ""), "refused": _refused(refusal, request.POST)}
        return _shown(request, waiting, told, HTTPStatus.CONFLICT)


def _refused(refusal: Refusal, posted: Mapping[str, str]) -> set[str]:
    """Return the fields to look at again."""
    if refusal.code == "dossiers.paper_not_compared":
        return {name for name in COMPARED if not posted.get(name, "").strip()}
    return _REFUSED.get(refusal.code, set())


def _read_card(request: HttpRequest, actor: Actor, waiting: Unconfirmed, now: datetime) -> HttpResponse:
    photo = request.FILES.get("card_photo")
    card = read_card(content_of(photo) if photo else None, request.POST.get("card_text", ""), today=now.astimezone(VN).date())
    read = take_card(actor, card, Applicant(name=""))
    looking.look_at_card(actor, read.applicant.citizen_id, now=now)
    return _shown(request, waiting, {"read": read.applicant, "warnings": [words_for(Refusal(code)) for code in read.warnings]})


def _confirm(request: HttpRequest, actor: Actor, waiting: Unconfirmed, now: datetime) -> HttpResponse:
    name, typed = tidy_name(request.POST.get("name", ""))[:200], request.POST.get("personal_number", "").strip()
    number = PersonalNumber.parse(typed).digits if typed else ""
    known = next((one for one in people.find_citizens_by_number(actor, number) if same_name(one.full_name, name)), None)
    shown = Applicant(name=name, personal_number=number)
    if known is not None:
        shown = replace(shown, phone=known.phone, address=known.address, village_id=known.village_id, citizen_id=known.id)
    dossier = confirm_at_desk(actor, waiting.arrival.id, shown, request.POST.get("paper", ""), now=now)
    messages.success(request, _("Đã xác nhận người nộp. Hồ sơ %(code)s chờ tiếp nhận.") % {"code": dossier.code})
    return HttpResponseRedirect(f"/ho-so/{dossier.code}/")


def _erase(request: HttpRequest, actor: Actor, waiting: Unconfirmed, now: datetime) -> HttpResponse:
    acts.erase(actor, waiting.arrival.id, request.POST.get("reason", ""), now=now)
    messages.success(request, _("Đã xóa bản gửi này."))
    return HttpResponseRedirect(LIST)


def _enter(request: HttpRequest, actor: Actor, waiting: Unconfirmed, now: datetime) -> HttpResponse:
    """Do what the Enter key means: a keyboard reader sends it after the card's text."""
    press = _read_card if request.POST.get("card_text", "").strip() else _confirm
    return press(request, actor, waiting, now)


_PRESSED = {"enter": _enter, "read_card": _read_card, "confirm": _confirm, "erase": _erase}


def _shown(request: HttpRequest, waiting: Unconfirmed, extra: dict[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    read: Applicant | None = extra.get("read")
    typed = {"name": request.POST.get("name", ""), "personal_number": request.POST.get("personal_number", "")}
    if read is not None:
        typed = {"name": read.name, "personal_number": read.personal_number}
        said = waiting.applicant
        extra["differs"] = not same_name(read.name, said.name) or (said.personal_number not in {"", read.personal_number})
    context = {
        **_row(waiting, request.LANGUAGE_CODE),
        **_contents(waiting.draft, request.LANGUAGE_CODE),
        "typed": typed,
        "paper": request.POST.get("paper", ""),
        "reason": request.POST.get("reason", ""),
        "faults": waiting.arrival.faults,
        **extra,
    }
    return render(request, "dossiers/unconfirmed_one.html", context, status=status)


@require_GET
@for_desk
def file(request: HttpRequest, item_id: UUID, attachment_id: UUID) -> HttpResponseBase:
    """Show a photo that came with an item."""
    actor, now = actor_of(request), clock.now()
    try:
        waiting = queries.get_unconfirmed(actor, item_id, now=now)
    except Refusal as refusal:
        raise Http404 from refusal
    found = next((one for one in queries.files_brought(waiting.draft) if one.id == attachment_id), None)
    if found is None:
        raise Http404
    looking.open_file_of_arrival(actor, item_id, waiting.arrival.number, found.name, now=now)
    return files.file_response(request, found.file, inline=found.file.media_type != "application/pdf")


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Ask the citizen who is signed in whether this is hers; her word makes it her application."""
    actor, secret = actor_of(request), request.GET.get("secret", "")
    if actor.kind == "anonymous":
        return to_sign_in(request)
    if actor.citizen_id is None:
        raise Http404
    filed = queries.code_of(actor, item_id)
    if filed is not None:
        return HttpResponseRedirect(f"/ho-so-cua-toi/{filed}/")
    arrival, draft = _to_confirm(actor, item_id, secret)
    if request.method == "GET":
        return _asked(request, actor, arrival, draft, "")
    try:
        dossier = confirm_as_person(actor, item_id, as_own=request.POST.get("do") == "own", now=clock.now())
    except Refusal as refusal:
        return _asked(request, actor, arrival, draft, words_for(refusal))
    return _go_on(request, dossier, draft)


def _to_confirm(actor: Actor, item_id: UUID, secret: str) -> tuple[Arrival, Draft]:
    """Return what waits for this citizen's word: she has it from the phone, by its secret, or it bears her own number."""
    by_number = next((one for one in queries.waiting_for_my_word(actor) if one.arrival.id == item_id), None)
    if by_number is not None:
        return by_number.arrival, by_number.draft
    assert actor.commune_id is not None
    arrival = queries.find_arrival(actor.commune_id, item_id, secret)
    draft = Draft.objects.filter(pk=item_id, submitted_at=None).first()
    if arrival is None or draft is None or (arrival.confirmed_at is not None and draft.citizen_id != actor.citizen_id):
        raise Http404
    return arrival, draft


def _asked(request: HttpRequest, actor: Actor, arrival: Arrival, draft: Draft, error: str) -> HttpResponse:
    assert actor.citizen_id is not None
    citizen = people.citizen(actor.citizen_id)
    assert citizen is not None
    typed = Applicant.from_json(draft.applicant)
    context = {
        "arrival": arrival,
        "applicant": typed,
        "names_another": whose(typed, citizen) == ANOTHERS,
        "may_act": acts.applicant_for(actor, typed, as_own=False, now=clock.now()) is not None,
        "citizen": citizen,
        "error": error,
        "here": request.get_full_path(),
        **_contents(draft, request.LANGUAGE_CODE),
    }
    return render(request, "dossiers/confirm_person.html", context, status=HTTPStatus.CONFLICT if error else HTTPStatus.OK)


def _go_on(request: HttpRequest, dossier: Dossier | None, draft: Draft) -> HttpResponse:
    if dossier is not None:
        return HttpResponseRedirect(f"/ho-so-cua-toi/{dossier.code}/?moi=1")
    messages.info(request, _("Hồ sơ là của anh/chị. Anh/chị xem lại rồi nộp."))
    return HttpResponseRedirect(f"/nop-ho-so/{procedures.get_version(draft.version_id).code}/{draft.id}/{CHECK}/")


def _row(one: Unconfirmed, language: str) -> dict[str, Any]:
    version = procedures.get_version(one.draft.version_id)
    return {
        "one": one,
        "url": f"{LIST}{one.arrival.id}/",
        "procedure": version.name(language),
        "doubt": words.DOUBTS.get(one.arrival.doubt, ""),
    }


def _contents(draft: Draft, language: str) -> dict[str, Any]:
    """Return what was typed and sent, to be read."""
    version = procedures.get_version(draft.version_id)
    today = clock.now().astimezone(VN).date()
    choices = form_choices(draft.commune_id)
    return {
        "version": version,
        "sections": version.form.summary(draft.answers, language, choices=choices, yes_no=(_("Có"), _("Không")), today=today),
        "files": queries.files_brought(draft),
    }
