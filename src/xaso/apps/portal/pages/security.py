"""`/.well-known/security.txt` (RFC 9116): whom somebody tells who has found a hole."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xaso.platform import clock
from xaso.platform.options import Option, declare

GOOD_FOR = timedelta(days=180)


def _contact(text: str) -> str:
    if text and urlsplit(text).scheme not in {"https", "mailto", "tel"}:
        raise ValueError("must begin with https:, mailto: or tel:")
    return text


CONTACT = declare(
    Option(
        "XASO_SECURITY_CONTACT",
        "",
        _contact,
        "address",
        "whom somebody tells who has found a hole (https:, mailto: or tel:), shown in /.well-known/security.txt; empty: no such page",
    )
)


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Tell whom to write to; nothing here where the operator named nobody."""
    address = CONTACT.value()
    if not address:
        raise Http404
    return HttpResponse(text_of(address, clock.now()), content_type="text/plain; charset=utf-8")


def text_of(address: str, now: datetime) -> str:
    """Return the file: contact, until when it is good, languages, and where it stands."""
    until = (now + GOOD_FOR).strftime("%Y-%m-%dT00:00:00Z")
    place = f"{settings.PUBLIC_URL}/.well-known/security.txt"
    return f"Contact: {address}\nExpires: {until}\nPreferred-Languages: vi, en\nCanonical: {place}\n"
