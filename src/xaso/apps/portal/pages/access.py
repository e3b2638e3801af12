"""`/tro-nang/`: what was done so that everybody can use the pages, how it was tried, and what is not met."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xaso.platform.person_less import answer

TRIED_BY_HAND_ON = date(2026, 12, 1)
"""The day of the last trial by hand; what the tests do is tried at every change."""


@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """Show the statement, the same for everybody."""
    return answer(request, "portal/access.html", lambda: {"tried_on": TRIED_BY_HAND_ON})
