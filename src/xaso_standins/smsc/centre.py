"""The message centre: its accounts, its messages, the receipts it still owes, and one conversation a connection."""

import socket
import socketserver
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from xaso_standins.smsc import pdus
from xaso_standins.smsc.misbehaviour import Conduct

RECEIPT_DELAY_SECONDS = 0.05
STATES = {"delivered": ("DELIVRD", 2, "000"), "undelivered": ("UNDELIV", 5, "011"), "expired": ("EXPIRED", 3, "000")}
STATES |= {"enroute": ("ENROUTE", 1, "000")}


@dataclass
class Centre:
    """What the stand-in knows. `owed` are receipts that no client has acknowledged; they are told again after each bind."""

    system_id: str
    password: str
    conduct: Conduct = field(default_factory=Conduct)
    messages: list[tuple[str, pdus.Submit]] = field(default_factory=list)
    owed: dict[str, bytes] = field(default_factory=dict)
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("bind", "unbind", "enquire", "answered", "acknowledged", "bad"), 0)
    )
    texts_in: int = 0
    written: dict[str, list[str]] = field(default_factory=dict)
    open: "set[Conversation]" = field(default_factory=set)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def take(self, submit: pdus.Submit) -> str:
        """Keep a message and return its id."""
        with self.lock:
            name = f"{0xA0000000 + len(self.messages):X}"
            self.messages.append((name, submit))
        return name

    def owe(self, name: str, submit: pdus.Submit) -> None:
        """Note the receipt of a message, if one was asked for."""
        if self.conduct.receipts == "none" or not submit.registered & 0x01:
            return
        word, number, error = STATES[self.conduct.receipts]
        told = str(int(name, 16)) if self.conduct.ids == "decimal" else name
        text = f"id:{told} sub:001 dlvrd:001 submit date:2611240900 done date:2611240901 stat:{word} err:{error} text:"
        options = {pdus.RECEIPTED_ID: told.encode() + b"\x00", pdus.MESSAGE_STATE: bytes([number])} if self.conduct.options else {}
        with self.lock:
            self.owed[name] = pdus.deliver(submit.destination, submit.source, pdus.RECEIPT, text, options)

    def text_in(self, source: str, destination: str, text: str, *, way: str = "udh", lacking: int = 0) -> None:
        """Let a person send an SMS to whoever is bound; it is owed until it is acknowledged. Piece number `lacking` is lost on the way."""
        with self.lock:
            self.texts_in += 1
            for number, body in enumerate(pdus.texted(source, destination, text, reference=self.texts_in, way=way), start=1):
                if number != lacking:
                    self.owed[f"in-{self.texts_in}-{number}"] = body
            for conversation in list(self.open):
                conversation.tell_owed()

    def joined_texts(self) -> list[dict[str, Any]]:
        """Return the messages as a phone would show them: joined segments put together, those with a gap left out."""
        shown: dict[Any, dict[int, pdus.Submit]] = {}
        for name, submit in self.messages:
            reference, number = (submit.joined[0], submit.joined[2]) if submit.joined else (name, 1)
            shown.setdefault((submit.destination, reference), {})[number] = submit
        whole = [parts for parts in shown.values() if len(parts) == (parts[min(parts)].joined or (0, 1, 0))[1]]
        return [{"to": parts[1].destination, "text": "".join(parts[n].text for n in sorted(parts)), "parts": len(parts)} for parts in whole]

    def shown(self) -> dict[str, Any]:
        """Return everything for the control."""
        with self.lock:
            listed = [{"id": name, **asdict(submit)} for name, submit in self.messages]
            state = {"open": len(self.open), "owed": sorted(self.owed)}
            return {"conduct": asdict(self.conduct), "counts": self.counts, "messages": listed, "joined": self.joined_texts(), **state}


