"""How the stand-in behaves: well, or as badly as a test or a person at `/_control/` asks.

normal · slow (answers late) · down (answers 503) · denied (the person says no) · twice (hands out a code that was used) ·
wrong (what: name, number, person, nonce, key, level, audience, issuer, expired)
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

MODES = ("normal", "slow", "down", "denied", "twice", "wrong")
WRONGS = ("name", "number", "person", "nonce", "key", "level", "audience", "issuer", "expired")


@dataclass
class Conduct:
    """The present behaviour; one process, so it lives in memory."""

    mode: str = "normal"
    what: str = "number"
    seconds: float = 8.0

    def is_wrong(self, what: str) -> bool:
        """Tell whether this piece shall be told wrongly."""
        return self.mode == "wrong" and self.what == what


conduct = Conduct(mode=os.environ.get("XASO_EID_STANDIN_MODE", "normal"))


class MisbehaviourMiddleware:
    """Makes every page but the control page late or unavailable."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/_control/"):
            if conduct.mode == "slow":
                time.sleep(conduct.seconds)
            if conduct.mode == "down":
                return HttpResponse("Hệ thống đang bảo trì.", status=503, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
