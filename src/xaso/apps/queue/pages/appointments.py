"""`/dat-lich/`: keep a time, see it, move it, let it go, say that one is here."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.queue import queries, rules, times, words
from xaso.apps.queue.actions import appointments
from xaso.apps.queue.forms import BookingForm
from xaso.apps.queue.models import Appointment, ServiceGroup
from xaso.apps.queue.pages.phone import commune_of, uuid_in
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of

FIELD_OF = {"queue.name_missing": "name", "queue.phone_wrong": "phone"}


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Show the groups that take appointments."""
    found = [group for group in queries.groups(commune_of(request)) if group.slot_capacity]
    return render(request, "queue/book_choose.html", {"rows": [(group, words.icon_of(group.fields)) for group in found]})


@never_cache
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Choose a day, then a time, then say who comes; sent, keep the time."""
    group = _group(request, group_id)
    days = queries.free_slots(group, clock.now())
    chosen = _day_of(days, request.GET.get("ngay", ""))
    form = BookingForm(request.POST or None, slots=chosen[1] if chosen else [])
    if request.method == "POST" and form.is_valid():
        try:
            facts = {"name": form.cleaned_data["name"], "phone": form.cleaned_data["phone"]}
            press = uuid_in(request, "key")
            made = appointments.book(actor_of(request), group.id, form.cleaned_data["slot"], **facts, key=press, now=clock.now())
        except Refusal as refusal:
            form.add_error(FIELD_OF.get(refusal.code), words_for(refusal))
        else:
            return HttpResponseRedirect(f"/dat-lich/phieu/{made.token}/")
    key = request.POST.get("key", "") or str(uuid4())
    context = {"group": group, "days": days, "chosen": chosen, "form": form, "key": key}
    return render(request, "queue/book.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show an appointment with what one can do about it."""
    appointment = _appointment(request, token)
    now = clock.now()
    label, tone = words.APPOINTMENTS[appointment.state]
    context = {
        "appointment": appointment,
        "label": label,
        "tone": tone,
        "may_change": appointment.state == "booked" and appointment.starts_at > now,
        "may_arrive": _may_arrive(appointment, now),
        "is_closed": appointment.starts_at > now and times.is_closed(appointment.group, appointment.starts_at),
        "arrives_from": appointment.starts_at - rules.ARRIVE_BEFORE,
        "late_from": appointment.starts_at + rules.LATE_AFTER,
        "address": f"{settings.PUBLIC_URL}/dat-lich/phieu/{token}/",
    }
    return render(request, "queue/appointment.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Choose another time; sent, move the appointment there."""
    appointment = _appointment(request, token)
    days = queries.free_slots(appointment.group, clock.now())
    chosen = _day_of(days, request.GET.get("ngay", ""))
    fault = ""
    if request.method == "POST":
        try:
            appointments.change(actor_of(request), token, _moment(request.POST.get("slot", "")), now=clock.now())
        except Refusal as refusal:
            fault = words_for(refusal)
        else:
            messages.success(request, _("Đã đổi giờ hẹn."))
            return HttpResponseRedirect(f"/dat-lich/phieu/{token}/")
    context = {"appointment": appointment, "days": days, "chosen": chosen, "fault": fault, "back_url": f"/dat-lich/phieu/{token}/"}
    return render(request, "queue/book_change.html", context, status=422 if fault else 200)


@require_POST
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Let the time go."""
    _appointment(request, token)
    try:
        appointments.cancel(actor_of(request), token)
    except Refusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Đã hủy lịch hẹn."))
    return HttpResponseRedirect(f"/dat-lich/phieu/{token}/")


@require_POST
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """Say that one is here, and get the number."""
    _appointment(request, token)
    try:
        ticket = appointments.arrive(actor_of(request), token, now=clock.now())
    except Refusal as refusal:
        messages.error(request, words_for(refusal))
        return HttpResponseRedirect(f"/dat-lich/phieu/{token}/")
    return HttpResponseRedirect(f"/lay-so/{ticket.token}/")


def _may_arrive(appointment: Appointment, now: datetime) -> bool:
    is_today = times.local_day(appointment.starts_at) == times.local_day(now)
    return appointment.state == "booked" and is_today and now >= appointment.starts_at - rules.ARRIVE_BEFORE


def _group(request: HttpRequest, group_id: UUID) -> ServiceGroup:
    try:
        group = queries.get_group(commune_of(request), group_id)
    except Refusal as refusal:
        raise Http404 from refusal
    if not group.slot_capacity:
        raise Http404
    return group


def _appointment(request: HttpRequest, token: str) -> Appointment:
    try:
        return queries.appointment_of(commune_of(request), token)
    except Refusal as refusal:
        raise Http404 from refusal


def _day_of(days: list[Any], text: str) -> Any:
    """Return the day of the address with its free times; None when there is none such."""
    return next(((day, free) for day, free in days if day.isoformat() == text), None)


def _moment(text: str) -> datetime:
    """Read the time of a choice. Raises Refusal `queue.slot_unknown`."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refusal("queue.slot_unknown") from error
    return found if found.tzinfo else found.replace(tzinfo=VN)
