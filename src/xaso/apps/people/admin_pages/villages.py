"""`/quan-tri/thon/` and `/quan-tri/don-vi-cu/`: the villages and the old communes they belonged to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.people import queries
from xaso.apps.people.access import require
from xaso.apps.people.actions import villages as actions
from xaso.apps.people.admin_pages.forms import FormerUnitForm, SheetForm, VillageForm
from xaso.apps.people.admin_pages.sheets import imported, sheet_response
from xaso.apps.people.guard import actor_who_asks, for_administrators
from xaso.apps.people.roles import Role
from xaso.apps.people.shapes import FormerUnit, Village
from xaso.kernel.errors import Refusal
from xaso.kernel.text import fold
from xaso.platform import clock
from xaso.platform.errors import words_for

ROWS_A_PAGE = 50
LIST, UNITS = "/quan-tri/thon/", "/quan-tri/don-vi-cu/"


@require_GET
@for_administrators
def show_villages(request: HttpRequest) -> HttpResponse:
    """Show the villages, narrowed and paged by the address."""
    text, old_unit = request.GET.get("q", "").strip()[:100], request.GET.get("xa-cu", "")
    only_open = request.GET.get("chua-xac-nhan") == "1"
    everyone = queries.villages(_commune(request))
    rows = narrowed(everyone, request.GET)
    query = request.GET.copy()
    query.pop("trang", None)
    context = {
        "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("trang")),
        "wanted": {"text": text, "old_unit": old_unit, "only_open": only_open},
        "all": len(everyone),
        "open": sum(village.unverified for village in everyone),
        "units": queries.former_units(_commune(request)),
        "query": query.urlencode(),
        "here": request.get_full_path(),
    }
    return render(request, "people/admin/villages.html", context)


def narrowed(everyone: list[Village], get: QueryDict) -> list[Village]:
    """Return the villages that the address asks for."""
    text, old_unit = fold(get.get("q", "").strip()[:100]), get.get("xa-cu", "")
    only_open = get.get("chua-xac-nhan") == "1"
    return [
        village
        for village in everyone
        if text in fold(f"{village.name} {village.code}") and old_unit in {"", village.old_unit} and (village.unverified or not only_open)
    ]


@require_http_methods(["GET", "POST"])
@for_administrators
def add_village(request: HttpRequest) -> HttpResponse:
    """Add one village, then offer the next."""
    form = VillageForm(request.POST or None, units=queries.former_units(_commune(request)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_village(actor_who_asks(request), form.facts(), now=clock.now())
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã thêm thôn %(name)s.") % {"name": form.cleaned_data["name"]})
            return HttpResponseRedirect(f"{LIST}moi/" if "next" in request.POST else LIST)
    return render(request, "people/admin/village.html", {"form": form, "village": None}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_administrators
def change_village(request: HttpRequest, village_id: UUID) -> HttpResponse:
    """Rename a village, move it to another old commune, confirm it."""
    village, units = _village(request, village_id), queries.former_units(_commune(request))
    form = VillageForm(request.POST or None, units=units, initial=VillageForm.typed_before(village, units))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_village(actor_who_asks(request), village_id, form.facts(), now=clock.now())
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã lưu thôn %(name)s.") % {"name": form.cleaned_data["name"]})
            return HttpResponseRedirect(LIST)
    return render(request, "people/admin/village.html", {"form": form, "village": village}, status=422 if form.errors else 200)


@require_POST
@for_administrators
def remove_village(request: HttpRequest, village_id: UUID) -> HttpResponse:
    """Remove a village that was entered by mistake."""
    village = _village(request, village_id)
    try:
        actions.remove_village(actor_who_asks(request), village_id, now=clock.now())
    except Refusal as refusal:
        messages.error(request, words_for(refusal))
        return HttpResponseRedirect(f"{LIST}{village_id}/")
    messages.success(request, _("Đã xóa thôn %(name)s.") % {"name": village.name})
    return HttpResponseRedirect(LIST)


@require_POST
@for_administrators
def confirm_villages(request: HttpRequest) -> HttpResponse:
    """Take the mark “not confirmed” off the villages that were ticked."""
    actor, units = actor_who_asks(request), {unit.name: unit.id for unit in queries.former_units(_commune(request))}
    ticked = set(request.POST.getlist("thon"))
    chosen = [village for village in queries.villages(_commune(request)) if str(village.id) in ticked and village.unverified]
    for village in chosen:
        facts = actions.VillageFacts(village.name, units.get(village.old_unit), village.code, village.households)
        actions.change_village(actor, village.id, facts, now=clock.now())
    said = ngettext("Đã xác nhận %(count)s thôn.", "Đã xác nhận %(count)s thôn.", len(chosen)) % {"count": len(chosen)}
    messages.success(request, said if chosen else _("Anh/chị chọn ít nhất một thôn rồi xác nhận."))
    return HttpResponseRedirect(_back(request))


@require_http_methods(["GET", "POST"])
@for_administrators
def import_villages(request: HttpRequest) -> HttpResponse:
    """Take a sheet in and tell what became of each row."""
    form = SheetForm(request.POST or None, request.FILES or None)
    outcome = imported(request, form, actions.import_villages)
    return render(request, "people/admin/villages_import.html", {"form": form, "outcome": outcome}, status=422 if form.errors else 200)


@require_GET
@for_administrators
def village_sheet(request: HttpRequest) -> HttpResponse:
    """Send the empty sheet."""
    return sheet_response(actions.village_sheet(), "danh-sach-thon-mau.xlsx")


@require_http_methods(["GET", "POST"])
@for_administrators
def former_units(request: HttpRequest) -> HttpResponse:
    """Show the old communes with the number of their villages, and add one."""
    form = FormerUnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _add_unit(request, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã thêm %(name)s.") % {"name": form.cleaned_data["name"]})
            return HttpResponseRedirect(UNITS)
    everyone = queries.villages(_commune(request))
    units = [(unit, sum(village.old_unit == unit.name for village in everyone)) for unit in queries.former_units(_commune(request))]
    return render(request, "people/admin/former_units.html", {"form": form, "units": units}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_administrators
def change_former_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Correct an old commune."""
    unit = _unit(request, unit_id)
    form = FormerUnitForm(request.POST or None, initial=FormerUnitForm.typed_before(unit))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_former_unit(actor_who_asks(request), unit_id, now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã lưu %(name)s.") % {"name": form.cleaned_data["name"]})
            return HttpResponseRedirect(UNITS)
    return render(request, "people/admin/former_unit.html", {"form": form, "unit": unit}, status=422 if form.errors else 200)


@require_POST
@for_administrators
def remove_former_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Remove an old commune that was entered by mistake."""
    unit = _unit(request, unit_id)
    try:
        actions.remove_former_unit(actor_who_asks(request), unit_id, now=clock.now())
    except Refusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Đã xóa %(name)s.") % {"name": unit.name})
    return HttpResponseRedirect(UNITS)


def _add_unit(request: HttpRequest, typed: dict[str, Any]) -> None:
    names = {fold(unit.name) for unit in queries.former_units(_commune(request))}
    if fold(typed["name"]) in names:
        raise Refusal("people.former_unit_exists", name=typed["name"])
    actions.add_former_unit(
        actor_who_asks(request), typed["name"], typed["code"], typed["old_district"], typed["valid_until"], now=clock.now()
    )


def _commune(request: HttpRequest) -> UUID:
    return require(actor_who_asks(request), Role.ADMINISTRATOR)


def _village(request: HttpRequest, village_id: UUID) -> Village:
    found = next((village for village in queries.villages(_commune(request)) if village.id == village_id), None)
    if found is None:
        raise Http404
    return found


def _unit(request: HttpRequest, unit_id: UUID) -> FormerUnit:
    found = next((unit for unit in queries.former_units(_commune(request)) if unit.id == unit_id), None)
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest) -> str:
    """Return to the list as it was narrowed, never to another site."""
    back = request.POST.get("ve", "")
    return back if back.startswith(LIST) else LIST
