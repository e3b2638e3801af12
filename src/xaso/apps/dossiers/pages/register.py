"""`/so-theo-doi/`: the register, filtered and paged by its address, exported as XLSX."""

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xaso.apps.dossiers import access, queries, shown, words
from xaso.apps.dossiers.export import register_workbook
from xaso.apps.dossiers.pages.days import day_or_none
from xaso.apps.dossiers.pages.filing_screens import uuid_or_none
from xaso.apps.dossiers.queries import RegisterFilter
from xaso.apps.people import facade as people
from xaso.apps.people.facade import Role
from xaso.apps.procedures import facade as procedures
from xaso.platform import clock
from xaso.platform.guard import actor_of, for_roles

ROWS_A_PAGE = 50
GAP_ROLES = (Role.DESK.value, Role.CENTRE_HEAD.value, Role.CLERK.value)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@for_roles(*access.CASE_ROLES)
def show(request: HttpRequest) -> HttpResponse:
    """Show one page of the register."""
    actor, now = actor_of(request), clock.now()
    assert actor.commune_id is not None
    wanted = read_filter(request)
    page = Paginator(queries.register_rows(actor, wanted, now=now), ROWS_A_PAGE).get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "wanted": wanted,
        "page": page,
        "rows": [shown.row(dossier, now) for dossier in page],
        "states": [(state, label) for state, (label, _tone) in words.STATES.items()],
        "channels": words.CHANNELS.items(),
        "procedures": procedures.listed(actor.commune_id, request.LANGUAGE_CODE),
        "villages": people.villages(actor.commune_id),
        "orders": words.REGISTER_ORDERS.items(),
        "deliveries": [(state, words.DELIVERY[state][0]) for state in ("ready", "downloaded", "handed_over")],
        "query": query.urlencode(),
        "kept": queries.kept_counts(actor, wanted, now=now),
        "unread_days": any(request.GET.get(name) and not day for name, day in (("tu", wanted.since), ("den", wanted.until))),
        "sees_gaps": actor.holds(*GAP_ROLES),
    }
    return render(request, "dossiers/register.html", context)


@require_GET
@for_roles(*access.CASE_ROLES)
def export(request: HttpRequest) -> FileResponse:
    """Send the filtered register as a workbook."""
    now = clock.now()
    rows = queries.register_rows(actor_of(request), read_filter(request), now=now)
    return FileResponse(register_workbook(rows, now=now), as_attachment=True, filename=f"so-theo-doi-{now:%Y%m%d}.xlsx", content_type=XLSX)


@require_GET
@for_roles(*GAP_ROLES)
def gaps(request: HttpRequest) -> HttpResponse:
    """Show the numbers of results that were given up, a year at a time."""
    actor = actor_of(request)
    years = queries.years_of_gaps(actor)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else next(iter(years), None)
    rows = [shown.gap_row(number) for number in queries.list_gaps(actor, year)] if year else []
    context = {"years": years, "year": year, "rows": rows, "may_open": actor.holds(*access.CASE_ROLES)}
    return render(request, "dossiers/gaps.html", context)


def read_filter(request: HttpRequest) -> RegisterFilter:
    """Read the filter from the address; what can't be read is left open."""
    get = request.GET
    return RegisterFilter(
        text=get.get("q", "").strip()[:100],
        state=get.get("trang-thai", ""),
        procedure_code=get.get("thu-tuc", ""),
        channel=get.get("kenh", ""),
        village_id=uuid_or_none(get.get("thon", "")),
        since=day_or_none(get.get("tu", "")),
        until=day_or_none(get.get("den", "")),
        late_only=get.get("qua-han") == "1",
        delivery_state=get.get("ket-qua", ""),
        order=get.get("xep", ""),
    )
