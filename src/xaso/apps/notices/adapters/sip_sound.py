"""Makes of a spoken text what a telephone plays: 8 kHz, a breath before, the text twice, since the first words are often not heard."""

import io
import wave
from array import array
from dataclasses import dataclass

RATE = 8000
SAMPLE_BYTES = 2


@dataclass(frozen=True)
class Silence:
    """How long nothing is said before the text, and between its two turns."""

    before_seconds: float = 1.0
    between_seconds: float = 1.5


USUAL = Silence()


def for_telephone(wav: bytes, silence: Silence) -> tuple[bytes, float, float]:
    """Return the WAV to play, how many seconds the text takes once, and how many all of it takes.

    Raises ValueError for a sound that is not 16 bits, mono, and a whole multiple of 8 kHz.
    """
    with wave.open(io.BytesIO(wav)) as source:
        step, rest = divmod(source.getframerate(), RATE)
        if source.getsampwidth() != SAMPLE_BYTES or source.getnchannels() != 1 or rest or not step:
            raise ValueError("not 16 bits, mono, a multiple of 8 kHz")
        samples = array("h", source.readframes(source.getnframes()))
    text = array("h", (sum(samples[at : at + step]) // step for at in range(0, len(samples) - step + 1, step)))
    before, between = (
        array("h", bytes(int(RATE * seconds) * SAMPLE_BYTES)) for seconds in (silence.before_seconds, silence.between_seconds)
    )
    whole = before + text + between + text
    target = io.BytesIO()
    with wave.open(target, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(SAMPLE_BYTES)
        written.setframerate(RATE)
        written.writeframes(whole.tobytes())
    return target.getvalue(), len(text) / RATE, len(whole) / RATE
