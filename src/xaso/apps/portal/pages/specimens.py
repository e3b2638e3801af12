"""`/kieu-mau/`: every component that a page uses, alive, in both faces and in its states: plain, long, empty, faulty."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xaso.apps.portal.specimen_form import ANSWERS, EntryForm, spec
from xaso.kernel.forms import Row, Section
from xaso.platform.badges import due_badge
from xaso.platform.forms import DESK, BoundForm
from xaso.platform.rail import Room
from xaso.platform.registries import specimens

NOW = datetime(2026, 11, 23, 7, 32, tzinfo=UTC)
LONG_NAME = "Hoàng Nguyễn Phương Thảo Trang Thanh Mỹ Duyên Ngọc Bích Trâm"


@require_safe
def citizens(request: HttpRequest) -> HttpResponse:
    """Show the citizens' components."""
    context = {**_samples(), **_of_rooms(request, "citizens"), "form": _form(), "sections": _sections(request.LANGUAGE_CODE)}
    return render(request, "portal/specimens.html", context)


@require_safe
def officials(request: HttpRequest) -> HttpResponse:
    """Show the officials' components."""
    rooms = (Room("/kieu-mau/can-bo/", "home", "Việc hôm nay", True, 9), Room("/kieu-mau/", "people", "Mẫu cho bà con", False, None))
    context = {
        **_samples(),
        **_of_rooms(request, "officials"),
        "form": _form(layout=DESK),
        "entry": EntryForm({}),
        "rooms": rooms,
        "page": Paginator(range(2000), 50).page(7),
    }
    return render(request, "portal/specimens_officials.html", context)


def _of_rooms(request: HttpRequest, face: str) -> dict[str, Any]:
    """Return what the rooms show of their own parts, drawn, and the stylesheets that these need."""
    shown = [specimen for specimen in specimens if specimen.face == face]
    return {
        "parts": [render_to_string(specimen.template, specimen.context(), request) for specimen in shown],
        "stylesheets": sorted({sheet for specimen in shown for sheet in specimen.stylesheets}),
    }


def _form(**layout: Any) -> BoundForm:
    return BoundForm(spec(), ANSWERS, errors=spec().validate(ANSWERS), **layout)


def _sections(language: str) -> tuple[Section, ...]:
    """Return the summary of the sample's answers, and one of a screen with a single question."""
    alone = Section("place", _("Thôn"), (Row(_("Thôn"), "Nậm Ké", ("place",)),))
    return (*spec().summary(ANSWERS, language, yes_no=(_("Có"), _("Không"))), alone)


def _samples() -> dict[str, Any]:
    dues = [NOW - timedelta(days=1), NOW + timedelta(hours=3), NOW + timedelta(days=3)]
    badges = [due_badge(due, clock_stopped=False, now=NOW) for due in dues] + [due_badge(NOW, clock_stopped=True, now=NOW)]
    names = ["Sùng A Páo", LONG_NAME, "Mỷ", "Triệu Mùi Pết"]
    return {"now": NOW, "rows": list(zip(names, badges, strict=True)), "long_name": LONG_NAME}
