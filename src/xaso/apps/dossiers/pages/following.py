"""`/ho-so-cua-toi/` and `/tra-cuu/`: how applicants follow, supplement, withdraw and receive, with or without an account."""

from dataclasses import replace
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.dossiers import access, queries, shown
from xaso.apps.dossiers.actions import examination, supplement
from xaso.apps.dossiers.flow import OWNER
from xaso.apps.dossiers.models import Attachment, Dossier
from xaso.apps.dossiers.pages.filing_screens import uuid_or_none
from xaso.apps.dossiers.pages.journey import begun_shown
from xaso.apps.dossiers.pages.looked_at_twice import say_what_to_look_at
from xaso.apps.dossiers.pages.parts import parts_context
from xaso.apps.dossiers.queries.following import MOST
from xaso.apps.dossiers.shown_asked import asked_for_phone
from xaso.apps.procedures import facade as procedures
from xaso.apps.satisfaction import facade as satisfaction
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import normalise_code
from xaso.platform import clock, ratelimit
from xaso.platform.actor import Actor
from xaso.platform.admission import content_of
from xaso.platform.errors import words_for
from xaso.platform.guard import Page, actor_of, to_sign_in
from xaso.platform.one_trip import in_one_trip

TRIES_PER_ADDRESS, TRIES_PER_CODE, WINDOW_SECONDS = 30, 10, 600
OPENED = "opened_dossiers"
MOST_OPENED = 20
OPEN_FOR = timedelta(hours=2)


def applicant_of(request: HttpRequest) -> Actor:
    """Return who asks, with what she opened by code in this session and not longer ago than OPEN_FOR: phones are shared."""
    since = (clock.now() - OPEN_FOR).timestamp()
    opened = [subject for subject, at in request.session.get(OPENED, {}).items() if at > since]
    return replace(actor_of(request), granted=frozenset(opened))


def for_applicants(page: Page) -> Page:
    """Open the page to applicants: who signed in, or opened a dossier by its code. Others are sent to sign in, and back."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        actor = applicant_of(request)
        if actor.kind == "anonymous" and not actor.granted:
            return to_sign_in(request)
        return page(request, *args, **kwargs)

    return guarded


@require_GET
@in_one_trip
def mine(request: HttpRequest) -> HttpResponse:
    """List the applicant's dossiers and drafts; a visitor is asked for a code or to sign in, an official is shown the register."""
    actor = applicant_of(request)
    if actor.holds(*access.CASE_ROLES):
        return HttpResponseRedirect("/so-theo-doi/")
    if actor.kind == "anonymous" and not actor.granted:
        return HttpResponseRedirect("/tra-cuu/")
    now = clock.now()
    rows = [shown.row(dossier, now) for dossier in queries.my_dossiers(actor)]
    context = {
        "rows": rows,
        "cut_at": len(rows) if len(rows) == MOST else 0,
        "drafts": [begun_shown(draft, request.LANGUAGE_CODE) for draft in queries.my_drafts(actor)],
        "unconfirmed": [
            (procedures.get_version(one.draft.version_id).name(request.LANGUAGE_CODE), one) for one in queries.waiting_for_my_word(actor)
        ],
        "opened": bool(actor.granted),
    }
    return render(request, "dossiers/mine.html", context)


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close what was opened by code: the next person at this phone sees none of it."""
    request.session.pop(OPENED, None)
    return HttpResponseRedirect("/tra-cuu/")


@require_GET
@in_one_trip
@for_applicants
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Show one dossier to its applicant: where it is, what is asked, what to print, the result. An official is shown the case."""
    actor = applicant_of(request)
    if actor.holds(*access.CASE_ROLES):
        return HttpResponseRedirect(f"/ho-so/{code}/")
    return _render(request, code)


