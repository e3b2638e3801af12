"""A load generator without dependencies: some clients on kept-alive connections, each with one request under way at any time.

It runs in a process of its own and shares the machine's cores with the server, as the rivals' generator did.
"""

import multiprocessing
import selectors
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

CLIENTS = 8
HEAD_END = b"\r\n\r\n"
ANSWER_SECONDS = 60.0

Request = Callable[[int], bytes]
"""Returns the bytes of the n-th request."""


@dataclass(frozen=True)
class Load:
    """What came of it: answers per second, and how long they took, in milliseconds. `wrong` counts answers with another status."""

    per_second: float
    p50_ms: float
    p95_ms: float
    max_ms: float
    answers: int
    wrong: int
    first_wrong: str = ""

    def checked(self) -> "Load":
        """Return this load. Raises RuntimeError when an answer was not what it should be: wrong answers are quick."""
        if self.wrong or not self.answers:
            raise RuntimeError(f"{self.wrong} of {self.answers} answers were wrong: {self.first_wrong}")
        return self


def get(path: str, *, port: int, cookie: str = "") -> Request:
    """Return a GET as a browser sends it."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept: text/html", "Accept-Encoding: gzip, br"]
    lines += [f"Cookie: {cookie}"] if cookie else []
    content = ("\r\n".join(lines) + "\r\n\r\n").encode()
    return lambda _number: content


def post(path: str, body: bytes, *, port: int, media_type: str, headers: Callable[[int], str] = lambda _number: "") -> Request:
    """Return a POST; `headers` gives the further lines of the n-th one, each ended by CRLF."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n"
    return lambda number: f"{head}{headers(number)}\r\n".encode() + body


def run(port: int, requests: Sequence[Request], *, status: int, seconds: float, warm_seconds: float = 1.0, clients: int = CLIENTS) -> Load:
    """Send the requests in turn for `seconds` after warming up and return what came of it."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    work = context.Process(target=_generate, args=(sending, port, requests, status, seconds, warm_seconds, clients))
    work.start()
    sending.close()
    answer = receiving.recv()
    work.join()
    if isinstance(answer, Exception):
        raise answer
    load: Load = answer
    return load


class _Client:
    """One connection and the request under way on it."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.begun = 0.0
        self.received = b""
        self.length = -1

    def send(self, content: bytes) -> None:
        self.received, self.length = b"", -1
        self.begun = time.perf_counter()
        self.socket.sendall(content)

    def take(self) -> bool:
        """Read what has come; tells whether the answer is complete."""
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError(f"the server hung up after {self.received[:200]!r}")
        self.received += part
        if self.length < 0:
            end = self.received.find(HEAD_END)
            if end < 0:
                return False
            self.length = end + len(HEAD_END) + _content_length(self.received[:end].lower())
        return len(self.received) >= self.length


def _content_length(head: bytes) -> int:
    place = head.find(b"\r\ncontent-length:")
    return int(head[place + 17 :].split(b"\r\n", 1)[0]) if place >= 0 else 0


def _generate(
    sending: Connection, port: int, requests: Sequence[Request], status: int, seconds: float, warm_seconds: float, clients: int
) -> None:
    try:
        sending.send(_drive([_Client(port) for _ in range(clients)], requests, f"HTTP/1.1 {status} ".encode(), seconds, warm_seconds))
    except Exception as error:
        sending.send(error)


def _drive(clients: list[_Client], requests: Sequence[Request], good: bytes, seconds: float, warm_seconds: float) -> Load:
    waiting = selectors.DefaultSelector()
    number = 0
    for client in clients:
        waiting.register(client.socket, selectors.EVENT_READ, client)
        client.send(requests[number % len(requests)](number))
        number += 1
    times: list[float] = []
    wrong, first_wrong = 0, b""
    counted_from = time.perf_counter() + warm_seconds
    until = counted_from + seconds
    while (moment := time.perf_counter()) < until:
        ready = waiting.select(ANSWER_SECONDS)
        if not ready:
            raise TimeoutError(f"no answer within {ANSWER_SECONDS} seconds")
        for key, _events in ready:
            client = key.data
            if not client.take():
                continue
            moment = time.perf_counter()
            if counted_from <= moment < until:
                times.append(moment - client.begun)
                if not client.received.startswith(good):
                    wrong, first_wrong = wrong + 1, first_wrong or client.received[:600]
            client.send(requests[number % len(requests)](number))
            number += 1
    return summary(times, seconds, wrong, first_wrong.decode(errors="replace"))


def summary(times: list[float], seconds: float, wrong: int = 0, first_wrong: str = "") -> Load:
    """Return rates and percentiles of the times, given in seconds."""
    ordered = sorted(times) or [0.0]

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000, 2)

    return Load(round(len(times) / seconds, 1), at(0.5), at(0.95), round(ordered[-1] * 1000, 2), len(times), wrong, first_wrong)
