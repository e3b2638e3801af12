"""What this room asks of the outside: to carry a short text to a phone, and a letter to a mailbox."""

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol


class Undeliverable(Exception):
    """The address will never take this message: trying again is of no use."""


class NotTaken(Exception):
    """This message was not taken now; later it may be."""


class Unavailable(Exception):
    """The way out itself is closed: no message of the channel gets through now."""


class SmsPort(Protocol):
    """Carries SMS. `reference` names the message, so that a provider may recognise a repetition."""

    def send(self, *, phone: str, text: str, reference: str) -> str:
        """Hand the text over and return the provider's own references of its segments, parted by blanks, or ""."""


Fate = Literal["delivered", "undelivered", "passed_on"]


@dataclass(frozen=True)
class Receipt:
    """What a provider tells later of a segment that it took over: it arrived, it was lost, or it merely left the provider's hands.

    `phone` is empty where the provider does not say it; `handle` is the adapter's own.
    """

    reference: str
    fate: Fate
    detail: str = ""
    phone: str = ""
    handle: Any = field(default=None, compare=False)


class ReceiptPort(Protocol):
    """Tells what became of SMS that were taken over."""

    def reports(self) -> list[Receipt]:
        """Return what was told and not acknowledged yet. Never raises and does not wait for more."""

    def acknowledge(self, receipt: Receipt, *, is_known: bool) -> None:
        """Note that the receipt was written down, or that it is about nothing known."""


Coding = Literal["gsm7", "latin1", "ucs2", "utf8"]


@dataclass(frozen=True)
class Arrived:
    """An SMS to us, or one piece of a long one: `joined` is then (reference, number of pieces, number of this one).

    `phone` is as the provider writes it. `key` is the provider's own name of the message, empty where it has none. `handle` is the
    adapter's own.
    """

    phone: str
    octets: bytes
    coding: Coding
    key: str = ""
    joined: tuple[int, int, int] | None = None
    handle: Any = field(default=None, compare=False)


class IncomingPort(Protocol):
    """Brings the SMS that people send to the commune."""

    def arrived(self) -> list[Arrived]:
        """Return what came and was not acknowledged yet. Never raises and does not wait for more."""

    def take(self, arrived: Arrived) -> None:
        """Note that it was written down; until then it is told again."""


class EmailPort(Protocol):
    """Carries plain-text e-mail."""

    def send(self, *, name: str, address: str, title: str, body: str, reference: str) -> str:
        """Hand the letter over and return the provider's own reference, or ""."""
