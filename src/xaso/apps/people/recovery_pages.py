"""`/khoi-phuc-tai-khoan/`: an official who lost phone and codes starts anew; one person asks, another confirms."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from xaso.apps.people import queries
from xaso.apps.people.actions import recovery
from xaso.apps.people.actions.recovery import MAY_RECOVER
from xaso.apps.people.forms import AskRecoveryForm
from xaso.apps.people.second_factor_queries import open_recoveries
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, confirmed, for_roles

HERE = "/khoi-phuc-tai-khoan/"
_for_who_may_recover = for_roles(*(role.value for role in MAY_RECOVER))


@never_cache
@require_http_methods(["GET", "POST"])
@_for_who_may_recover
@confirmed
def show(request: HttpRequest) -> HttpResponse:
    """Show the requests that wait; sent, ask for one more."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            recovery.ask_recovery(actor_of(request), UUID(form.cleaned_data["account"]), form.cleaned_data["reason"], now=clock.now())
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã ghi đề nghị. Chưa có gì đổi cho đến khi một người khác xác nhận."))
            return HttpResponseRedirect(HERE)
    return _page(request, form)


@never_cache
@require_POST
@_for_who_may_recover
@confirmed
@sensitive_variables("password")
def confirm(request: HttpRequest, recovery_id: UUID) -> HttpResponse:
    """Let the official start anew; the password for her next sign-in is shown this once."""
    try:
        account, password = recovery.confirm_recovery(actor_of(request), recovery_id, now=clock.now())
    except Refusal as refusal:
        return _refused(request, refusal)
    lines = [(account.full_name, account.username, password)]
    return render(request, "people/admin/passwords.html", {"lines": lines, "back": HERE, "is_reset": True})


@never_cache
@require_POST
@_for_who_may_recover
@confirmed
def reject(request: HttpRequest, recovery_id: UUID) -> HttpResponse:
    """Turn a request down."""
    try:
        recovery.reject_recovery(actor_of(request), recovery_id, now=clock.now())
    except Refusal as refusal:
        return _refused(request, refusal)
    messages.success(request, _("Đã bỏ đề nghị."))
    return HttpResponseRedirect(HERE)


def _form(request: HttpRequest) -> AskRecoveryForm:
    actor = actor_of(request)
    assert actor.commune_id is not None
    accounts = queries.list_staff_accounts(actor.commune_id)
    people = [(str(one.id), f"{one.full_name} ({one.username})") for one in accounts if one.is_active and one.id != actor.account_id]
    return AskRecoveryForm(request.POST or None, people=people, initial={"account": request.GET.get("can-bo", "")})


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if refusal.code == "people.not_found":
        raise Http404
    messages.error(request, words_for(refusal))
    return HttpResponseRedirect(HERE)


def _page(request: HttpRequest, form: AskRecoveryForm) -> HttpResponse:
    actor = actor_of(request)
    assert actor.commune_id is not None
    context = {"waiting": open_recoveries(actor.commune_id, clock.now()), "own_id": actor.account_id, "form": form}
    return render(request, "people/recovery.html", context, status=422 if form.errors else 200)
