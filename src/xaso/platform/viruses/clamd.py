"""Asks clamd, ClamAV's daemon, over its socket: `zINSTREAM`, the content in pieces, one line back. Source: clamd(8)."""

import re
import socket
import struct
import time
from dataclasses import dataclass

PIECE_BYTES = 64 * 1024
LONGEST_ANSWER_BYTES = 1024
REST_SECONDS = 60
ANSWER = re.compile(rb"stream: (?:OK|(?P<finding>.{1,300}) FOUND)\0?", re.DOTALL)
UNPRINTED = re.compile(r"[^A-Za-z0-9._:/-]")


class NoVerdict(Exception):
    """The scanner did not say whether the content is harmless."""


class TooLarge(NoVerdict):
    """The scanner is set to take less than we admit (`StreamMaxLength`): asking again won't help."""


@dataclass(frozen=True)
class Place:
    """Where clamd listens: the path of its socket, or a host and a port."""

    path: str = ""
    host: str = ""
    port: int = 0

    @classmethod
    def read(cls, text: str) -> "Place":
        """Return the place written as `/run/clamav/clamd.ctl` or `host:3310`. Raises ValueError."""
        text = text.strip()
        if text.startswith("/"):
            return cls(path=text)
        host, colon, port = text.rpartition(":")
        if not colon or not host or not port.isdecimal() or not 0 < int(port) < 1 << 16:
            raise ValueError("must be the path of a socket or host:port")
        return cls(host=host.strip("[]"), port=int(port))


class Clamd:
    """The daemon at a place that the operator named. One that failed is left alone for a minute, so that nobody waits for it again."""

    def __init__(self, place: Place, seconds: float) -> None:
        self._place, self._seconds = place, seconds
        self._rests_until = 0.0

    @property
    def is_resting(self) -> bool:
        """Whether the daemon failed a moment ago and is not asked yet."""
        return time.monotonic() < self._rests_until

    def finding(self, content: bytes) -> str:
        """Return the name of what was found in the content, empty for nothing. Raises NoVerdict, after `seconds` at the latest."""
        if self.is_resting:
            raise NoVerdict("resting")
        try:
            return _verdict(self._answer(content))
        except TooLarge:
            raise
        except (OSError, NoVerdict) as error:
            self._rests_until = time.monotonic() + REST_SECONDS
            raise NoVerdict(str(error) or type(error).__name__) from error

    def rest_no_longer(self) -> None:
        """Ask at once the next time."""
        self._rests_until = 0.0

    def _answer(self, content: bytes) -> bytes:
        deadline = time.monotonic() + self._seconds
        with self._connection() as link:
            try:
                self._send(link, content, deadline)
            except (BrokenPipeError, ConnectionResetError):
                return _read(link, deadline)  # it may have said why before it hung up
            return _read(link, deadline)

    def _connection(self) -> socket.socket:
        if self._place.path:
            link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            link.settimeout(self._seconds)
            try:
                link.connect(self._place.path)
            except BaseException:
                link.close()
                raise
            return link
        return socket.create_connection((self._place.host, self._place.port), timeout=self._seconds)

    def _send(self, link: socket.socket, content: bytes, deadline: float) -> None:
        link.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), PIECE_BYTES):
            piece = content[at : at + PIECE_BYTES]
            link.settimeout(_left(deadline))
            link.sendall(struct.pack(">I", len(piece)) + piece)
        link.sendall(struct.pack(">I", 0))


def _read(link: socket.socket, deadline: float) -> bytes:
    """Return what comes until the zero that ends an answer, or until the daemon hangs up."""
    answer = bytearray()
    while not answer.endswith(b"\0") and len(answer) <= LONGEST_ANSWER_BYTES:
        link.settimeout(_left(deadline))
        some = link.recv(LONGEST_ANSWER_BYTES)
        if not some:
            break
        answer += some
    return bytes(answer)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("too slow")
    return left


def _verdict(answer: bytes) -> str:
    """Read the line. Only the two sentences of the protocol count: anything else is no verdict."""
    if b"size limit exceeded" in answer:
        raise TooLarge("StreamMaxLength is smaller than a file may be")
    said = ANSWER.fullmatch(answer)
    if said is None:
        raise NoVerdict("not an answer of clamd")
    finding = said["finding"]
    return "" if finding is None else UNPRINTED.sub("_", finding.decode("ascii", errors="replace"))[:100]
