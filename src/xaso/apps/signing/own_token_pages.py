"""`/quan-tri/chung-thu/nguoi/…/usb-token/`: an official's certificate whose key lies on her own USB token is taken into use."""

import binascii
from base64 import b64decode, b64encode
from uuid import UUID

from cryptography import x509
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xaso.apps.people import facade as people
from xaso.apps.signing import administration
from xaso.apps.signing.actions.certificates import register_held_certificate
from xaso.apps.signing.held_pages import HeldForm
from xaso.apps.signing.keys import HOLDERS_OWN, HeldKey
from xaso.apps.signing.own_token_words import SCRIPT, local_program
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.http import let_reach

PAGE = "signing/admin/own_token.html"
MOST, MOST_BYTES = 20, 16 * 1024


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
        there = _sent(request)
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
        "sent": [_written(one) for one in there],
    }
    return let_reach(render(request, PAGE, {**page, **found}, status=422 if form.errors else 200), program.address)


def _sent(request: HttpRequest) -> list[HeldKey]:
    """Return the certificates that came, none of an authority's among them. Raises Refusal `signing.certificate_unreadable`."""
    if request.method != "POST":
        return []
    from xaso.apps.signing.adapters.pkcs12 import is_authority

    upload = request.FILES.get("tep")
    contents = [upload.read(MOST_BYTES)] if upload else [_read(text) for text in request.POST.getlist("der")[:MOST]]
    found = [_certificate(content) for content in contents]
    own = [HeldKey(HOLDERS_OWN, one) for one in found if not is_authority(one)]
    if not own:
        raise Refusal("signing.certificate_unreadable")
    return own


def _read(text: str) -> bytes:
    try:
        return b64decode(text[: 2 * MOST_BYTES], validate=True)
    except binascii.Error as error:
        raise Refusal("signing.certificate_unreadable") from error


def _certificate(content: bytes) -> x509.Certificate:
    read = x509.load_pem_x509_certificate if b"-----BEGIN" in content else x509.load_der_x509_certificate
    try:
        return read(content)
    except ValueError as error:
        raise Refusal("signing.certificate_unreadable") from error


def _written(one: HeldKey) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding

    return b64encode(one.certificate.public_bytes(Encoding.DER)).decode()
