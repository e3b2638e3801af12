"""`/tin-nhan/den/`: the SMS that people sent and what became of each, filtered and paged by its address."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xaso.apps.notices import access, queries, rules, words
from xaso.apps.notices.adapters import ways_out
from xaso.apps.notices.models import Incoming
from xaso.apps.notices.queries import IncomingFilter
from xaso.platform import clock
from xaso.platform.guard import actor_of, for_roles

ROWS_A_PAGE = 50


@require_GET
@for_roles(*access.ROLES)
def show_incoming(request: HttpRequest) -> HttpResponse:
    """Show one page of the list, and above it the phones that try codes."""
    actor = actor_of(request)
    wanted = read_incoming_filter(request.GET)
    page = Paginator(queries.list_incoming(actor, wanted), ROWS_A_PAGE).get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query.pop("trang", None)
    counts = queries.count_by_fate(actor)
    context = {
        "wanted": wanted,
        "page": page,
        "rows": [_row(incoming) for incoming in page],
        "fates": [{"value": fate, "label": label, "count": counts[fate]} for fate, (label, _tone) in words.FATES.items()],
        "guessing": queries.guessing_phones(actor, clock.now()),
        "is_open": ways_out().incoming is not None,
        "query": query.urlencode(),
    }
    return render(request, "notices/incoming.html", context)


def read_incoming_filter(get: QueryDict) -> IncomingFilter:
    """Read the filter from the address; what can't be read is left open."""
    fate = get.get("xu-ly", "")
    return IncomingFilter(text=get.get("q", "").strip()[:100], fate=fate if fate in words.FATES else "")


def _row(incoming: Incoming) -> dict[str, Any]:
    label, tone = words.FATES[incoming.fate or "waiting"]
    return {"incoming": incoming, "label": label, "tone": tone, "is_phone": rules.sendable_phone(incoming.phone) is not None}
