"""`/bao-ve-tai-khoan/phien/`: where an official is signed in; one or all others end by a press."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xaso.apps.people.actions.sessions import end_other_sessions, end_session
from xaso.apps.people.roles import Role
from xaso.apps.people.session_queries import list_sessions
from xaso.apps.people.signing_in import sign_in_of
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.guard import actor_of, for_roles

HERE = "/bao-ve-tai-khoan/phien/"
_for_officials = for_roles(*(role.value for role in Role))


@never_cache
@require_GET
@_for_officials
def show(request: HttpRequest) -> HttpResponse:
    """List the browsers in which the official is signed in."""
    actor = actor_of(request)
    assert actor.account_id is not None
    lines = list_sessions(actor.account_id, sign_in_of(request), clock.now())
    return render(request, "people/sessions.html", {"lines": lines, "has_others": any(not line.is_this for line in lines)})


@never_cache
@require_POST
@_for_officials
def end(request: HttpRequest, sign_in_id: UUID) -> HttpResponse:
    """End one session; the one in use is ended by signing out."""
    if sign_in_id == sign_in_of(request):
        return redirect("people_sign_out")
    try:
        end_session(actor_of(request), sign_in_id, now=clock.now())
    except Refusal as refusal:
        raise Http404 from refusal
    messages.success(request, _("Đã kết thúc. Máy đó phải đăng nhập lại."))
    return HttpResponseRedirect(HERE)


@never_cache
@require_POST
@_for_officials
def end_others(request: HttpRequest) -> HttpResponse:
    """End all sessions but the one in use."""
    end_other_sessions(actor_of(request), sign_in_of(request), now=clock.now())
    messages.success(request, _("Đã kết thúc ở mọi máy khác."))
    return HttpResponseRedirect(HERE)
