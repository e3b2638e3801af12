"""`/thiet-bi-cua-toi/`: a citizen's phones; and for the desk those on which something waits unsent."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xaso.apps.people.actions.devices import revoke_device
from xaso.apps.people.device_queries import list_devices, list_stuck_devices
from xaso.apps.people.roles import Role
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.guard import actor_of, for_roles, to_sign_in

ADDRESS = "/thiet-bi-cua-toi/"


@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """List the phones that may file in the citizen's name."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request)
    if actor.citizen_id is None:
        raise Http404
    return render(request, "people/devices.html", {"devices": list_devices(actor)})


@never_cache
@require_POST
def remove(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Take a phone out, as after it was lost or given away."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request)
    try:
        revoke_device(actor, device_id, now=clock.now())
    except Refusal as refusal:
        raise Http404 from refusal
    messages.success(request, _("Đã bỏ máy. Từ nay máy đó không nộp hồ sơ thay anh/chị được nữa."))
    return HttpResponseRedirect(ADDRESS)


@never_cache
@require_GET
@for_roles(Role.DESK.value)
def stuck(request: HttpRequest) -> HttpResponse:
    """Show whose phones hold something that has not been sent for long, and whom to call."""
    return render(request, "people/stuck_devices.html", {"devices": list_stuck_devices(actor_of(request), clock.now())})
