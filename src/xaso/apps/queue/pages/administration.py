"""`/quan-tri/goi-so/`: services, counters and machines at the door, from nothing."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.people import facade as people
from xaso.apps.queue import access, queries
from xaso.apps.queue.actions import setting_up
from xaso.apps.queue.forms import CounterForm, GroupForm, KioskForm
from xaso.apps.queue.models import ServiceCounter, ServiceGroup
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for

HOME = "/quan-tri/goi-so/"
GROUP_FIELDS = {
    "queue.name_missing": "name",
    "queue.letter_wrong": "letter",
    "queue.letter_taken": "letter",
    "queue.weekdays_missing": "weekdays",
    "queue.field_unknown": "covers",
    "queue.hours_turned": "open_until",
    "queue.slot_wrong": "slot_minutes",
}
COUNTER_FIELDS = {"queue.number_wrong": "number", "queue.number_taken": "number", "queue.groups_missing": "groups"}


@require_GET
@people.for_administrators
def overview(request: HttpRequest) -> HttpResponse:
    """Show everything that is set up, and what is missing."""
    return _overview(request, KioskForm())


def _overview(request: HttpRequest, form: KioskForm) -> HttpResponse:
    commune_id = access.commune_of(people.actor_who_asks(request))
    groups, counters = queries.groups(commune_id), queries.counters(commune_id)
    served = {group.id for counter in counters for group in counter.groups.all()}
    context = {
        "groups": groups,
        "counters": counters,
        "kiosks": queries.kiosks(commune_id),
        "unserved": [group.name for group in groups if group.id not in served],
        "form": form,
        "screen_address": f"{settings.PUBLIC_URL}/man-hinh/",
        "phone_address": f"{settings.PUBLIC_URL}/lay-so/",
    }
    return render(request, "queue/admin/overview.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@people.for_administrators
def group(request: HttpRequest, group_id: UUID | None = None) -> HttpResponse:
    """Make or change what people queue for."""
    actor = people.actor_who_asks(request)
    present = _group(actor, group_id) if group_id else None
    form = GroupForm(request.POST or None, initial=GroupForm.typed_before(present))
    if request.method == "POST" and form.is_valid():
        try:
            setting_up.save_group(actor, group_id, form.facts(), now=clock.now())
        except Refusal as refusal:
            form.add_error(GROUP_FIELDS.get(refusal.code), words_for(refusal))
        else:
            messages.success(request, _("Đã lưu dịch vụ."))
            return HttpResponseRedirect(HOME)
    return render(request, "queue/admin/group.html", {"form": form, "group": present}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@people.for_administrators
def counter(request: HttpRequest, counter_id: UUID | None = None) -> HttpResponse:
    """Make or change a counter."""
    actor = people.actor_who_asks(request)
    present = _counter(actor, counter_id) if counter_id else None
    form = CounterForm(request.POST or None, groups=queries.groups(access.commune_of(actor)), initial=_counter_before(present))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        chosen = [UUID(value) for value in typed["groups"]]
        try:
            setting_up.save_counter(actor, counter_id, number=typed["number"], name=typed["name"], group_ids=chosen, now=clock.now())
        except Refusal as refusal:
            form.add_error(COUNTER_FIELDS.get(refusal.code), words_for(refusal))
        else:
            messages.success(request, _("Đã lưu quầy."))
            return HttpResponseRedirect(HOME)
    return render(request, "queue/admin/counter.html", {"form": form, "counter": present}, status=422 if form.errors else 200)


@require_POST
@people.for_administrators
def end_group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Let a group end."""
    _group(people.actor_who_asks(request), group_id)
    return _end(request, setting_up.end_group, group_id, _("Đã bỏ dịch vụ."))


@require_POST
@people.for_administrators
def end_counter(request: HttpRequest, counter_id: UUID) -> HttpResponse:
    """Let a counter end."""
    _counter(people.actor_who_asks(request), counter_id)
    return _end(request, setting_up.end_counter, counter_id, _("Đã bỏ quầy."))


@require_POST
@people.for_administrators
def remove_kiosk(request: HttpRequest, kiosk_id: UUID) -> HttpResponse:
    """Let a machine give no numbers any more."""
    return _end(request, setting_up.remove_kiosk, kiosk_id, _("Máy này không lấy số được nữa."))


@require_POST
@people.for_administrators
@sensitive_variables("token")
def add_kiosk(request: HttpRequest) -> HttpResponse:
    """Let a machine give numbers, and show its address, this once."""
    form = KioskForm(request.POST)
    if not form.is_valid():
        return _overview(request, form)
    kiosk, token = setting_up.add_kiosk(people.actor_who_asks(request), form.cleaned_data["name"], now=clock.now())
    return render(request, "queue/admin/kiosk.html", {"kiosk": kiosk, "address": f"{settings.PUBLIC_URL}/lay-so/may/{token}/"})


def _end(request: HttpRequest, act: Callable[..., None], what: UUID, said: str) -> HttpResponse:
    try:
        act(people.actor_who_asks(request), what, now=clock.now())
    except Refusal as refusal:
        if refusal.code == "queue.not_found":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(HOME)


def _group(actor: Actor, group_id: UUID) -> ServiceGroup:
    try:
        return queries.get_group(access.commune_of(actor), group_id)
    except Refusal as refusal:
        raise Http404 from refusal


def _counter(actor: Actor, counter_id: UUID) -> ServiceCounter:
    try:
        return queries.get_counter(access.commune_of(actor), counter_id)
    except Refusal as refusal:
        raise Http404 from refusal


def _counter_before(counter: ServiceCounter | None) -> dict[str, object]:
    if counter is None:
        return {}
    return {"number": counter.number, "name": counter.name, "groups": [str(group.id) for group in counter.groups.all()]}
