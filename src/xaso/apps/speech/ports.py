"""What a machine that speaks must do."""

from typing import Protocol


class VoiceFailed(Exception):
    """The program is missing, failed, or took too long. Its words are for the operator's log."""


class Voice(Protocol):
    """A machine's voice. `name` changes whenever the same text would sound otherwise: sounds are kept under it."""

    @property
    def name(self) -> str:
        """Return what it is called."""

    def is_there(self) -> bool:
        """Tell whether the program and its voice are on this machine."""

    def say(self, text: str, language: str) -> bytes:
        """Return a WAV file of the text, which is given as it is said. Raises VoiceFailed."""
