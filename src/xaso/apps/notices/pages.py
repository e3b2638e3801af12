"""`/tin-nhan/`: what people were told and what did not reach them, filtered and paged by its address."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xaso.apps.notices import access, queries, words
from xaso.apps.notices.actions.retry import retry
from xaso.apps.notices.adapters import ways_out
from xaso.apps.notices.flow import FLOW
from xaso.apps.notices.models import Message
from xaso.apps.notices.queries import MessageFilter
from xaso.apps.notices.rules import without_keys
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, for_roles

ROWS_A_PAGE = 50
LIST = "/tin-nhan/"


@require_GET
@for_roles(*access.ROLES)
def show_messages(request: HttpRequest) -> HttpResponse:
    """Show one page of the list."""
    actor = actor_of(request)
    wanted = read_filter(request.GET)
    page = Paginator(queries.list_messages(actor, wanted), ROWS_A_PAGE).get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "wanted": wanted,
        "page": page,
        "rows": [_row(message, actor) for message in page],
        "states": _states(actor),
        "channels": words.CHANNELS.items(),
        "closed": _closed(),
        "query": query.urlencode(),
        "here": request.get_full_path(),
    }
    return render(request, "notices/messages.html", context)


@require_POST
@for_roles(*access.ROLES)
def send_again(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Put one message back into the queue and return to the list as it was filtered."""
    try:
        message = retry(actor_of(request), message_id, now=clock.now())
    except Refusal as refusal:
        if refusal.code == "notices.not_found":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Tin cho %(name)s sẽ được gửi lại trong vài phút.") % {"name": message.recipient_name})
    back = request.POST.get("ve", "")
    return redirect(back if back.startswith(f"{LIST}?") else LIST)


def read_filter(get: QueryDict) -> MessageFilter:
    """Read the filter from the address; what can't be read is left open."""
    state, channel = get.get("trang-thai", ""), get.get("kenh", "")
    return MessageFilter(
        text=get.get("q", "").strip()[:100],
        state=state if state in FLOW.states else "",
        channel=channel if channel in words.CHANNELS else "",
    )


def _row(message: Message, actor: Actor) -> dict[str, Any]:
    label, tone = words.STATES[message.state]
    return {
        "message": message,
        "body": without_keys(message.body),
        "label": label,
        "tone": tone,
        "channel": words.CHANNELS[message.channel],
        "trouble": words.in_words(message.last_error),
        "may_retry": "retry" in FLOW.verbs(message.state, actor.roles),
    }


def _states(actor: Actor) -> list[dict[str, Any]]:
    counts = queries.count_by_state(actor)
    return [{"value": state, "label": label, "count": counts[state]} for state, (label, _tone) in words.STATES.items()]


def _closed() -> list[Any]:
    """Return the channels that have no way out, so that their messages wait."""
    ways = ways_out()
    return [words.CHANNELS[channel] for channel in ("sms", "email") if getattr(ways, channel) is None]
