"""Starts the stand-in authority: `python -m xaso_standins.authority --port 2780`.

It answers `/crl/own.crl`, `/crl/root.crl`, `/ocsp`, `/tsa` and `/root.pem`. Control is POST `/_control/`:
`mode=good|down|slow|wrong|endless`, `revoke=<serial in hex>`;
`stamps=good|down|slow|endless|refused|wrong_nonce|wrong_imprint|forged|rubbish`, `clock=<seconds ahead>`,
`stamper_days=<days until its new certificate ends>`, `stamper_for=mail|stamps`.
POST `/_control/issue` with `name`, `days`, `passphrase` gives a PKCS#12 file; GET `/_control/` the calls so far.
With `--data <folder>` its keys and certificates outlive it; `--root-to <file>` leaves the root's certificate there, as an operator would.
"""

import argparse
import json
import signal
import sys
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives import serialization

from xaso_standins.authority.kept import kept
from xaso_standins.authority.papers import Authority
from xaso_standins.authority.stamping import DAYS, TimeStamper

SLOW_SECONDS = 30
ENDLESS_PIECE = b"0" * 65_536


class Server(ThreadingHTTPServer):
    """The authority behind HTTP, with how it behaves and what it was asked."""

    daemon_threads = True

    def __init__(self, port: int, folder: Path | None = None) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        address = f"http://127.0.0.1:{self.server_port}"
        self.authority, self.stamper = kept(folder, address) if folder else new(address)
        self.mode = self.stamps = "good"
        self.calls: list[str] = []


def new(address: str) -> tuple[Authority, TimeStamper]:
    """Return an authority and its time-stamp server that end with the program."""
    authority = Authority(address)
    return authority, TimeStamper(authority)


class Handler(BaseHTTPRequestHandler):
    """Answers questions about certificates, and the control."""

    server: Server

    def do_GET(self) -> None:
        """Give a revocation list, the root's certificate, or the calls so far."""
        if self.path == "/_control/":
            stamper = f"{self.server.stamper.certificate.serial_number:x}"
            told = {"mode": self.server.mode, "calls": self.server.calls, "stamper": stamper}
            self._answer(json.dumps(told).encode(), "application/json")
        elif self.path == "/root.pem":
            self._answer(self.server.authority.root.public_bytes(serialization.Encoding.PEM), "application/x-pem-file")
        elif self.path in {"/crl/own.crl", "/crl/root.crl"} and self._behaves():
            which = self.path.removeprefix("/crl/").removesuffix(".crl")
            self._answer(self.server.authority.revocation_list(which, wrong=self.server.mode == "wrong"), "application/pkix-crl")
        elif not self.path.startswith("/crl/"):
            self.send_error(404)

    def do_POST(self) -> None:
        """Answer an OCSP question, or do what the control says."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == "/tsa":
            if self._behaves(self.server.stamps):
                self._answer(self.server.stamper.answer(body, self.server.stamps), "application/timestamp-reply")
            return
        if self.path == "/ocsp":
            if self._behaves():
                self._answer(self.server.authority.ocsp_answer(body, wrong=self.server.mode == "wrong"), "application/ocsp-response")
            return
        asked = dict(parse_qsl(body.decode()))
        if self.path == "/_control/issue":
            self._answer(
                self.server.authority.issue(asked["name"], int(asked.get("days", "365")), asked["passphrase"]), "application/x-pkcs12"
            )
            return
        self._obey(asked)
        self._answer(b"{}", "application/json")

    def _obey(self, asked: dict[str, str]) -> None:
        self.server.mode = asked.get("mode", self.server.mode)
        self.server.stamps = asked.get("stamps", self.server.stamps)
        self.server.authority.ahead = timedelta(seconds=int(asked.get("clock", self.server.authority.ahead.total_seconds())))
        if "stamper_days" in asked or "stamper_for" in asked:
            self.server.stamper.renew(int(asked.get("stamper_days", DAYS)), for_stamps=asked.get("stamper_for") != "mail")
        if "revoke" in asked:
            self.server.authority.revoked[int(asked["revoke"], 16)] = self.server.authority.now

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Keep quiet."""

    def _behaves(self, mode: str = "") -> bool:
        """Note the call; return False when the answer was spoilt on command."""
        mode = mode or self.server.mode
        self.server.calls.append(f"{self.command} {self.path}")
        if mode == "down":
            self.send_error(503)
            return False
        if mode == "slow":
            time.sleep(SLOW_SECONDS)
        if mode == "endless":
            self._never_end()
            return False
        return True

    def _never_end(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(ENDLESS_PIECE)
        except OSError:
            return

    def _answer(self, content: bytes, media_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def main() -> None:
    """Serve on the loopback until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=2780)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--root-to", type=Path)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _stop)
    with Server(options.port, options.data) as server:
        if options.root_to:
            options.root_to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            options.root_to.write_bytes(server.authority.root.public_bytes(serialization.Encoding.PEM))
        sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()


def _stop(_signum: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()
