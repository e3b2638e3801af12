"""Who looked: officials say what they uncover a dossier for, applicants read it at `/ai-da-xem/`, the head answers."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access, queries
from xaso.apps.dossiers.actions import looking
from xaso.apps.dossiers.actions.searching import FOUND
from xaso.apps.dossiers.options import LOOK_ANSWER_DAYS
from xaso.apps.dossiers.shown_looks import beside_their_work, look_shown, looks
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, confirmed, for_roles, to_sign_in
from xaso.platform.personal_data import Person, subjects_of

LINES_SHOWN = 300
UNUSUAL_DAYS = 30
ADDRESS = "/ai-da-xem/"
QUESTIONS = "/ai-da-xem/cau-hoi/"


@require_POST
@for_roles(*access.CASE_ROLES)
@confirmed
def uncover(request: HttpRequest, code: str) -> HttpResponse:
    """Uncover what is sensitive in a dossier, for a purpose that is written down."""
    actor, posted = actor_of(request), request.POST
    try:
        dossier = queries.get_by_code(actor, code)
        looking.uncover(actor, dossier.id, posted.get("purpose", ""), posted.get("words", ""), now=clock.now())
    except Refusal as refusal:
        if refusal.code == "dossiers.not_found":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
        return HttpResponseRedirect(f"/ho-so/{code}/?mo=xem#xem")
    return HttpResponseRedirect(f"/ho-so/{dossier.code}/")


@require_GET
def who_looked(request: HttpRequest) -> HttpResponse:
    """Show the applicant who looked at, changed or exported what of hers."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request)
    if actor.citizen_id is None:
        raise Http404
    mine = queries.my_dossiers(actor)
    traces = audit.traces_of(_own_subjects(actor), limit=LINES_SHOWN)
    if mine and actor.commune_id:
        since = min(dossier.submitted_at for dossier in mine)
        traces += audit.last_traces(actor.commune_id, [looking.EXPORTED, audit.LIST_TAKEN], since=since, limit=LINES_SHOWN)
        traces = sorted(traces, key=lambda one: one.at, reverse=True)[:LINES_SHOWN]
    questions = {one.about.id: one for one in audit.questions_of(actor.citizen_id)}
    lines = looks(traces, questions, actor.account_id)
    return render(request, "dossiers/who_looked.html", {"lines": lines, "limit": LINES_SHOWN, "days": LOOK_ANSWER_DAYS.value()})


@require_POST
def ask(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Ask about one line."""
    actor, now = actor_of(request), clock.now()
    if actor.kind == "anonymous":
        return to_sign_in(request)
    if actor.citizen_id is None:
        raise Http404
    about = {*_own_subjects(actor), f"commune:{actor.commune_id}"}
    try:
        audit.ask(actor, entry_id, request.POST.get("question", ""), about=about, due_on=_due_on(now), now=now)
    except Refusal as refusal:
        if refusal.code == "audit.not_found":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Xã đã nhận câu hỏi. Câu trả lời hiện ngay dưới dòng ấy và được nhắn cho anh/chị."))
    return HttpResponseRedirect(f"{ADDRESS}#d-{entry_id}")


def _own_subjects(actor: Actor) -> list[str]:
    """Return under what the record keeps all that is the citizen's own: her dossiers, her data, her requests."""
    assert actor.commune_id is not None
    assert actor.citizen_id is not None
    return subjects_of(Person(actor.commune_id, actor.citizen_id, actor.account_id))


def _due_on(now: datetime) -> date:
    return (now.astimezone(VN) + timedelta(days=LOOK_ANSWER_DAYS.value())).date()


@require_GET
@for_roles(*access.LOOK_ROLES)
def questions(request: HttpRequest) -> HttpResponse:
    """Show the questions that wait, who looked at what was not her work in the last days, and what was searched for."""
    actor, now = actor_of(request), clock.now()
    assert actor.commune_id is not None
    verbs, since = [looking.LOOKED_BESIDE, looking.UNCOVERED, FOUND], now - timedelta(days=UNUSUAL_DAYS)
    traces = audit.last_traces(actor.commune_id, verbs, since=since, limit=LINES_SHOWN)
    context = {
        "questions": [(one, look_shown(one.about), _may_answer(actor, one)) for one in audit.open_questions(actor.commune_id)],
        "people": beside_their_work(traces),
        "lines": [look_shown(trace) for trace in traces],
        "searches": audit.last_traces(actor.commune_id, [looking.SEARCHED], since=since, limit=LINES_SHOWN),
        "days": UNUSUAL_DAYS,
        "limit": LINES_SHOWN,
        "today": now.astimezone(VN).date(),
    }
    return render(request, "dossiers/look_questions.html", context)


def _may_answer(actor: Actor, question: audit.Question) -> bool:
    return question.about.actor_id is None or question.about.actor_id != actor.account_id


@require_POST
@for_roles(*access.LOOK_ROLES)
def answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Answer a question."""
    try:
        audit.answer(actor_of(request), question_id, request.POST.get("answer", ""), now=clock.now())
    except Refusal as refusal:
        if refusal.code == "audit.not_found":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Đã trả lời. Người hỏi được nhắn tin."))
    return HttpResponseRedirect(QUESTIONS)
