"""`/bao-ve-tai-khoan/`: what an official's account is protected by, setting the app on a phone, recovery codes."""

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.people import totp
from xaso.apps.people.actions.accounts import confirm_password
from xaso.apps.people.actions.recovery import MAY_RECOVER
from xaso.apps.people.actions.second_factor import make_recovery_codes, set_totp_key
from xaso.apps.people.forms import CodeForm, NewAppForm, PasswordForm
from xaso.apps.people.models import Account
from xaso.apps.people.rules import needs_second_factor
from xaso.apps.people.second_factor_queries import PURPOSE, has_second_factor, protection_of
from xaso.apps.people.signing_in import FACTOR, NEXT, know_this_browser, official_of, official_signed_in, open_second_step
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, to_sign_in
from xaso.platform.registries import account_parts
from xaso.platform.sealing import Unreadable, seal, unseal

HERE = "/bao-ve-tai-khoan/"
NEW_SECRET = "totp_new"  # noqa: S105 - where the session keeps it, sealed


@never_cache
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show what the account is protected by, and what can be changed."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request)
    if actor.kind != "staff":
        raise Http404
    return _overview(request, PasswordForm())


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def new_app(request: HttpRequest) -> HttpResponse:
    """Show a new secret as QR and text; a code of the app confirms it. Who has signed in fully also gives the password."""
    account = official_signed_in(request)
    if account is None or account.must_change_password:
        return to_sign_in(request)
    actor = actor_of(request)
    if actor.kind == "anonymous" and has_second_factor(account.pk):
        return ask_for_the_other(request, account)
    form = (CodeForm if actor.kind == "anonymous" else NewAppForm)(request.POST or None)
    secret = _secret(request)
    if form.is_valid():
        try:
            codes = _set(request, account, secret, form.cleaned_data)
        except Refusal as refusal:
            form.add_error("current" if refusal.code == "people.password_wrong" else "one_time_code", words_for(refusal))
        else:
            return show_codes(request, codes)
    commune = request.commune  # type: ignore[attr-defined]
    context = {
        "form": form,
        "address": totp.address_for_app(secret, owner=account.get_username(), issuer=f"Xã Số {commune.short_name}"),
        "secret": totp.in_fours(secret),
        "is_first": actor.kind == "anonymous",
    }
    return render(request, "people/new_app.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them this once; the password is asked for."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request)
    if actor.kind != "staff" or actor.account_id is None or not has_second_factor(actor.account_id):
        raise Http404
    form = PasswordForm(request.POST)
    if form.is_valid():
        try:
            confirm_password(actor, form.cleaned_data["current"], now=clock.now())
        except Refusal as refusal:
            form.add_error("current", words_for(refusal))
        else:
            return show_codes(request, make_recovery_codes(actor, now=clock.now()))
    return _overview(request, form)


def _overview(request: HttpRequest, form: PasswordForm) -> HttpResponse:
    actor = actor_of(request)
    assert actor.account_id is not None
    context = {
        "protection": protection_of(actor.account_id),
        "is_needed": needs_second_factor(actor.roles),
        "may_recover": actor.holds(*(role.value for role in MAY_RECOVER)),
        "parts": [part for part in account_parts if actor.holds(*part.roles)],
        "form": form,
    }
    return render(request, "people/protection.html", context, status=422 if form.errors else 200)


def _set(request: HttpRequest, account: Account, secret: str, typed: dict[str, str]) -> list[str]:
    actor = official_of(request, account)
    if "current" in typed:
        confirm_password(actor, typed["current"], now=clock.now())
    codes = set_totp_key(actor, secret, typed["one_time_code"], now=clock.now())
    del request.session[NEW_SECRET]
    request.session[FACTOR] = "totp"
    know_this_browser(request, account, now=clock.now())
    return codes


def show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Show new recovery codes this once, and lead on."""
    return render(request, "people/recovery_codes.html", {"codes": codes, "go_on": request.session.pop(NEXT, "") or HERE})


def _secret(request: HttpRequest) -> str:
    """Return the secret that waits in the session to be confirmed; a new one where none waits."""
    try:
        return unseal(request.session.get(NEW_SECRET, ""), PURPOSE)
    except Unreadable:
        secret = totp.new_secret()
        request.session[NEW_SECRET] = seal(secret, PURPOSE)
        return secret


def ask_for_the_other(request: HttpRequest, account: Account) -> HttpResponse:
    """Lead to the second step who set her factor in another browser meanwhile: the password alone does not replace it."""
    after = request.session.get(NEXT, "")
    logout(request)
    open_second_step(request, account, after, now=clock.now())
    return redirect("people_second_step")
