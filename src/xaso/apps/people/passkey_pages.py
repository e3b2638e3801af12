"""`/bao-ve-tai-khoan/passkey/`: passkeys in place of the app's code, added, removed, and used in the second step."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xaso.apps.people.actions.accounts import confirm_password
from xaso.apps.people.actions.passkeys import add_passkey, remove_passkey
from xaso.apps.people.actions.second_factor import make_recovery_codes
from xaso.apps.people.actions.sign_in import check_passkey
from xaso.apps.people.adapters.passkeys import Owner, Site, added, site_of, wish_to_add
from xaso.apps.people.forms import FirstPasskeyForm, PasskeyForm
from xaso.apps.people.known_browsers import tried_from
from xaso.apps.people.models import Account
from xaso.apps.people.protection_pages import ask_for_the_other, show_codes
from xaso.apps.people.second_factor_queries import credentials_at, has_second_factor, list_passkeys, protection_of
from xaso.apps.people.signing_in import (
    FACTOR,
    PASSKEY_WISH,
    account_in_second_step,
    first_page,
    know_this_browser,
    official_of,
    official_signed_in,
    sign_in_as,
)
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, to_sign_in

HERE = "/bao-ve-tai-khoan/passkey/"


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def passkeys(request: HttpRequest) -> HttpResponse:
    """List the passkeys and offer to add one; sent, add what the browser made. Who has signed in fully also gives the password."""
    account = official_signed_in(request)
    if account is None or account.must_change_password:
        return to_sign_in(request)
    is_first = actor_of(request).kind == "anonymous"
    if is_first and has_second_factor(account.pk):
        return ask_for_the_other(request, account)
    form = (FirstPasskeyForm if is_first else PasskeyForm)(request.POST or None)
    site = site_of(request)
    if site is not None and form.is_valid():
        try:
            return _add(request, account, site, form.cleaned_data)
        except Refusal as refusal:
            form.add_error("current" if refusal.code == "people.password_wrong" else None, words_for(refusal))
    context = {"form": form, "lines": list_passkeys(account.pk), "is_first": is_first, "wish": _wish(request, account, site)}
    return render(request, "people/passkeys.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@require_POST
def remove(request: HttpRequest, passkey_id: UUID) -> HttpResponse:
    """Remove a passkey; the password is asked for."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request)
    if actor.kind != "staff":
        raise Http404
    try:
        confirm_password(actor, request.POST.get("current", ""), now=clock.now())
        remove_passkey(actor, passkey_id, now=clock.now())
    except Refusal as refusal:
        if refusal.code == "people.not_found":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Đã bỏ passkey."))
    return HttpResponseRedirect(HERE)


@never_cache
@require_POST
def second_step(request: HttpRequest) -> HttpResponse:
    """Take a passkey's answer in place of a code."""
    now = clock.now()
    found, site = account_in_second_step(request, now=now), site_of(request)
    if found is None or site is None:
        return redirect("people_sign_in")
    account, after = found
    state, place = request.session.pop(PASSKEY_WISH, {}), tried_from(request, account.get_username(), now=now)
    try:
        check_passkey(official_of(request, account), site, state, request.POST.get("passkey", ""), tried_from=place, now=now)
    except Refusal as refusal:
        messages.error(request, words_for(refusal))
        return redirect("people_second_step")
    sign_in_as(request, account, "passkey", now=now)
    return HttpResponseRedirect(first_page(request, account, after))


def _add(request: HttpRequest, account: Account, site: Site, typed: dict[str, str]) -> HttpResponse:
    actor, now = official_of(request, account), clock.now()
    if "current" in typed:
        confirm_password(actor, typed["current"], now=now)
    credential, uses = added(site, request.session.pop(PASSKEY_WISH, {}), typed["passkey"])
    add_passkey(actor, site.host, credential, uses, typed["label"], now=now)
    request.session[FACTOR] = "passkey"
    know_this_browser(request, account, now=now)
    if protection_of(account.pk).recovery_codes_left == 0:
        return show_codes(request, make_recovery_codes(actor, now=now))
    messages.success(request, _("Đã thêm passkey."))
    return HttpResponseRedirect(HERE)


def _wish(request: HttpRequest, account: Account, site: Site | None) -> str:
    """Return what the browser is asked for, which the session remembers; empty where passkeys can't be had."""
    if site is None:
        return ""
    wish, request.session[PASSKEY_WISH] = wish_to_add(
        site, Owner(account.pk, account.get_username(), account.full_name), credentials_at(account.pk, site.host)
    )
    return wish
