"""`/ho-so/<code>/`: one dossier and the moves that the official may make with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from xaso.apps.dossiers import access, queries, words
from xaso.apps.dossiers.actions import delivery, examination, extension, intake, looking, money, post, results, supplement
from xaso.apps.dossiers.actions.reading import MAY_DIGITISE
from xaso.apps.dossiers.calling_up import told_of
from xaso.apps.dossiers.looking_rules import PURPOSES, covered
from xaso.apps.dossiers.models import Dossier, Slip
from xaso.apps.dossiers.pages.case_faults import wrong_fields
from xaso.apps.dossiers.pages.days import day_or_none, day_typed
from xaso.apps.dossiers.pages.duplicates import look_alikes_shown
from xaso.apps.dossiers.pages.extending import extend_shown, promise_shown
from xaso.apps.dossiers.pages.from_scanner import FIELD, scans_shown, taken_from_scanner
from xaso.apps.dossiers.pages.looked_at_twice import say_what_to_look_at
from xaso.apps.dossiers.pages.parts import parts_context
from xaso.apps.dossiers.papers.result_fields import TYPED, field_words, in_users_language, lines_to_fill
from xaso.apps.dossiers.queries import CaseFile
from xaso.apps.dossiers.shapes import PostedTo
from xaso.apps.dossiers.shown import case_context, paper_choices, proof_badge, step_shown
from xaso.apps.dossiers.shown_arrival import arrival_shown
from xaso.apps.people import facade as people
from xaso.apps.people.facade import Role
from xaso.apps.satisfaction import facade as satisfaction
from xaso.apps.signing import facade as signing
from xaso.kernel.errors import Refusal
from xaso.kernel.money import parse_vnd
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.admission import content_of
from xaso.platform.errors import words_for
from xaso.platform.guard import CONFIRM_FIRST, actor_of, for_roles, to_confirm

OTHER_MOVES = ("charge", "waive", "refuse", "stop", "withdraw")
SLIP_FITS = {
    "01": ("accepted",),
    "02": ("asked_at_intake", "supplement_asked"),
    "03": ("refused",),
    "04": ("accepted", "examining", "in_review"),
    "05": ("stopped", "stopped_at_intake", "withdrawn"),
}
EXAMINERS = (Role.CASE_OFFICER.value, Role.CENTRE_HEAD.value)
Make = Callable[[Actor, UUID, HttpRequest, datetime], Dossier | None]


@require_GET
@for_roles(*access.CASE_ROLES)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the dossier."""
    return render_case(request, code)


