"""One SMPP 3.4 session: requests and answers over a socket, each within a time limit. smpplib packs and reads the PDUs.

smpplib's own client is not used: it has no limit on what it reads, checks no host name under TLS, and acknowledges a receipt before
anybody has written it down.
"""

import select
import socket
import ssl
import struct
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from smpplib import smpp

HEADER_BYTES = 16
LARGEST_PDU_BYTES = 70_000
MOST_UNANSWERED = 1000
MOST_READ_AT_ONCE = 200
INTERFACE_VERSION = 0x34
UNBIND_SECONDS = 2.0


class Closed(Exception):
    """The session is of no use any more; the words say why."""


@dataclass(frozen=True)
class SmppAccount:
    """Where the message centre is and who we are to it. An empty `ca_file` means the certificates that the system trusts."""

    host: str
    port: int
    system_id: str
    password: str = ""
    system_type: str = ""
    tls: bool = False
    ca_file: str = ""
    timeout_seconds: float = 10
    enquire_seconds: float = 30


class Session:
    """A bound session. `arrived` holds deliver_sm PDUs, oldest first, that nobody has answered yet."""

    def __init__(self, account: SmppAccount) -> None:
        self._account = account
        self._heard_at = time.monotonic()
        self.sequence = 0
        self.arrived: deque[Any] = deque()
        self._socket = _connected(account)

    @classmethod
    def bound(cls, account: SmppAccount) -> "Session":
        """Connect and bind as transceiver. Raises Closed when the centre is not there or does not let us in."""
        session = cls(account)
        answer = session.ask(
            "bind_transceiver",
            system_id=account.system_id,
            password=account.password,
            system_type=account.system_type,
            interface_version=INTERFACE_VERSION,
        )
        if answer.is_error():
            session.close()
            raise Closed(f"bind refused: {answer.get_status_desc()} (0x{answer.status:X})")
        return session

    def ask(self, command: str, **fields: Any) -> Any:
        """Send a request and return the answer to it, whatever its status. Raises Closed, after which the session is closed."""
        pdu = smpp.make_pdu(command, client=self, **fields)
        deadline = time.monotonic() + self._account.timeout_seconds
        try:
            self._send(pdu)
            while True:
                answer = self._next(deadline)
                if answer.sequence == pdu.sequence and answer.command in {f"{command}_resp", "generic_nack"}:
                    return answer
                self._attend(answer)
        except Closed:
            self._hang_up()
            raise

    def listen(self) -> None:
        """Take in what has come, without waiting for more, and make sure now and then that the centre is still there. Raises Closed."""
        try:
            for _turn in range(MOST_READ_AT_ONCE):
                if not self._has_something():
                    break
                self._attend(self._next(time.monotonic() + self._account.timeout_seconds))
        except Closed:
            self._hang_up()
            raise
        if time.monotonic() - self._heard_at >= self._account.enquire_seconds:
            self.ask("enquire_link")

    def answer(self, pdu: Any) -> None:
        """Tell the centre that its deliver_sm is written down. Raises Closed."""
        response = smpp.make_pdu("deliver_sm_resp", client=self)
        response.sequence = pdu.sequence
        try:
            self._send(response)
        except Closed:
            self._hang_up()
            raise

    def close(self) -> None:
        """Take leave and hang up; a centre that does not answer is not waited for."""
        try:
            self._send(smpp.make_pdu("unbind", client=self))
            deadline = time.monotonic() + UNBIND_SECONDS
            while self._next(deadline).command != "unbind_resp":
                pass
        except Closed:
            pass
        self._hang_up()

    def next_sequence(self) -> int:
        """Return the next number for a request; smpplib asks for it."""
        self.sequence = self.sequence % 0x7FFFFFFF + 1
        return self.sequence

    def _attend(self, pdu: Any) -> None:
        """Do what a PDU that nobody waits for asks; late answers to requests given up long ago are let go."""
        if pdu.command == "deliver_sm":
            if len(self.arrived) >= MOST_UNANSWERED:
                raise Closed("more receipts than can be kept")
            self.arrived.append(pdu)
        elif pdu.command in {"enquire_link", "unbind"}:
            response = smpp.make_pdu(f"{pdu.command}_resp", client=self)
            response.sequence = pdu.sequence
            self._send(response)
            if pdu.command == "unbind":
                raise Closed("the centre took leave")

    def _send(self, pdu: Any) -> None:
        try:
            self._socket.settimeout(self._account.timeout_seconds)
            self._socket.sendall(pdu.generate())
        except OSError as error:
            raise Closed(f"{type(error).__name__}: {error}") from error

    def _next(self, deadline: float) -> Any:
        """Return the next PDU. Raises Closed when there is none by the deadline or it can't be read."""
        (length,) = struct.unpack(">L", self._exactly(4, deadline))
        if not HEADER_BYTES <= length <= LARGEST_PDU_BYTES:
            raise Closed(f"a PDU of {length} bytes")
        rest = self._exactly(length - 4, deadline)
        self._heard_at = time.monotonic()
        try:
            return smpp.parse_pdu(struct.pack(">L", length) + rest, client=self, allow_unknown_opt_params=True)
        except Exception as error:
            raise Closed(f"an unreadable PDU: {type(error).__name__}") from error

    def _exactly(self, size: int, deadline: float) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            left = deadline - time.monotonic()
            if left <= 0:
                raise Closed("no answer in time")
            try:
                self._socket.settimeout(left)
                part = self._socket.recv(size - len(parts))
            except TimeoutError as error:
                raise Closed("no answer in time") from error
            except OSError as error:
                raise Closed(f"{type(error).__name__}: {error}") from error
            if not part:
                raise Closed("the centre hung up")
            parts += part
        return bytes(parts)

    def _has_something(self) -> bool:
        if isinstance(self._socket, ssl.SSLSocket) and self._socket.pending():
            return True
        try:
            return bool(select.select([self._socket], [], [], 0)[0])
        except (OSError, ValueError) as error:
            raise Closed("hung up") from error

    def _hang_up(self) -> None:
        self._socket.close()


def _connected(account: SmppAccount) -> socket.socket:
    """Return a socket to the centre, over TLS with the host's name checked where the account says so. Raises Closed."""
    try:
        plain = socket.create_connection((account.host, account.port), timeout=account.timeout_seconds)
    except OSError as error:
        raise Closed(f"{type(error).__name__}: {error}") from error
    if not account.tls:
        return plain
    try:
        return ssl.create_default_context(cafile=account.ca_file or None).wrap_socket(plain, server_hostname=account.host)
    except OSError as error:
        plain.close()
        raise Closed(f"{type(error).__name__}: {error}") from error