@require_POST
@for_applicants
def add_supplement(request: HttpRequest, code: str) -> HttpResponse:
    """Take files one by one or hand the supplement in; whatever fails, what was given stays."""
    actor, now = applicant_of(request), clock.now()
    dossier = _dossier(request, actor, code)
    try:
        for field, uploads in request.FILES.lists():
            for upload in uploads:
                paper = field.removeprefix("file-")
                name = upload.name or "photo"
                added_now = supplement.attach(actor, dossier.id, paper, content_of(upload), name=name, source="phone", now=now)
                say_what_to_look_at(request, added_now)
        removed = uuid_or_none(request.POST.get("remove", ""))
        if removed:
            supplement.remove_attachment(actor, dossier.id, removed, now=now)
        if request.POST.get("do") == "send":
            supplement.add_supplement(actor, dossier.id, request.POST.get("answer", "").strip(), now=now)
            messages.success(request, _("Xã đã nhận giấy tờ bổ sung."))
    except Refusal as refusal:
        return _render(request, code, error=words_for(refusal), typed=request.POST, status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(f"/ho-so-cua-toi/{code}/")


@require_POST
@for_applicants
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Withdraw the application."""
    actor, now = applicant_of(request), clock.now()
    try:
        examination.withdraw(actor, _dossier(request, actor, code).id, request.POST.get("reason", ""), now=now)
    except Refusal as refusal:
        return _render(request, code, withdraw_error=words_for(refusal), typed=request.POST, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Anh/chị đã rút hồ sơ."))
    return HttpResponseRedirect(f"/ho-so-cua-toi/{code}/")


@require_http_methods(["GET", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Open a dossier by its code and the last four digits of phone or personal number; wrong and absent answer alike."""
    typed = {"code": request.GET.get("ma", ""), "digits": ""}
    if request.method == "GET":
        return render(request, "dossiers/look_up.html", {"typed": typed})
    typed = {"code": request.POST.get("code", "")[:60], "digits": request.POST.get("digits", "")[:10]}
    actor = actor_of(request)
    try:
        _count_try(actor, typed["code"])
    except Refusal as refusal:
        return render(request, "dossiers/look_up.html", {"typed": typed, "error": words_for(refusal)}, status=429)
    dossier = queries.find_by_code_and_digits(actor.commune_id, typed["code"], typed["digits"]) if actor.commune_id else None
    if dossier is None:
        error = _(
            "Không tìm thấy hồ sơ với mã và bốn số này. Anh/chị xem lại mã trên giấy hẹn và bốn số cuối điện thoại hoặc số định danh."
        )
        return render(request, "dossiers/look_up.html", {"typed": typed, "error": error}, status=404)
    ratelimit.forget(_code_key(typed["code"]))
    opened = {**request.session.get(OPENED, {}), access.subject_of(dossier.id): clock.now().timestamp()}
    request.session[OPENED] = dict(sorted(opened.items(), key=itemgetter(1))[-MOST_OPENED:])
    return HttpResponseRedirect(f"/ho-so-cua-toi/{dossier.code}/")


def _count_try(actor: Actor, code: str) -> None:
    """Count a try for the address it comes from and for the code, which may or may not exist. Raises Refusal `platform.too_many`."""
    now = clock.now()
    ratelimit.count(f"look-up:{actor.address}", limit=TRIES_PER_ADDRESS, window_seconds=WINDOW_SECONDS, now=now)
    ratelimit.count(_code_key(code), limit=TRIES_PER_CODE, window_seconds=WINDOW_SECONDS, now=now)


def _code_key(code: str) -> str:
    return f"look-up-code:{normalise_code(code)}"


def _dossier(request: HttpRequest, actor: Actor, code: str) -> Dossier:
    try:
        return queries.get_by_code(actor, code)
    except Refusal as refusal:
        raise Http404 from refusal


def _render(request: HttpRequest, code: str, *, status: int = 200, **extra: Any) -> HttpResponse:
    actor = applicant_of(request)
    case = queries.case_file(actor, _dossier(request, actor, code))
    context = shown.case_context(case, now=clock.now(), language=request.LANGUAGE_CODE)
    request_open = case.open_request
    added = [file for file in case.attachments if request_open and file.added_at >= request_open.asked_at]
    context |= {
        "just_filed": request.GET.get("moi") == "1",
        "is_owner": OWNER in queries.roles_on(actor, case.dossier),
        "follow_url": f"{settings.PUBLIC_URL}/tra-cuu/?ma={code}",
        "for_phone": {"code": case.dossier.code, "asked": asked_for_phone(case.dossier, request.LANGUAGE_CODE)},
        "asked": _asked_with_files(context["asked"], added),
        "linked": parts_context(actor, case.dossier, request.LANGUAGE_CODE),
        "postings": queries.postings_of(case.dossier) if case.dossier.return_by else [],
        "rate_url": satisfaction.find_link(access.subject_of(case.dossier.id), clock.now()) if case.handover else "",
    }
    return render(request, "dossiers/mine_one.html", {**context, **extra}, status=status)


def _asked_with_files(asked: list[dict[str, Any]], added: list[Attachment]) -> list[dict[str, Any]]:
    """Return what is asked for with the files given for it so far; a paper that is asked for twice takes its files at the first place."""
    seen: set[str] = set()
    shown_items = []
    for item in asked:
        first = item["paper"] not in seen
        seen.add(item["paper"])
        shown_items.append({**item, "first": first, "files": [file for file in added if first and file.paper_id == item["paper"]]})
    return shown_items
