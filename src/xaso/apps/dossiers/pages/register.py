"""`/so-theo-doi/`: the register, filtered and paged by its address, exported as XLSX."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xaso.apps.dossiers import access, groups, queries, shown
from xaso.apps.dossiers.actions import looking
from xaso.apps.dossiers.actions.searching import held_back
from xaso.apps.dossiers.looking_rules import PURPOSES
from xaso.apps.dossiers.pages.days import day_or_none
from xaso.apps.dossiers.pages.filing_screens import uuid_or_none
from xaso.apps.dossiers.pages.register_choices import UNKNOWN, choices_of
from xaso.apps.dossiers.pages.searching import address_of, held_back_in_words
from xaso.apps.dossiers.queries import RegisterFilter
from xaso.apps.people.facade import Role
from xaso.apps.procedures import facade as procedures
from xaso.platform import clock
from xaso.platform.guard import actor_of, for_roles
from xaso.platform.paging import BoundedPaginator
from xaso.platform.sheets import pages as sheet_pages

ROWS_A_PAGE = 50
GAP_ROLES = (Role.DESK.value, Role.CENTRE_HEAD.value, Role.CLERK.value)


@require_GET
@for_roles(*access.CASE_ROLES)
def show(request: HttpRequest) -> HttpResponse:
    """Show one page of the register."""
    actor, now = actor_of(request), clock.now()
    assert actor.commune_id is not None
    wanted = read_filter(request.GET)
    if wanted.text and "trang" not in request.GET:
        looking.note_search(actor, wanted.text, now=now)
    if held := held_back(actor, wanted.text, now=now):
        return render(
            request, "dossiers/why_searched.html", {"wanted": wanted, "said": held_back_in_words(len(held)), "purposes": PURPOSES.items()}
        )
    paginator = BoundedPaginator(queries.columns_of(queries.register_rows(actor, wanted, now=now)), ROWS_A_PAGE, counted_by="commune_id")
    page = paginator.get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "wanted": wanted,
        "page": page,
        "lines": shown.lines(queries.listed(page), now),
        **choices_of(wanted, actor.commune_id, request.LANGUAGE_CODE),
        "query": query.urlencode(),
        "kept": None if paginator.is_cut else queries.kept_counts(actor, wanted, now=now),
        "group_words": groups.WORDS.get(wanted.group) or groups.MARKS.get(wanted.group),
        "field_words": procedures.field_words(wanted.field) if wanted.field else "",
        "unread_days": any(request.GET.get(name) and not day for name, day in (("tu", wanted.since), ("den", wanted.until))),
        "sees_gaps": actor.holds(*GAP_ROLES),
    }
    return render(request, "dossiers/register.html", context)


@require_GET
@for_roles(*access.CASE_ROLES)
def export(request: HttpRequest) -> HttpResponseBase:
    """Send the filtered register as a workbook, at the address it always had."""
    text = read_filter(request.GET).text
    if held_back(actor_of(request), text, now=clock.now()):
        return HttpResponseRedirect(address_of(text))
    return sheet_pages.send(request, "so-theo-doi")


@require_GET
@for_roles(*GAP_ROLES)
def gaps(request: HttpRequest) -> HttpResponse:
    """Show the numbers of results that were given up, a year at a time."""
    actor = actor_of(request)
    years = queries.years_of_gaps(actor)
    year = chosen_year(years, request.GET)
    rows = [shown.gap_row(number) for number in queries.list_gaps(actor, year)] if year else []
    context = {"years": years, "year": year, "query": f"nam={year}", "rows": rows, "may_open": actor.holds(*access.CASE_ROLES)}
    return render(request, "dossiers/gaps.html", context)


def chosen_year(years: list[int], get: QueryDict) -> int | None:
    """Return the year that the address asks for, else the last one."""
    asked = get.get("nam", "")
    return int(asked) if asked.isdigit() and int(asked) in years else next(iter(years), None)


def read_filter(get: QueryDict) -> RegisterFilter:
    """Read the filter from the address; what can't be read is left open."""
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
        group=get.get("nhom", ""),
        field=get.get("linh-vuc", ""),
        village_unknown=get.get("thon") == UNKNOWN,
    )
