"""The door for pages: HTTP on 127.0.0.1. Each request must come from an allowed page, be addressed to this computer by its number, and be

JSON, which browsers send to another origin only after they have asked (CORS). What the page is told is in `README.md`.
"""

import json
import logging
import socket
import sys
from base64 import b64decode, b64encode
from collections.abc import Collection
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from xaso_signer import __version__
from xaso_signer.asking import Desk
from xaso_signer.attributes import are_for
from xaso_signer.origins import is_own_host
from xaso_signer.peers import is_same_user
from xaso_signer.tokens import Paper, Tokens, Trouble

log = logging.getLogger("xaso_signer")
LOOPBACK = "127.0.0.1"
MOST_BYTES = 1 << 20
MOST_PAPERS = 200
LONGEST_TITLE = 200
PATIENCE_SECONDS = 10
FINGERPRINT_DIGITS = 64
ACTS = ("/v1/certificates", "/v1/sign")


class Door(ThreadingHTTPServer):
    """Listens, and knows who may ask."""

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # there it would let another program take the port over

    def __init__(self, port: int, origins: Collection[str], tokens: Tokens, desk: Desk) -> None:
        self.origins, self.tokens, self.desk = frozenset(origins), tokens, desk
        super().__init__((LOOPBACK, port), Conversation)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def server_bind(self) -> None:
        """Take the port for this program alone."""
        if sys.platform == "win32":
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        super().server_bind()

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Hang up on another user of this computer."""
        try:
            is_served = is_same_user(client_address, request.getsockname())
        except (OSError, ValueError):
            is_served = False
        if not is_served:
            log.warning("refused: another user of this computer")
        return is_served


class BadRequest(Exception):
    """It is none that our pages send."""


class Conversation(BaseHTTPRequestHandler):
    """One connection."""

    server: Door
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "xaso-signer", ""
    timeout = PATIENCE_SECONDS

    def do_OPTIONS(self) -> None:
        """Answer the browser's question whether the page may ask at all (CORS, Private Network Access)."""
        if not self._may_ask():
            return
        self.send_response(HTTPStatus.NO_CONTENT)
        self._send_common_headers()
        self.send_header("Access-Control-Allow-Methods", "POST")
        self.send_header("Access-Control-Allow-Headers", "Content-Type")
        if self.headers.get("Access-Control-Request-Private-Network") == "true":
            self.send_header("Access-Control-Allow-Private-Network", "true")
        self.end_headers()

    def do_POST(self) -> None:
        """List the certificates, or sign."""
        if not self._may_ask():
            return
        try:
            self._send(HTTPStatus.OK, self._done(self._read()))
        except BadRequest:
            self._send(HTTPStatus.BAD_REQUEST, {"error": "bad_request"})
        except Trouble as trouble:
            log.info("%s for %s: %s", self.path, self._origin, trouble.code)
            self._send(HTTPStatus.OK, {"error": trouble.code})

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no request of ours with the bare status."""
        self.close_connection = True
        self.send_response(code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class names it)
        """Write nothing of the request itself."""

    @property
    def _origin(self) -> str:
        return str(self.headers.get("Origin", ""))

    def _may_ask(self) -> bool:
        """Tell whether the page may ask; a stranger is told nothing but that it may not."""
        hosts = self.headers.get_all("Host") or []
        is_here = len(hosts) == 1 and is_own_host(hosts[0], self.server.port)
        if is_here and self._origin in self.server.origins and self.path in ACTS:
            return True
        log.warning("refused: %s", "a page that is not allowed" if is_here else "addressed to another host")
        self.send_error(HTTPStatus.FORBIDDEN)
        return False

    def _read(self) -> dict[str, Any]:
        length = self.headers.get("Content-Length", "")
        if self.headers.get_content_type() != "application/json" or not length.isdecimal() or int(length) > MOST_BYTES:
            self.close_connection = True
            raise BadRequest
        try:
            asked = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError) as error:
            raise BadRequest from error
        if not isinstance(asked, dict):
            raise BadRequest
        return asked

    def _done(self, asked: dict[str, Any]) -> dict[str, Any]:
        if not self.server.desk.busy.acquire(blocking=False):
            raise Trouble("busy")
        try:
            return self._certificates() if self.path == "/v1/certificates" else self._sign(asked)
        finally:
            self.server.desk.busy.release()

    def _certificates(self) -> dict[str, Any]:
        found = self.server.tokens.certificates()
        log.info("certificates listed for %s", self._origin)
        return {
            "version": __version__,
            "certificates": [{"fingerprint": one.fingerprint, "der": _text(one.certificate), "token": one.label} for one in found],
        }

    def _sign(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Return the signatures, in the papers' order; when something ended the work in between, those made so far and what it was."""
        fingerprint, papers = _wanted(asked)
        found = next((one for one in self.server.tokens.certificates() if one.fingerprint == fingerprint), None)
        if found is None:
            raise Trouble("key_missing")
        if not all(are_for(paper.attributes, found.certificate) for paper in papers):
            log.warning("refused: what %s sent are no papers", self._origin)
            raise BadRequest
        signatures: list[str] = []
        error = None
        try:
            signatures.extend(map(_text, self.server.tokens.sign(fingerprint, papers, self.server.desk.ask, origin=self._origin)))
        except Trouble as trouble:
            error = trouble.code
        log.info("%d of %d signed for %s%s", len(signatures), len(papers), self._origin, f": {error}" if error else "")
        return {"signatures": signatures, **({"error": error} if error else {})}

    def _send(self, status: HTTPStatus, said: dict[str, Any]) -> None:
        content = json.dumps(said).encode()
        self.send_response(status)
        self._send_common_headers()
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _send_common_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", self._origin)
        self.send_header("Vary", "Origin")
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")


def _wanted(asked: dict[str, Any]) -> tuple[str, list[Paper]]:
    fingerprint, papers = asked.get("certificate"), asked.get("papers")
    if not isinstance(fingerprint, str) or len(fingerprint) != FINGERPRINT_DIGITS or not isinstance(papers, list):
        raise BadRequest
    if not 1 <= len(papers) <= MOST_PAPERS:
        raise BadRequest
    return fingerprint, [_paper(one) for one in papers]


def _paper(one: Any) -> Paper:
    try:
        title, attributes = one["title"], b64decode(one["attributes"], validate=True)
    except (TypeError, KeyError, ValueError) as error:
        raise BadRequest from error
    if not isinstance(title, str) or not title.strip() or len(title) > LONGEST_TITLE or not title.isprintable():
        raise BadRequest
    return Paper(title.strip(), attributes)


def _text(content: bytes) -> str:
    return b64encode(content).decode()
