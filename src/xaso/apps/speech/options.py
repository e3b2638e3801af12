"""Settings of this room: the machine's voice, and how much it is made to speak ahead of time."""

from pathlib import Path

from django.conf import settings

from xaso.platform.options import Option, declare


def _from_zero(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= 60:
        raise ValueError("must be a number from 0 to 60")
    return seconds


def _from_one(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise ValueError("must be a number from 1 on")
    return int(text)


PIPER = declare(Option("XASO_SPEECH_PIPER", "piper", str, "program", "the Piper program, used once a voice lies in the folder of voices"))
PIPER_FOLDER = declare(
    Option(
        "XASO_SPEECH_PIPER_FOLDER",
        Path(settings.DATA_DIR) / "giong-piper",
        Path,
        "path",
        "folder of Piper voices, each as `vi.onnx` with `vi.onnx.json`, named after its language; without one espeak-ng speaks",
    )
)
AHEAD_SECONDS = declare(
    Option("XASO_SPEECH_AHEAD_SECONDS", 1.0, _from_zero, "seconds", "how long a round of the worker may speak ahead of time; 0 is never")
)
ASKED_AN_HOUR = declare(
    Option("XASO_SPEECH_ASKED_AN_HOUR", 1200, _from_one, "sentences", "how many unspoken sentences phones behind one address may ask for")
)
