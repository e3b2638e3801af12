"""Which machine speaks a language: a Piper voice where the operator has put one, else espeak-ng."""

from pathlib import Path

from xaso.apps.speech import options
from xaso.apps.speech.adapters.espeak import LANGUAGES, Espeak
from xaso.apps.speech.adapters.piper import Piper
from xaso.apps.speech.ports import Voice

ESPEAK = Espeak()


def voice_for(language: str) -> Voice | None:
    """Return the machine's voice of a language, None where no machine here speaks it."""
    folder: Path = options.PIPER_FOLDER.value()
    if folder.is_dir():
        piper = Piper(options.PIPER.value(), folder / f"{language}.onnx")
        if piper.is_there():
            return piper
    return ESPEAK if language in LANGUAGES and ESPEAK.is_there() else None
