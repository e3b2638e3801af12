"""Sounds as they are kept: speech without silence around it, equally loud, mono, as Opus; and as MP3 for phones that play no Opus.

numpy and soundfile are loaded when the first sound is made, so that a process which makes none does not carry them.
"""

import io
import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE = 16_000
FORMAT = "opus-16k-1"
"""Changes whenever the same speech would be kept otherwise."""
LOUDNESS = 0.1
"""The root mean square of what is spoken, of full scale: -20 dB, near the -16 LUFS that speech on telephones has."""
LOUDEST = 0.9
SILENT_BELOW = 0.015
MARGIN_SECONDS = 0.05
PAUSE_SECONDS = 0.25
READ = frozenset({"WAV", "WAVEX", "FLAC", "OGG", "MP3"})
_OPUS_LEVEL = 0.98
"""How hard libsndfile squeezes: 0 is 256 kbit/s, 1 is 6; this comes to about 12 for a voice."""
_MP3_LEVEL = 0.97


class NoSound(Exception):
    """What was given is no sound, is silent, or is of a kind that is not read here."""


@dataclass(frozen=True)
class Sound:
    """An Opus file and how long it plays."""

    content: bytes
    seconds: float


def from_machine(wav: bytes, *, pause_seconds: float = PAUSE_SECONDS) -> Sound:
    """Return what a program wrote as WAV, as it is kept. Its lengths may be left open, as programs that write to a pipe do."""
    import numpy as np

    with wave.open(io.BytesIO(wav)) as sound:
        rate, channels, width = sound.getframerate(), sound.getnchannels(), sound.getsampwidth()
        frames = sound.readframes(len(wav))
    if width != 2:
        raise NoSound(f"{width * 8} bits a sample")
    samples = np.frombuffer(frames[: len(frames) // (2 * channels) * 2 * channels], dtype="<i2").astype(np.float32) / 32768
    return kept(samples.reshape(-1, channels).mean(axis=1), rate, pause_seconds=pause_seconds)


def from_file(content: bytes, *, longest_seconds: float) -> Sound:
    """Return a sound that somebody recorded, as it is kept. Raises NoSound for what can't be read, is silent or too long."""
    import soundfile

    try:
        with soundfile.SoundFile(io.BytesIO(content)) as file:
            if file.format not in READ:
                raise NoSound(file.format)
            rate = file.samplerate
            samples = file.read(int(rate * longest_seconds) + 1, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, RuntimeError, ValueError) as error:
        raise NoSound(str(error)) from error
    if len(samples) > rate * longest_seconds:
        raise NoSound("too long")
    return kept(samples.mean(axis=1), rate)


def kept(samples: "Samples", rate: int, *, pause_seconds: float = PAUSE_SECONDS) -> Sound:
    """Return speech as it is kept: cut, evened, resampled, packed. Raises NoSound for silence."""
    import numpy as np

    resampled = _resampled(samples, rate)
    if not len(resampled):
        raise NoSound("empty")
    strongest = float(np.abs(resampled).max())
    if strongest < 1e-3:
        raise NoSound("silent")
    audible = np.flatnonzero(np.abs(resampled) > SILENT_BELOW * strongest)
    margin = int(RATE * MARGIN_SECONDS)
    cut = resampled[max(0, audible[0] - margin) : audible[-1] + margin]
    evened = np.concatenate([_evened(cut), np.zeros(int(RATE * pause_seconds), dtype=np.float32)])
    return Sound(_packed(evened, "OGG", "OPUS", compression_level=_OPUS_LEVEL), len(evened) / RATE)


def as_mp3(opus: bytes) -> bytes:
    """Return a kept sound as MP3, which every telephone plays."""
    import soundfile

    samples, rate = soundfile.read(io.BytesIO(opus), dtype="float32")
    return _packed(samples, "MP3", "MPEG_LAYER_III", rate=rate, compression_level=_MP3_LEVEL)


def as_wav(opus: bytes) -> bytes:
    """Return a kept sound as WAV of 16 bits."""
    import soundfile

    samples, rate = soundfile.read(io.BytesIO(opus), dtype="float32")
    return _packed(samples, "WAV", "PCM_16", rate=rate)


def seconds_of(opus: bytes) -> float:
    """Return how long a kept sound plays."""
    import soundfile

    return float(soundfile.info(io.BytesIO(opus)).duration)


def _resampled(samples: "Samples", rate: int) -> "Samples":
    """Return the samples at RATE: the spectrum is cut or padded, which needs no filter of its own."""
    import numpy as np

    if rate == RATE or not len(samples):
        return samples
    count = round(len(samples) * RATE / rate)
    spectrum = np.fft.rfft(samples)[: count // 2 + 1]
    return (np.fft.irfft(spectrum, count) * (count / len(samples))).astype(np.float32)


def _evened(samples: "Samples") -> "Samples":
    """Return the samples so that what is spoken, not the pauses, is as loud as everywhere; peaks are bent, not cut off."""
    import numpy as np

    spoken = samples[np.abs(samples) > SILENT_BELOW * np.abs(samples).max()]
    louder = samples * (LOUDNESS / float(np.sqrt(np.mean(spoken**2))))
    evened: Samples = (LOUDEST * np.tanh(louder / LOUDEST)).astype(np.float32)
    return evened


def _packed(samples: "Samples", container: str, coding: str, *, rate: int = RATE, **how: Any) -> bytes:
    import soundfile

    target = io.BytesIO()
    soundfile.write(target, samples, rate, format=container, subtype=coding, **how)
    return target.getvalue()
