"""A remote signing service that speaks the API of the Cloud Signature Consortium: its calls, its token, its refusals.

Of the standard (`csc_versions.py`) we use `oauth2/token` with client credentials, `credentials/list`, `credentials/info`,
`credentials/authorize`, in version 2 `credentials/authorizeCheck`, and `signatures/signHash`.
"""

import base64
import json
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from xaso.apps.signing.adapters.bounded_http import NoAnswer, fetch
from xaso.kernel.errors import Refusal

CALL_SECONDS, MOST_BYTES = 15, 1024 * 1024
TOKEN_SPARE_SECONDS = 30
UNAUTHORISED = 401
LONGEST_REASON = 120


class Rejected(Exception):
    """The service said no: `error` is its code word, such as `invalid_request`, `said` its own words."""

    def __init__(self, error: str, said: str) -> None:
        super().__init__(error)
        self.error, self.said = error, said


@dataclass
class CscService:
    """The service at an address, and this installation as its client. One a process: its token is kept while it holds."""

    address: str
    client: str
    secret_file: Path | None
    _token: str = field(default="", init=False)
    _token_until: float = field(default=0.0, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def call(self, method: str, seconds: float = CALL_SECONDS, /, **asked: Any) -> dict[str, Any]:
        """Ask a method; a token that the service no longer takes is renewed once.

        Raises Rejected, and Refusal `signing.remote_down`, `signing.remote_client`.
        """
        try:
            return self._ask(method, seconds, asked)
        except _TokenRefused:
            self._token_until = 0.0
        try:
            return self._ask(method, seconds, asked)
        except _TokenRefused as error:
            raise Refusal("signing.remote_client") from error

    def _ask(self, method: str, seconds: float, asked: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._bearer()}", "Accept": "application/json"}
        body, url = json.dumps(asked).encode(), f"{self.address}{method}"
        try:
            return _object(fetch(url, body, "application/json", seconds=seconds, most_bytes=MOST_BYTES, headers=headers))
        except NoAnswer as error:
            if error.status == UNAUTHORISED:
                raise _TokenRefused from error
            raise _why(error) from error

    def _bearer(self) -> str:
        with self._lock:
            if time.monotonic() >= self._token_until:
                self._renew()
            return self._token

    def _renew(self) -> None:
        form = urlencode(
            {"grant_type": "client_credentials", "client_id": self.client, "client_secret": self._secret(), "scope": "service"}
        )
        kind = "application/x-www-form-urlencoded"
        try:
            given = _object(fetch(f"{self.address}oauth2/token", form.encode(), kind, seconds=CALL_SECONDS, most_bytes=MOST_BYTES))
        except NoAnswer as error:
            if error.status:
                raise Refusal("signing.remote_client") from error
            raise Refusal("signing.remote_down") from error
        self._token = str(given.get("access_token", ""))
        self._token_until = time.monotonic() + max(0, int(given.get("expires_in", 0)) - TOKEN_SPARE_SECONDS)

    def _secret(self) -> str:
        try:
            return self.secret_file.read_text(encoding="utf-8").strip() if self.secret_file else ""
        except OSError as error:
            raise Refusal("signing.remote_client") from error


class _TokenRefused(Exception):
    """The service does not take the token (any more)."""


def refused(rejected: Rejected) -> Refusal:
    """Return what to tell when the service said no without a meaning that we know."""
    return Refusal("signing.remote_refused", reason=(rejected.said or rejected.error)[:LONGEST_REASON])


def in_base64(content: bytes) -> str:
    """Return the bytes as the API writes them."""
    return base64.b64encode(content).decode()


def from_base64(text: object) -> bytes:
    """Read bytes of an answer. Raises Refusal `signing.remote_down` for anything else."""
    try:
        return base64.b64decode(str(text), validate=True)
    except ValueError as error:
        raise Refusal("signing.remote_down") from error


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError as error:
        raise NoAnswer("no JSON") from error
    if not isinstance(found, dict):
        raise NoAnswer("no object")
    return found


def _why(error: NoAnswer) -> Exception:
    """Return the service's no, or that it gave no answer."""
    if not error.status:
        return Refusal("signing.remote_down")
    try:
        said = _object(error.said)
    except NoAnswer:
        return Refusal("signing.remote_down")
    return Rejected(str(said.get("error", error.status)), str(said.get("error_description", "")))
