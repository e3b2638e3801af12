"""`/so-theo-doi/in/`: the register (form 07) for print, a month or the whole filter at a time."""

from calendar import monthrange
from datetime import date

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access, queries, words
from xaso.apps.dossiers.actions.searching import held_back
from xaso.apps.dossiers.pages.register import read_filter
from xaso.apps.dossiers.pages.searching import address_of
from xaso.apps.dossiers.papers.register_print import register_print
from xaso.apps.dossiers.queries import RegisterFilter
from xaso.apps.procedures import facade as procedures
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.guard import actor_of, for_roles

QUICK_ROWS = 1000
ROWS_A_SECOND = 700
"""How fast rows become pages: 1,000 a second on an idle machine of two cores, 430 on one that was four times overloaded."""


@require_GET
@for_roles(*access.CASE_ROLES)
def show(request: HttpRequest) -> HttpResponse:
    """Offer the filtered register for print: all of it, and month by month; tell how long a long one takes."""
    actor, now = actor_of(request), clock.now()
    wanted = read_filter(request.GET)
    if held_back(actor, wanted.text, now=now):
        return HttpResponseRedirect(address_of(wanted.text))
    months = queries.months_of(actor, wanted, now=now)
    number = sum(count for _month, count in months)
    query = request.GET.copy()
    query.pop("trang", None)
    rest = query.copy()
    for name in ("tu", "den"):
        rest.pop(name, None)
    context = {
        "number": number,
        "months": [{"month": month, "number": count, **_days_of(month, wanted)} for month, count in months] if len(months) > 1 else [],
        "query": query.urlencode(),
        "rest": rest.urlencode(),
        "span": _span(wanted, months),
        "filter": _filter_in_words(wanted),
        "seconds": number // ROWS_A_SECOND + 1 if number > QUICK_ROWS else 0,
    }
    return render(request, "dossiers/register_print.html", context)


@require_GET
@for_roles(*access.CASE_ROLES)
def pdf(request: HttpRequest) -> HttpResponseBase:
    """Send the filtered register as a PDF."""
    actor, now = actor_of(request), clock.now()
    assert actor.commune_id is not None
    wanted = read_filter(request.GET)
    if held_back(actor, wanted.text, now=now):
        return HttpResponseRedirect(address_of(wanted.text))
    audit.note_list(actor, "so-theo-doi", queries.register_rows(actor, wanted, now=now).order_by().count(), now)
    with override("vi"):
        head = {"span": _span(wanted, queries.months_of(actor, wanted, now=now)), "filter": _filter_in_words(wanted)}
    file = register_print(queries.printed_rows(actor, wanted, now=now), actor.commune_id, head, now=now)
    answer = FileResponse(file, filename=f"so-theo-doi-{now:%Y%m%d}.pdf", content_type="application/pdf")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _days_of(month: date, wanted: RegisterFilter) -> dict[str, date]:
    """Return the days of a month that the filter leaves open."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    return {"since": max(filter(None, (month, wanted.since))), "until": min(filter(None, (last, wanted.until)))}


def _span(wanted: RegisterFilter, months: list[tuple[date, int]]) -> str:
    """Say which days the print covers; where the filter leaves an end open, the month of the first or last row."""
    if not months:
        return _("Không có hồ sơ nào")
    first, last = months[0][0], months[-1][0]
    since = wanted.since or first
    until = wanted.until or last.replace(day=monthrange(last.year, last.month)[1])
    return _("Hồ sơ nộp từ ngày %(since)s đến ngày %(until)s") % {"since": f"{since:%d/%m/%Y}", "until": f"{until:%d/%m/%Y}"}


def _filter_in_words(wanted: RegisterFilter) -> str:
    """Say what else narrows the rows, so that nobody takes a part for the whole book."""
    parts = [
        _("tìm “%(text)s”") % {"text": wanted.text} if wanted.text else "",
        str(words.STATES[wanted.state][0]) if wanted.state in words.STATES else "",
        _procedure(wanted.procedure_code),
        str(words.CHANNELS[wanted.channel]) if wanted.channel in words.CHANNELS else "",
        _("một thôn") if wanted.village_id else "",
        _("chỉ quá hạn") if wanted.late_only else "",
        str(words.DELIVERY[wanted.delivery_state][0]) if wanted.delivery_state in words.DELIVERY else "",
    ]
    told = "; ".join(filter(None, parts))
    return _("Chỉ gồm: %(filter)s") % {"filter": told} if told else ""


def _procedure(code: str) -> str:
    versions = procedures.versions_in_force(clock.now().astimezone(VN).date()) if code else []
    return next((version.plain_name["vi"] for version in versions if version.code == code), code)
