"""Builders for tests of this room and above: a program that receives over a real socket, and behaves as it is told."""

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from xaso.apps.webhooks.adapters.http import HttpCarrier
from xaso.apps.webhooks.couriers import Couriers
from xaso.apps.webhooks.jobs import deliver_due
from xaso.platform.registries import OutsideEvent, outside_events

TOPIC = "testing.happened"
outside_events.add(OutsideEvent(TOPIC, "Việc thử", lambda subject, payload: {"subject": subject, "to": payload["to"]}))
LOOPBACK = (ip_network("127.0.0.0/8"),)
Behaviour = Callable[[socket.socket], None]


@dataclass(frozen=True)
class Heard:
    """One request as it came; names of headers are in small letters."""

    line: str
    headers: dict[str, str]
    body: str


@dataclass
class Receiver:
    """A program that listens. `behaviours` are used up one a request, then `usual`."""

    port: int
    heard: list[Heard] = field(default_factory=list)
    behaviours: list[Behaviour] = field(default_factory=list)
    usual: Behaviour = field(default_factory=lambda: saying("HTTP/1.1 204 No Content\r\n\r\n"))

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}/nhan?kenh=1"


def saying(*pieces: str, pause_seconds: float = 0) -> Behaviour:
    """Return a behaviour that says these pieces with pauses before each."""

    def behave(line: socket.socket) -> None:
        for piece in pieces:
            time.sleep(pause_seconds)
            line.sendall(piece.encode("latin-1"))

    return behave


def answering(status: int, *headers: str) -> Behaviour:
    """Return a behaviour that answers with a status and nothing else."""
    return saying("\r\n".join([f"HTTP/1.1 {status} so", *headers, "Content-Length: 0", "", ""]))


def without_end(begin: str, piece: str, pause_seconds: float) -> Behaviour:
    """Return a behaviour that never stops talking until the other side hangs up."""

    def behave(line: socket.socket) -> None:
        line.sendall(begin.encode("latin-1"))
        for _turn in range(100_000):
            line.sendall(piece.encode("latin-1"))
            time.sleep(pause_seconds)

    return behave


@contextmanager
def receiver(certificate: Path | None = None) -> Iterator[Receiver]:
    """Run a receiver on the loopback; with a certificate file it speaks TLS."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError, ValueError, IndexError):
                made.heard.append(_read(self.request))
                behave = made.behaviours.pop(0) if made.behaviours else made.usual
                behave(self.request)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        made = Receiver(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()


def couriers(*, timeout_seconds: float = 1, **facts: Any) -> Couriers:
    """Return couriers that may go to the loopback."""
    return Couriers(HttpCarrier(LOOPBACK, timeout_seconds=timeout_seconds), **facts)


def deliver_all(now: datetime, using: Couriers, seconds: float = 5) -> int:
    """Do rounds of the worker at one moment until nothing is on its way and nothing is due; returns how many deliveries came back."""
    end, done = time.monotonic() + seconds, 0
    while True:
        done += deliver_due(now, couriers=using)
        if not using.is_busy():
            return done
        assert time.monotonic() < end, "a delivery does not come back"
        time.sleep(0.01)


def _read(line: socket.socket) -> Heard:
    received = b""
    while b"\r\n\r\n" not in received:
        received += line.recv(4096) or _hung_up()
    head, _end, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    headers = {name.lower(): value for name, _colon, value in (one.partition(": ") for one in lines)}
    while len(body) < int(headers["content-length"]):
        body += line.recv(4096) or _hung_up()
    return Heard(first, headers, body.decode())


def _hung_up() -> bytes:
    raise ConnectionError("the other side hung up")
