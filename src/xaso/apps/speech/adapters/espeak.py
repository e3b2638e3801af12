"""espeak-ng, from the system's packages: understood, and not pleasant."""

import shutil
from dataclasses import dataclass
from functools import cache

from xaso.apps.speech.adapters.programs import say_with

PROGRAM, PACKAGE = "espeak-ng", "espeak-ng"
WORDS_A_MINUTE = 140
GAP = 2
LANGUAGES = frozenset({"vi", "en", "bn"})


@dataclass(frozen=True)
class Espeak:
    """The voice of espeak-ng, somewhat slower than its usual pace."""

    name: str = f"espeak-ng:{WORDS_A_MINUTE}:{GAP}"

    def is_there(self) -> bool:
        """Tell whether the program is installed."""
        return _is_installed()

    def say(self, text: str, language: str) -> bytes:
        """Return a WAV file. The text goes in by the input, so that none of it can be taken for an option."""
        return say_with([PROGRAM, "-v", language, "-s", str(WORDS_A_MINUTE), "-g", str(GAP), "--stdout"], text)


@cache
def _is_installed() -> bool:
    return shutil.which(PROGRAM) is not None
