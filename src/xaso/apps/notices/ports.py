"""What this room asks of the outside: to carry a short text to a phone, and a letter to a mailbox."""

from typing import Protocol


class Undeliverable(Exception):
    """The address will never take this message: trying again is of no use."""


class NotTaken(Exception):
    """This message was not taken now; later it may be."""


class Unavailable(Exception):
    """The way out itself is closed: no message of the channel gets through now."""


class SmsPort(Protocol):
    """Carries SMS. `reference` names the message, so that a provider may recognise a repetition."""

    def send(self, *, phone: str, text: str, reference: str) -> str:
        """Hand the text over and return the provider's own reference, or ""."""


class EmailPort(Protocol):
    """Carries plain-text e-mail."""

    def send(self, *, name: str, address: str, title: str, body: str, reference: str) -> str:
        """Hand the letter over and return the provider's own reference, or ""."""
