"""`/goi-dien/`: whom an official is to call, what to say, and what came of it."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xaso.apps.notices import access, queries, rules, words
from xaso.apps.notices.actions.calls import Tried, call_again, first_caller, let_machine_call, note_call
from xaso.apps.notices.flow import CALLS
from xaso.apps.notices.models import Call
from xaso.apps.notices.queries import CallFilter
from xaso.apps.speech import facade as speech
from xaso.kernel.errors import Refusal
from xaso.kernel.speaking import spoken
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, for_roles
from xaso.platform.templatetags.xaso import clock as shown_clock
from xaso.platform.templatetags.xaso import day as shown_day

ROWS_A_PAGE = 30
LIST = "/goi-dien/"
LATER_HOURS = (8, 10, 14, 16, 19)
LATER_DAYS = 3


@require_GET
@for_roles(*access.ROLES)
def show_calls(request: HttpRequest) -> HttpResponse:
    """Show one page of the list, what is due first."""
    actor, now = actor_of(request), clock.now()
    wanted = read_call_filter(request.GET)
    page = Paginator(queries.list_calls(actor, wanted), ROWS_A_PAGE).get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query.pop("trang", None)
    counts = queries.count_calls(actor)
    context = {
        "wanted": wanted,
        "page": page,
        "rows": [_row(call, actor.roles, now) for call in page],
        "states": [{"value": state, "label": label, "count": counts[state]} for state, (label, _tone) in words.CALL_STATES.items()],
        "later": _later(now),
        "query": query.urlencode(),
        "here": request.get_full_path(),
    }
    return render(request, "notices/calls.html", context)


@require_POST
@for_roles(*access.ROLES)
def note_outcome(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Note what came of a call, put it back into the list or let the machine make it, and return to the list as it was filtered."""
    outcome = request.POST.get("outcome", "")
    try:
        if outcome == "again":
            call = call_again(actor_of(request), call_id, now=clock.now())
        elif outcome == "machine":
            call = let_machine_call(actor_of(request), call_id, now=clock.now())
        else:
            call = note_call(actor_of(request), call_id, Tried(outcome, _moment(request.POST)), now=clock.now())
    except Refusal as refusal:
        if refusal.code == "notices.not_found":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _noted(call, outcome))
    back = request.POST.get("ve", "")
    return redirect(back if back.startswith(f"{LIST}?") else LIST)


@require_GET
@for_roles(*access.ROLES)
def sound_of_call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Give what is to be said as a sound, where a machine here speaks the language."""
    call = queries.find_call(actor_of(request), call_id)
    if call is None:
        raise Http404
    try:
        opus = speech.opus_of(call.text, call.language)
    except speech.VoiceFailed as failure:
        raise Http404 from failure
    return HttpResponse(opus, content_type="audio/ogg", headers={"Cache-Control": "private, max-age=3600"})


def read_call_filter(get: QueryDict) -> CallFilter:
    """Read the filter from the address; what can't be read shows whom to call."""
    state = get.get("trang-thai", "waiting")
    return CallFilter(text=get.get("q", "").strip()[:100], state=state if state in words.CALL_STATES or not state else "waiting")


def _noted(call: Call, outcome: str) -> str:
    """Return what was noted of a call, and when to try again if somebody is to."""
    if outcome == "machine":
        at = {"name": call.name, "clock": shown_clock(call.due_at), "day": shown_day(call.due_at)}
        return _("Máy gọi cho %(name)s từ %(clock)s ngày %(day)s.") % at
    said = {"name": call.name, "outcome": words.OUTCOMES.get(outcome, words.CALL_STATES[call.state][0])}
    if call.state != "waiting" or outcome not in words.OUTCOMES:
        return _("Đã ghi cuộc gọi cho %(name)s: %(outcome)s.") % said
    said |= {"clock": shown_clock(call.due_at), "day": shown_day(call.due_at)}
    return _("Đã ghi cuộc gọi cho %(name)s: %(outcome)s. Gọi lại từ %(clock)s ngày %(day)s.") % said


def _row(call: Call, roles: frozenset[str], now: datetime) -> dict[str, Any]:
    is_machines = call.by == "machine" and first_caller() == "machine"
    is_due = call.state == "waiting" and call.due_at <= now
    tries = list(call.tries.all())
    missed_at = tries[-1].at if tries else None
    is_being_made = is_machines and call.state == "waiting" and rules.is_being_made(call.due_at, missed_at, call.misses, now=now)
    label, tone = words.CALL_STATES[call.state]
    if is_machines and call.state == "waiting":
        label, tone = words.MACHINE_CALLS if is_being_made else words.MACHINE_WILL_CALL
    elif is_due:
        label, tone = words.CALL_DUE
    verbs = CALLS.verbs(call.state, roles)
    return {
        "call": call,
        "label": label,
        "tone": tone,
        "is_due": is_due and not is_machines,
        "is_later": call.state == "waiting" and not is_due and not is_being_made,
        "may_go_to_machine": "hand_to_machine" in verbs and first_caller() == "machine" and not (is_machines and (is_due or is_being_made)),
        "verbs": verbs,
        "may_hear": speech.can_speak(call.language),
        "said": spoken(call.text, call.language),
        "tries": [{"at": one.at, "by": one.by, "outcome": words.OUTCOMES[one.outcome]} for one in tries],
    }


def _later(now: datetime) -> list[datetime]:
    """Return the times at which somebody may ask to be called again."""
    today = now.astimezone(VN).date()
    days = (today + timedelta(days=ahead) for ahead in range(LATER_DAYS))
    return [at for day in days for at in _times_of(day) if at > now]


def _times_of(day: date) -> list[datetime]:
    return [datetime.combine(day, time(hour), tzinfo=VN) for hour in LATER_HOURS]


def _moment(post: QueryDict) -> datetime | None:
    """Return the time that was chosen; None for none, or for one that can't be read."""
    try:
        at = datetime.fromisoformat(post.get("again_at", ""))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=VN)