@require_POST
@for_roles(*access.CASE_ROLES)
def make_move(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Make the move; a refusal shows the page again with its words and with everything that was typed."""
    actor, now = actor_of(request), clock.now()
    make = MOVES.get(verb)
    if make is None:
        raise Http404
    try:
        dossier = queries.get_by_code(actor, code)
        if request.POST.get("do") == "preview" and verb == "extend":
            return render_case(request, code, ahead=_apology_ahead(actor, dossier, request, now))
        make(actor, dossier.id, request, now)
    except Refusal as refusal:
        return to_confirm(request) if refusal.code == CONFIRM_FIRST else render_case(request, code, refused=(verb, refusal))
    messages.success(request, words.DONE[verb] % {"code": code})
    return HttpResponseRedirect(f"/ho-so/{code}/{'#them-giay-to' if verb == 'attach' else ''}")


def render_case(
    request: HttpRequest, code: str, *, refused: tuple[str, Refusal] | None = None, ahead: dict[str, Any] | None = None
) -> HttpResponse:
    """Return the page of the dossier; `refused` is a move that was not made, and why, `ahead` what an apology would say and do."""
    actor, now = actor_of(request), clock.now()
    try:
        case = queries.officer_case(actor, code)
    except Refusal as refusal:
        raise Http404 from refusal
    sees_all = looking.look(actor, case.dossier, now=now)
    if not sees_all:
        case = replace(case, verbs=case.verbs - {"prepare_result"})
    typed = request.POST if refused or ahead else QueryDict()
    subject = access.subject_of(case.dossier.id)
    may_attach = supplement.may_attach(actor, case.dossier)
    context = {
        **case_context(case, now=now, language=request.LANGUAGE_CODE),
        "sees_all": sees_all,
        "purposes": PURPOSES.items(),
        "linked": parts_context(actor, case.dossier, request.LANGUAGE_CODE),
        "typed": typed,
        "postings": queries.postings_of(case.dossier) if case.dossier.return_by else [],
        "arrival": arrival_shown(queries.arrival_of(case.dossier) if case.dossier.channel == "online" else None),
        "today": now,
        "gaps": _gaps(case, typed, request.LANGUAGE_CODE),
        "other_moves": [verb for verb in OTHER_MOVES if verb in case.verbs],
        "may_attach": may_attach,
        "told": told_of(case.dossier),
        "look_alikes": look_alikes_shown(queries.look_alikes_of(actor, case.dossier, now=now)),
        "may_digitise": actor.holds(*MAY_DIGITISE),
        "scans": scans_shown(people.commune_of(case.dossier.commune_id), now=now) if may_attach else [],
        "print_first": _print_first(actor, case),
        "opened": request.GET.get("mo", ""),
        "proof": proof_badge(case.result.file_id if case.result else None),
        "next_walk_in": actor.holds(Role.DESK.value),
        "result_fields": lines_to_fill(case, typed or None, refused[1] if refused else None) if "prepare_result" in case.verbs else [],
    }
    if not sees_all:
        context["sections"] = covered(context["sections"])
    if "sign" in case.verbs and actor.account_id:
        context["signs_by_token"] = signing.find_own_token(actor.account_id, now=now) is not None
    if "extend" in case.verbs:
        context |= extend_shown(case, now=now) | (ahead or {})
    if case.handover and actor.holds(Role.DESK.value) and satisfaction.may_be_asked(subject, now):
        context["ask_about"] = subject
    if refused:
        context |= _refusal_context(case, refused[0], refused[1], typed)
    return render(request, "dossiers/case.html", context, status=HTTPStatus.CONFLICT if refused else HTTPStatus.OK)


def _refusal_context(case: CaseFile, verb: str, refusal: Refusal, typed: QueryDict) -> dict[str, Any]:
    """Return the words of a refusal; where somebody else was faster, who it was and what was typed for a move that is gone."""
    words_of_refusal = words_for(in_users_language(case.version, refusal))
    context: dict[str, Any] = {"failed": verb, "error": words_of_refusal, "wrong": wrong_fields(verb, refusal, typed)}
    if verb in case.verbs or verb == "attach":
        return context
    return {**context, "overtaken": step_shown(case.steps[-1]), "unsent": _unsent(case, typed)}


def _unsent(case: CaseFile, typed: QueryDict) -> list[dict[str, str]]:
    labels = {
        **{name: str(label) for name, label in words.TYPED.items()},
        **{f"why-{paper.id}": paper.name["vi"] for paper in case.version.papers},
        **{f"{TYPED}{field.name}": field.label["vi"] for field in case.version.result.fields},
    }
    chosen = field_words(case.version)
    return [
        {"label": labels[name], "text": chosen.get(name.removeprefix(TYPED), {}).get(text, text)}
        for name, text in typed.dict().items()
        if name in labels and isinstance(text, str) and text.strip()
    ]


def _print_first(actor: Actor, case: CaseFile) -> Slip | None:
    """Return the slip that the desk has to give out now."""
    last = case.slips[-1] if case.slips else None
    gives = actor.holds(Role.DESK.value) or (actor.holds(*EXAMINERS) and last is not None and last.form != "01")
    return last if last is not None and gives and case.dossier.state in SLIP_FITS[last.form] else None


def _gaps(case: CaseFile, typed: QueryDict, language: str) -> list[dict[str, Any]]:
    chosen = typed.getlist("paper")
    return [
        {"id": paper["id"], "name": paper["name"], "checked": paper["id"] in chosen, "why": typed.get(f"why-{paper['id']}", "")}
        for paper in paper_choices(case, language)
    ]


def _text(post: QueryDict, name: str) -> str:
    return post.get(name, "").strip()


def _asked_items(post: QueryDict) -> list[dict[str, str]]:
    papers = [{"paper": paper, "text": _text(post, f"why-{paper}")} for paper in post.getlist("paper")]
    other = _text(post, "other")
    return [*papers, {"paper": "", "text": other}] if other else papers


def _attach_scan(actor: Actor, pk: UUID, request: HttpRequest, now: datetime) -> None:
    """Take in every file that was chosen; of those that could not be taken the first is said."""
    paper = _text(request.POST, "paper") or "other"
    refused = []
    for upload in request.FILES.getlist("file"):
        try:
            added = supplement.attach(actor, pk, paper, content_of(upload), name=upload.name or "scan", source="desk", now=now)
            say_what_to_look_at(request, added)
        except Refusal as refusal:
            refused.append(refusal)

    def add(chosen: str, name: str, content: bytes) -> None:
        say_what_to_look_at(request, supplement.attach(actor, pk, chosen, content, name=name, source="scanner", now=now))

    assert actor.commune_id is not None
    refused += taken_from_scanner(people.commune_of(actor.commune_id), request.POST, add, now=now)
    if refused:
        raise refused[0]
    if not request.FILES and not any(name.startswith(FIELD) and value for name, value in request.POST.items()):
        raise Refusal("dossiers.no_file")


def _attach_result(actor: Actor, pk: UUID, request: HttpRequest, now: datetime) -> Dossier:
    upload = request.FILES.get("file")
    content = content_of(upload) if upload else b""
    name = (upload.name if upload else "") or "result.pdf"
    return results.attach_result(actor, pk, _text(request.POST, "number"), content, name=name, now=now)


def _apology_ahead(actor: Actor, dossier: Dossier, request: HttpRequest, now: datetime) -> dict[str, Any]:
    day = day_or_none(request.POST.get("new_due_on", ""))
    return promise_shown(dossier, extension.look_ahead(actor, dossier, _text(request.POST, "reason"), day, now=now))


def _prepared(post: QueryDict) -> dict[str, Any]:
    return {name.removeprefix(TYPED): post.get(name, "").strip() for name in post if name.startswith(TYPED)}


MOVES: dict[str, Make] = {
    "register": lambda actor, pk, request, now: intake.register(actor, pk, _text(request.POST, "national_code"), now=now),
    "accept": lambda actor, pk, request, now: intake.accept(actor, pk, now=now),
    "refuse": lambda actor, pk, request, now: intake.refuse(
        actor, pk, _text(request.POST, "reason"), _text(request.POST, "legal_ground"), now=now
    ),
    "take": lambda actor, pk, request, now: examination.take(actor, pk, now=now),
    "ask_for_more": lambda actor, pk, request, now: examination.ask_for_more(actor, pk, _asked_items(request.POST), now=now),
    "add_supplement": lambda actor, pk, request, now: supplement.add_supplement(actor, pk, _text(request.POST, "answer"), now=now),
    "extend": lambda actor, pk, request, now: extension.extend(
        actor, pk, _text(request.POST, "reason"), day_or_none(request.POST.get("new_due_on", "")), now=now
    ),
    "stop": lambda actor, pk, request, now: examination.stop(
        actor, pk, _text(request.POST, "reason"), _text(request.POST, "legal_ground"), now=now
    ),
    "resume": lambda actor, pk, request, now: examination.resume(actor, pk, now=now),
    "withdraw": lambda actor, pk, request, now: examination.withdraw(actor, pk, _text(request.POST, "reason"), now=now),
    "prepare_result": lambda actor, pk, request, now: results.prepare_result(actor, pk, _prepared(request.POST), now=now),
    "attach_result": _attach_result,
    "send_back": lambda actor, pk, request, now: results.send_back(actor, pk, _text(request.POST, "reason"), now=now),
    "sign": lambda actor, pk, request, now: results.sign_result(actor, pk, clock=clock.now),
    "charge": lambda actor, pk, request, now: money.charge(
        actor, pk, parse_vnd(request.POST.get("amount", "")), _text(request.POST, "basis"), now=now
    ),
    "request_payment": lambda actor, pk, request, now: money.request_payment(actor, pk, now=now),
    "take_payment": lambda actor, pk, request, now: money.take_payment(
        actor,
        pk,
        parse_vnd(_text(request.POST, "amount")),
        _text(request.POST, "receipt_number"),
        method="transfer" if _text(request.POST, "method") == "transfer" else "cash",
        now=now,
    ),
    "waive": lambda actor, pk, request, now: money.waive(actor, pk, _text(request.POST, "reason"), now=now),
    "hand_over": lambda actor, pk, request, now: delivery.hand_over(
        actor,
        pk,
        _text(request.POST, "recipient_name"),
        _text(request.POST, "shown_paper"),
        signed_for=request.POST.get("signed_for") == "yes",
        now=now,
    ),
    "send_by_post": lambda actor, pk, request, now: post.send_by_post(
        actor,
        pk,
        _text(request.POST, "tracking_number"),
        PostedTo(_text(request.POST, "recipient_name"), _text(request.POST, "return_address"), _text(request.POST, "return_area")),
        day_typed(_text(request.POST, "on")),
        now=now,
    ),
    "note_delivered": lambda actor, pk, request, now: post.note_delivered(actor, pk, day_typed(_text(request.POST, "on")), now=now),
    "note_returned": lambda actor, pk, request, now: post.note_returned(
        actor, pk, day_typed(_text(request.POST, "on")), _text(request.POST, "reason"), now=now
    ),
    "attach": _attach_scan,
}
