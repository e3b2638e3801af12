"""`/gui-lai/`: what was being sent when the session had ended. It is kept over the sign-in, shown, and sent with one press.

On a computer that is locked it is kept for whose page it was, and shown to nobody before she is back.
The same page answers a form whose token is older than the last sign-in in another tab: nothing that was typed is lost.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.csrf import csrf_failure as plain_csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xaso.platform import clock

ADDRESS = "/gui-lai/"
KEY = "send_again"
LOCKED = "locked_for"
"""Where the session of a locked computer says whose sign-in was locked."""
LOCK_PAGE = "/khoa-may/"
DROP = "khong-gui"
MOST_CHARACTERS = 60_000
KEPT_FOR = timedelta(minutes=30)
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
SECRETS = frozenset({"password", "passphrase", "current", "new", "again", "one_time_code", "pin", "pin_again"})
NOT_WORDS = re.compile(r"[a-z0-9_-]{0,40}")
"""What a form sends besides what people type: choices, buttons, keys of rows."""


@dataclass(frozen=True)
class Unsent:
    """A form as it was being sent. Files cannot be kept; `had_files` tells that there were some."""

    action: str
    fields: QueryDict
    had_files: bool
    page: str

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Return all fields, to be sent again."""
        return [(name, str(value)) for name, values in self.fields.lists() for value in values]

    @property
    def words(self) -> list[str]:
        """Return what was typed, to be read."""
        return [value for _name, value in self.hidden if value.strip() and not NOT_WORDS.fullmatch(value)]


def is_locked(request: HttpRequest) -> bool:
    """Tell whether the computer is locked, so that what was typed here may be shown to nobody."""
    return LOCKED in request.session


def keep(request: HttpRequest) -> bool:
    """Keep the form that is being sent in the visitor's session; tells whether it was: no secret, nothing a script sends by itself."""
    sent = _read(request)
    if sent is None or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    request.session[KEY] = {
        "action": sent.action,
        "fields": sent.fields.urlencode(),
        "files": sent.had_files,
        "page": sent.page,
        "at": clock.now().isoformat(),
    }
    return True


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def send_again(request: HttpRequest) -> HttpResponse:
    """Show what was kept; a press hands it to the page it was meant for, which checks it as ever."""
    kept = _kept(request)
    if request.method == "POST" and kept is not None:
        del request.session[KEY]
        if DROP in request.POST:
            return HttpResponseRedirect(kept.page)
        return HttpResponseRedirect(kept.action, status=HTTPStatus.TEMPORARY_REDIRECT)
    return _shown(request, kept, ADDRESS)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Offer a form of our own whose token is out of date to be sent again; whatever comes from elsewhere is refused as ever."""
    if is_locked(request) and _comes_from_here(request):
        keep(request)
        return HttpResponseRedirect(LOCK_PAGE)
    sent = _read(request) if _comes_from_here(request) else None
    if sent is None:
        return plain_csrf_failure(request, reason=reason)
    answer = _shown(request, sent, sent.action)
    answer.status_code = HTTPStatus.FORBIDDEN
    return answer


def _shown(request: HttpRequest, sent: Unsent | None, target: str) -> HttpResponse:
    context: dict[str, Any] = {"sent": sent, "target": target, "is_kept": target == ADDRESS}
    return render(request, "xaso/send_again.html", context)


def _read(request: HttpRequest) -> Unsent | None:
    fields = request.POST.copy()
    fields.pop(TOKEN, None)
    if request.method != "POST" or SECRETS & fields.keys() or len(fields.urlencode()) > MOST_CHARACTERS:
        return None
    return Unsent(request.get_full_path(), fields, bool(request.FILES), _page_of(request))


def _kept(request: HttpRequest) -> Unsent | None:
    kept = request.session.get(KEY)
    if kept is None or is_locked(request) or datetime.fromisoformat(kept["at"]) < clock.now() - KEPT_FOR:
        return None
    return Unsent(kept["action"], QueryDict(kept["fields"]), kept["files"], kept["page"])


def _page_of(request: HttpRequest) -> str:
    """Return the page on which the form stood."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() and came_from.path else "/"


def _comes_from_here(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()
