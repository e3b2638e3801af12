"""`/bao-ve-tai-khoan/pin/`: an official's PIN; and `/bao-ve-tai-khoan/xac-nhan/`, where she confirms in full after it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xaso.apps.people.actions.accounts import confirm_password
from xaso.apps.people.actions.desk_lock import note_confirmation, remove_pin, set_pin
from xaso.apps.people.actions.sign_in import check_code, check_passkey
from xaso.apps.people.adapters.passkeys import site_of
from xaso.apps.people.desk_queries import has_pin
from xaso.apps.people.forms import CodeForm, NewPinForm, PasswordForm
from xaso.apps.people.known_browsers import tried_from
from xaso.apps.people.locking import ACTIVE_AT, BY_PIN, HAS_PIN
from xaso.apps.people.options import LOCK_MINUTES, PIN_DAYS
from xaso.apps.people.roles import Role
from xaso.apps.people.second_factor_queries import has_second_factor, protection_of, shown_code
from xaso.apps.people.second_step_pages import wish_of
from xaso.apps.people.signing_in import HOME, PASSKEY_WISH, safe_next
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, confirmed, for_roles

HERE = "/bao-ve-tai-khoan/pin/"
_for_officials = for_roles(*(role.value for role in Role))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@_for_officials
@confirmed
def own_pin(request: HttpRequest) -> HttpResponse:
    """Set a PIN or change it; the password is asked for."""
    actor, now = actor_of(request), clock.now()
    form = NewPinForm(request.POST or None)
    if form.is_valid():
        try:
            confirm_password(actor, form.cleaned_data["current"], now=now)
            set_pin(actor, form.cleaned_data["pin"], now=now)
        except Refusal as refusal:
            form.add_error("current" if refusal.code == "people.password_wrong" else "pin", words_for(refusal))
        else:
            request.session.update({HAS_PIN: True, ACTIVE_AT: now.isoformat()})
            messages.success(request, _("Đã đặt mã PIN. Rời máy thì bấm “Khóa máy”."))
            return HttpResponseRedirect(HERE)
    assert actor.account_id is not None
    context = {"form": form, "has_pin": has_pin(actor.account_id), "minutes": LOCK_MINUTES.value(), "days": PIN_DAYS.value()}
    return render(request, "people/pin.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
@_for_officials
def drop_pin(request: HttpRequest) -> HttpResponse:
    """Remove the PIN."""
    try:
        remove_pin(actor_of(request), now=clock.now())
    except Refusal as refusal:
        messages.error(request, words_for(refusal))
    else:
        request.session.pop(HAS_PIN, None)
        messages.success(request, _("Đã bỏ mã PIN. Máy khóa rồi thì anh/chị đăng nhập đầy đủ."))
    return HttpResponseRedirect(HERE)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@_for_officials
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask who opened the computer by a PIN for what a PIN can't stand for: code or passkey, else the password."""
    actor, after, now = actor_of(request), safe_next(request) or HOME, clock.now()
    if not actor.is_by_pin:
        return HttpResponseRedirect(after)
    assert actor.account_id is not None
    by_code = has_second_factor(actor.account_id)
    form = (CodeForm if by_code else PasswordForm)(request.POST if request.method == "POST" and "passkey" not in request.POST else None)
    try:
        if how := _given(request, actor, form):
            request.session.pop(BY_PIN, None)
            note_confirmation(actor, how, now=now)
            return HttpResponseRedirect(after)
    except Refusal as refusal:
        if form.is_bound:
            form.add_error(None, words_for(refusal))
        else:
            messages.error(request, words_for(refusal))
    context = {
        "form": form,
        "next": after,
        "by_code": by_code,
        "has_app": protection_of(actor.account_id).totp_since is not None,
        "shown_code": shown_code(actor.account_id, now),
        "wish": wish_of(request, actor.account_id) if by_code else "",
    }
    return render(request, "people/confirm.html", context, status=422 if form.errors else 200)


def _given(request: HttpRequest, actor: Actor, form: CodeForm | PasswordForm) -> str:
    """Return the kind of what was given and is right; empty when nothing was. Raises Refusal for what is wrong."""
    now, site = clock.now(), site_of(request)
    place = tried_from(request, str(request.user.get_username()), now=now)
    if request.method == "POST" and "passkey" in request.POST and site is not None:
        check_passkey(actor, site, request.session.pop(PASSKEY_WISH, {}), request.POST["passkey"], tried_from=place, now=now)
        return "passkey"
    if not form.is_valid():
        return ""
    if isinstance(form, CodeForm):
        return check_code(actor, form.cleaned_data["one_time_code"], tried_from=place, now=now)
    confirm_password(actor, form.cleaned_data["current"], now=now)
    return "password"
