"""`/quan-tri/ngay-lam-viec/`: the commune's own days off and days worked in exchange."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xaso.apps.people import queries
from xaso.apps.people.actions.local_days import add_local_day, remove_local_day
from xaso.apps.people.guard import actor_who_asks, for_administrators
from xaso.kernel.errors import Refusal
from xaso.kernel.partial_dates import PartialDate
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.calendar import national_days
from xaso.platform.errors import words_for

ADDRESS = "/quan-tri/ngay-lam-viec/"


@require_http_methods(["GET", "POST"])
@for_administrators
def show(request: HttpRequest) -> HttpResponse:
    """Show this year's and the next years' special days; sent, add one of the commune's own."""
    actor, now = actor_who_asks(request), clock.now()
    assert actor.commune_id is not None
    error = ""
    if request.method == "POST":
        try:
            day = _day(request.POST.get("day", ""))
            add_local_day(actor, day, request.POST.get("kind", ""), request.POST.get("ground", ""), now=now)
        except Refusal as refusal:
            if refusal.code == "people.not_found":
                raise Http404 from refusal
            error = words_for(refusal)
        else:
            messages.success(request, _("Đã ghi. Hồ sơ tiếp nhận từ nay tính hạn theo ngày này; hồ sơ đã hẹn giữ nguyên ngày hẹn."))
            return HttpResponseRedirect(ADDRESS)
    today = now.astimezone(VN).date()
    context = {
        "own": [(day, day.day >= today) for day in queries.list_local_days(actor.commune_id)],
        "national": [special for special in national_days() if special.day.year >= today.year],
        "error": error,
        "typed": request.POST,
    }
    return render(request, "people/admin/local_days.html", context, status=422 if error else 200)


@require_POST
@for_administrators
def remove(request: HttpRequest, local_day_id: UUID) -> HttpResponse:
    """Take one of the commune's own days back."""
    try:
        remove_local_day(actor_who_asks(request), local_day_id, now=clock.now())
    except Refusal as refusal:
        if refusal.code == "people.not_found":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Đã bỏ ngày này."))
    return HttpResponseRedirect(ADDRESS)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(PartialDate.parse(text).iso)
    except (Refusal, ValueError) as error:
        raise Refusal("people.local_day_wrong") from error
