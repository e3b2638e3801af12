"""Carries a parcel by one HTTP POST: all in all within a few seconds, to no place but the one that was checked, reading next to nothing.

Neither http.client nor requests can be held to a total time, to an address looked up beforehand and to an answer of a few kilobytes, so the
few lines of HTTP are written here; http.client still reads the headers. Redirects are not followed: they are answers like any other.
"""

import http.client
import re
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from xaso.apps.webhooks.addresses import Network, Target, check_places, parse_target
from xaso.apps.webhooks.ports import Answer, Parcel
from xaso.kernel.errors import Refusal

Resolve = Callable[[str, int], list[str]]
MOST_HEADER_BYTES = 16_384
MOST_INTERIM_ANSWERS = 5
MOST_PLACES = 4
_STATUS_LINE = re.compile(rb"HTTP/1\.[01] (\d{3})(?: [^\r\n]*)?\r?\n")


class Failed(Exception):
    """The parcel was not carried; `kind` is one of the problems that this room has words for."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that the host's name stands for now. Raises OSError."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


@dataclass(frozen=True)
class HttpCarrier:
    """A carrier that goes to public places, and to the private networks in `allowed`."""

    allowed: tuple[Network, ...] = ()
    timeout_seconds: float = 10
    ca_file: str | None = None
    resolve: Resolve = resolve

    def carry(self, parcel: Parcel) -> Answer:
        """Carry it and return what came of it."""
        begun = time.monotonic()
        try:
            status, wish = self._exchange(parcel, begun + self.timeout_seconds)
        except Failed as failure:
            return Answer(None, failure.kind, milliseconds=_since(begun))
        return Answer(status, wish=wish, milliseconds=_since(begun))

    def _exchange(self, parcel: Parcel, deadline: float) -> tuple[int, timedelta]:
        target, places = self._places_of(parcel.url)
        with closing(self._connected(target, places, deadline)) as line:
            try:
                line.settimeout(_left(deadline))
                line.sendall(_request(target, parcel))
                return _read_answer(line, deadline)
            except TimeoutError as error:
                raise Failed("time") from error
            except OSError as error:
                raise Failed("connection") from error

    def _places_of(self, url: str) -> tuple[Target, list[str]]:
        """Return where to connect: the very addresses that were checked, so that a name can't mean another one a moment later."""
        try:
            target = parse_target(url)
            places = self.resolve(target.host, target.port)
            check_places(target, places, self.allowed)
        except Refusal as refusal:
            raise Failed("address") from refusal
        except (OSError, UnicodeError) as error:
            raise Failed("name") from error
        return target, places[:MOST_PLACES]

    def _connected(self, target: Target, places: list[str], deadline: float) -> socket.socket:
        """Return a line to the first of the places that answers."""
        for place in places:
            try:
                plain = socket.create_connection((place, target.port), timeout=_left(deadline))
            except TimeoutError as error:
                raise Failed("time") from error
            except OSError:
                continue
            return self._secured(plain, target, deadline) if target.scheme == "https" else plain
        raise Failed("connection" if places else "name")

    def _secured(self, plain: socket.socket, target: Target, deadline: float) -> socket.socket:
        """Return the line under TLS, with the certificate checked against the host's name."""
        try:
            plain.settimeout(_left(deadline))
            return ssl.create_default_context(cafile=self.ca_file).wrap_socket(plain, server_hostname=target.host)
        except (TimeoutError, ssl.SSLError, OSError, Failed) as error:
            plain.close()
            raise Failed(_kind_of(error)) from error


def _kind_of(error: Exception) -> str:
    if isinstance(error, Failed | TimeoutError):
        return "time"
    return "certificate" if isinstance(error, ssl.SSLError) else "connection"


def _request(target: Target, parcel: Parcel) -> bytes:
    body = parcel.body.encode()
    headers = {
        "Host": target.authority,
        "User-Agent": "Xa-So-Webhooks/1",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Accept": "*/*",
        "Connection": "close",
        **parcel.headers,
    }
    lines = [f"POST {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def _read_answer(line: socket.socket, deadline: float) -> tuple[int, timedelta]:
    """Return status and wish of the final answer; its body is not read."""
    received = b""
    for _turn in range(MOST_INTERIM_ANSWERS):
        head, received = _head(line, received, deadline)
        found = _STATUS_LINE.match(head)
        if found is None:
            raise Failed("answer")
        status = int(found[1])
        if status >= 200:
            return status, _wish(head[found.end() :])
    raise Failed("answer")


def _head(line: socket.socket, received: bytes, deadline: float) -> tuple[bytes, bytes]:
    """Return the answer's lines up to the empty one, and what came after it."""
    while True:
        end = re.search(rb"\r?\n\r?\n", received)
        if end:
            return received[: end.end()], received[end.end() :]
        if len(received) > MOST_HEADER_BYTES:
            raise Failed("answer")
        line.settimeout(_left(deadline))
        more = line.recv(4096)
        if not more:
            raise Failed("answer" if received else "connection")
        received += more


def _wish(header_lines: bytes) -> timedelta:
    """Return the Retry-After, in seconds; a date is not worth the trouble."""
    try:
        told = http.client.parse_headers(BytesIO(header_lines)).get("Retry-After", "")
    except http.client.HTTPException:
        return timedelta()
    return timedelta(seconds=int(told)) if re.fullmatch(r"\d{1,7}", told.strip(), re.ASCII) else timedelta()


def _left(deadline: float) -> float:
    """Return the seconds that are left. Raises Failed when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise Failed("time")
    return left


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)