class Conversation(socketserver.BaseRequestHandler):
    """One connection of a client."""

    centre: Centre
    request: socket.socket

    def setup(self) -> None:
        """Begin unbound."""
        self.is_bound = False
        self.sequence = 0
        self.owed_as: dict[int, str] = {}
        self.told: set[str] = set()
        self.writing = threading.Lock()

    def handle(self) -> None:
        """Answer until the client leaves."""
        with suppress(OSError, pdus.Malformed):
            while self.centre.conduct.mode != "down" and self._answer_one():
                pass

    def finish(self) -> None:
        """Forget the connection; what is owed stays."""
        with self.centre.lock:
            self.centre.open.discard(self)

    def _answer_one(self) -> bool:
        length, command, _status, sequence = pdus.HEADER.unpack(self._exactly(pdus.HEADER.size))
        if not pdus.HEADER.size <= length <= pdus.LARGEST_BYTES:
            self._say(pdus.GENERIC_NACK, pdus.INVALID_LENGTH, sequence)
            return False
        body = self._exactly(length - pdus.HEADER.size)
        if self.centre.conduct.mode == "down":
            return False
        if command in {pdus.BIND_TRANSCEIVER, pdus.BIND_TRANSMITTER, pdus.BIND_RECEIVER}:
            return self._bind(command, sequence, body)
        if command & pdus.RESPONSE:
            self._acknowledged(command, sequence)
            return True
        if not self.is_bound:
            self._say(command | pdus.RESPONSE, pdus.NOT_BOUND, sequence)
            return True
        return self._serve(command, sequence, body)

    def _serve(self, command: int, sequence: int, body: bytes) -> bool:
        if command == pdus.SUBMIT_SM:
            return self._submit(sequence, body)
        if command == pdus.ENQUIRE_LINK:
            self._count("enquire")
            if self.centre.conduct.mode != "silent":
                self._say(command | pdus.RESPONSE, pdus.OK, sequence)
            return True
        if command == pdus.UNBIND:
            self._count("unbind")
            self._say(command | pdus.RESPONSE, pdus.OK, sequence)
            return False
        self._say(pdus.GENERIC_NACK, pdus.INVALID_COMMAND, sequence)
        return True

    def _bind(self, command: int, sequence: int, body: bytes) -> bool:
        self._count("bind")
        if pdus.read_bind(body) != (self.centre.system_id, self.centre.password):
            self._say(command | pdus.RESPONSE, pdus.BIND_FAILED, sequence, b"\x00")
            return False
        self.is_bound = True
        self._say(command | pdus.RESPONSE, pdus.OK, sequence, b"standin\x00\x02\x10\x00\x01\x34")
        with self.centre.lock:
            self.centre.open.add(self)
        self.tell_owed()
        return True

    def _submit(self, sequence: int, body: bytes) -> bool:
        try:
            submit = pdus.read_submit(body)
        except (pdus.Malformed, IndexError):
            self._count("bad")
            self._say(pdus.SUBMIT_SM | pdus.RESPONSE, 0x45, sequence)
            return True
        mode = self.centre.conduct.spend()
        if mode in {"throttled", "refused"}:
            status = pdus.THROTTLED if mode == "throttled" else self.centre.conduct.status
            self._say(pdus.SUBMIT_SM | pdus.RESPONSE, status, sequence)
            return True
        name = self.centre.take(submit)
        if mode in {"lost", "silent"}:
            return mode == "silent"
        if mode == "slow":
            time.sleep(self.centre.conduct.seconds)
        self.centre.owe(name, submit)
        if mode == "wrong":
            return self._answer_wrongly(sequence, name)
        self._say(pdus.SUBMIT_SM | pdus.RESPONSE, pdus.OK, sequence, name.encode() + b"\x00")
        self._count("answered")
        threading.Timer(RECEIPT_DELAY_SECONDS, self.tell_owed).start()
        return True

    def _answer_wrongly(self, sequence: int, name: str) -> bool:
        body = name.encode() + b"\x00"
        command = pdus.SUBMIT_SM | pdus.RESPONSE
        wrong = {
            "sequence": pdus.pack(command, pdus.OK, sequence + 1000, body),
            "command": pdus.pack(pdus.ENQUIRE_LINK | pdus.RESPONSE, pdus.OK, sequence),
            "length": pdus.HEADER.pack(0x7FFFFFFF, command, pdus.OK, sequence) + body,
            "garbage": pdus.pack(0x12345678, 0x99, sequence, b"\xff" * 40),
        }
        self._write(wrong[self.centre.conduct.what])
        return True

    def tell_owed(self) -> None:
        """Send what was not acknowledged, over this connection or before: receipts, and SMS of people."""
        with self.centre.lock, suppress(OSError):
            for name, body in self.centre.owed.items():
                if name not in self.told:
                    self.told.add(name)
                    self.sequence += 1
                    self.owed_as[self.sequence] = name
                    self._say(pdus.DELIVER_SM, pdus.OK, self.sequence, body)

    def _acknowledged(self, command: int, sequence: int) -> None:
        if command == pdus.DELIVER_SM | pdus.RESPONSE:
            with self.centre.lock:
                self._count("acknowledged")
                self.centre.owed.pop(self.owed_as.get(sequence, ""), None)

    def say_of_itself(self, command: int, body: bytes = b"") -> None:
        """Send a request of the centre's own, as the control asks."""
        with self.centre.lock, suppress(OSError):
            self.sequence += 1
            self._say(command, pdus.OK, self.sequence, body)

    def hang_up(self) -> None:
        """Cut the line."""
        with suppress(OSError):
            self.request.shutdown(socket.SHUT_RDWR)

    def _say(self, command: int, status: int, sequence: int, body: bytes = b"") -> None:
        said = pdus.pack(command, status, sequence, body)
        self._write(said * 2 if self.centre.conduct.mode == "twice" else said)

    def _write(self, octets: bytes) -> None:
        with self.writing:
            self.request.sendall(octets)

    def _count(self, what: str) -> None:
        with self.centre.lock:
            self.centre.counts[what] += 1

    def _exactly(self, size: int) -> bytes:
        parts = b""
        while len(parts) < size:
            part = self.request.recv(size - len(parts))
            if not part:
                raise pdus.Malformed("the client hung up")
            parts += part
        return parts
