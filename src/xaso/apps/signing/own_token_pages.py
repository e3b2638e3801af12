"""`/quan-tri/chung-thu/nguoi/…/usb-token/`: an official's certificate whose key lies on her own USB token is taken into use."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xaso.apps.people import facade as people
from xaso.apps.signing import administration
from xaso.apps.signing.actions.certificates import register_held_certificate
from xaso.apps.signing.held_pages import HeldForm
from xaso.apps.signing.own_token_words import SCRIPT, local_program
from xaso.apps.signing.sent_certificates import certificates_sent, written
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.http import let_reach

PAGE = "signing/admin/own_token.html"


@require_http_methods(["GET", "POST"])
@people.for_administrators
def take_from_token(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Ask for the token's certificates, by the program on this computer or as a file; show whose they are; take the chosen one into use."""
    actor = people.actor_who_asks(request)
    assert actor.commune_id is not None
    try:
        line = administration.get_holder_line(actor.commune_id, account_id, now=clock.now())
    except Refusal as refusal:
        raise Http404 from refusal
    program = local_program(f"{request.scheme}://{request.get_host()}")
    page = {"line": line, "program": program, "script": SCRIPT}
    try:
        there = certificates_sent(request)
    except Refusal as refusal:
        return let_reach(render(request, PAGE, {**page, "refused": words_for(refusal)}, status=422), program.address)
    if not there:
        return let_reach(render(request, PAGE, page), program.address)
    form = HeldForm(request.POST if "certificate" in request.POST else None, choices=administration.choices_of(there), is_seal=False)
    if form.is_valid():
        typed = form.cleaned_data
        checked = typed["name_was_checked"]
        try:
            register_held_certificate(actor, account_id, there, typed["certificate"], name_was_checked=checked, now=clock.now())
        except Refusal as refusal:
            form.add_error("name_was_checked" if refusal.code == "signing.p12_other_name" else "certificate", words_for(refusal))
        else:
            messages.success(request, _("Đã đăng ký chứng thư số."))
            return HttpResponseRedirect(line.url)
    found = {
        "held_form": form,
        "certificates": administration.described(there),
        "form": form if form.errors else None,
        "sent": [written(one) for one in there],
    }
    return let_reach(render(request, PAGE, {**page, **found}, status=422 if form.errors else 200), program.address)
