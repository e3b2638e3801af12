"""`/chung-thu-so-cua-toi/`: an official sees what she signs with, and offers the certificate of her own USB token."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xaso.apps.people.facade import Role
from xaso.apps.signing import administration
from xaso.apps.signing.actions.offers import offer, take_back
from xaso.apps.signing.held_pages import HeldForm
from xaso.apps.signing.offer_notices import OWN_PAGE
from xaso.apps.signing.offered import find_own_offer
from xaso.apps.signing.own_token_words import SCRIPT, local_program
from xaso.apps.signing.sent_certificates import certificates_sent, written
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, confirmed, for_roles
from xaso.platform.http import let_reach


@never_cache
@require_http_methods(["GET", "POST"])
@for_roles(Role.SIGNER.value)
@confirmed
def show(request: HttpRequest) -> HttpResponse:
    """Show her certificate and her offer; sent, show what the token holds; sent with one chosen, offer that one."""
    try:
        there = certificates_sent(request)
    except Refusal as refusal:
        return _page(request, refused=words_for(refusal))
    if not there:
        return _page(request)
    form = HeldForm(request.POST if "certificate" in request.POST else None, choices=administration.choices_of(there), is_seal=True)
    if form.is_valid():
        try:
            offer(actor_of(request), there, form.cleaned_data["certificate"], now=clock.now())
        except Refusal as refusal:
            form.add_error("certificate", words_for(refusal))
        else:
            messages.success(request, _("Đã gửi quản trị viên duyệt."))
            return HttpResponseRedirect(OWN_PAGE)
    return _page(request, form, certificates=administration.described(there), sent=[written(one) for one in there])


@require_POST
@for_roles(Role.SIGNER.value)
@confirmed
def withdraw_offer(request: HttpRequest) -> HttpResponse:
    """Let her offer wait no more."""
    take_back(actor_of(request), now=clock.now())
    messages.success(request, _("Đã rút đề nghị."))
    return HttpResponseRedirect(OWN_PAGE)


def _page(request: HttpRequest, form: forms.Form | None = None, *, refused: str = "", **found: Any) -> HttpResponse:
    now, program = clock.now(), local_program(f"{request.scheme}://{request.get_host()}")
    account_id = actor_of(request).account_id
    assert isinstance(account_id, UUID)
    is_wrong = bool(refused or (form is not None and form.errors))
    context = {
        "card": administration.own_card(account_id, now=now),
        "offer": find_own_offer(account_id, now=now),
        "program": program,
        "script": SCRIPT,
        "refused": refused,
        "held_form": form,
        "form": form if form is not None and form.errors else None,
        **found,
    }
    return let_reach(render(request, "signing/own_certificate.html", context, status=422 if is_wrong else 200), program.address)
