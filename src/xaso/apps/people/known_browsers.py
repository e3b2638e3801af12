"""What a browser carries so that wrong tries from elsewhere do not hold back an official who has signed in with it before.

The cookie holds one random text for each official who did, for a shared computer has several. It lets nobody in, and names nobody.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from xaso.apps.people.actions.known_browsers import KNOWN_DAYS, know_browser
from xaso.apps.people.desk_queries import find_known_browser
from xaso.platform.cookies import cookie_name

KNOWN_COOKIE = "may_quen"
MOST_CARRIED = 12
TOKEN_LETTERS_AT_MOST = 60
DAY_SECONDS = 24 * 3600
BETWEEN = "."


def tried_from(request: HttpRequest, username: str, *, now: datetime) -> str:
    """Return under what this browser's tries at the official's account count: itself where she is known in it, else its address.

    One query for a browser that carries anything, whether the name exists or not; else none.
    """
    carried = _carried(request)
    known = find_known_browser(username, carried, now=now) if carried else None
    return f"browser:{known}" if known else str(request.META.get("REMOTE_ADDR", ""))


def know(request: HttpRequest, account_id: UUID, sign_in_id: UUID | None, *, now: datetime) -> None:
    """Know this browser from now on as one in which the official has signed in with all that her roles need."""
    carried = _carried(request)
    token, spent = know_browser(account_id, sign_in_id, carried, now=now)
    kept = [one for one in carried if one not in spent]
    request.known_in = BETWEEN.join([token, *kept][:MOST_CARRIED])  # type: ignore[attr-defined]


def tell_known(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser keep by what it is known; pages of our own site alone send it back, and no script reads it."""
    carried = getattr(request, "known_in", "")
    if carried:
        secure, age = settings.SESSION_COOKIE_SECURE, KNOWN_DAYS * DAY_SECONDS
        response.set_cookie(cookie_name(KNOWN_COOKIE), carried, max_age=age, httponly=True, secure=secure, samesite="Lax")


def _carried(request: HttpRequest) -> list[str]:
    said = getattr(request, "known_in", "") or request.COOKIES.get(cookie_name(KNOWN_COOKIE), "")
    tokens = said.split(BETWEEN, MOST_CARRIED)[:MOST_CARRIED]
    return [token for token in tokens if token and len(token) <= TOKEN_LETTERS_AT_MOST]
