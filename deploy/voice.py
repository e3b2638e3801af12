"""Makes the recordings that the screen of the queue speaks with: `python deploy/voice.py`, with espeak-ng and PyAV.

Only for who wants to make them anew; they are committed. A recording of a local speaker replaces each of them: docs/administrator.md.
"""

import math
import struct
import subprocess
import sys
import wave
from array import array
from io import BytesIO
from pathlib import Path

import av

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "src" / "xaso" / "apps" / "queue" / "static" / "queue" / "voice"
RATE = 22050
BITS_A_SECOND = 24_000
QUIET_BELOW = 300
MARGIN = RATE // 50
LOUDEST = 26_000

sys.path.insert(0, str(ROOT / "src"))
from xaso.apps.queue.spoken import CHIME, WORDS  # noqa: E402


def spoken(text: str) -> array:
    """Return the samples of what espeak-ng says, without the silence around it, as loud as all others."""
    command = ["espeak-ng", "-v", "vi", "-s", "140", "-g", "2", "--stdout", text]
    with wave.open(BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)) as sound:
        samples = array("h", sound.readframes(sound.getnframes()))
    loud = [place for place, sample in enumerate(samples) if abs(sample) > QUIET_BELOW]
    cut = samples[max(loud[0] - MARGIN, 0) : loud[-1] + MARGIN]
    factor = LOUDEST / max(map(abs, cut))
    return array("h", (round(sample * factor) for sample in cut))


def chime() -> array:
    """Return two bell tones, a third apart."""
    samples = array("h", bytes(2 * RATE))
    for begins, pitch in ((0.0, 659.26), (0.35, 523.25)):
        for place in range(int(begins * RATE), RATE):
            seconds = place / RATE - begins
            samples[place] += round(9_000 * math.exp(-4 * seconds) * math.sin(2 * math.pi * pitch * seconds))
    return samples


def write(path: Path, samples: array) -> None:
    """Write the samples as MP3, which every television plays."""
    with av.open(str(path), "w", format="mp3") as file:
        stream = file.add_stream("libmp3lame", rate=RATE, layout="mono")
        stream.bit_rate = BITS_A_SECOND
        frame = av.AudioFrame(format="s16p", layout="mono", samples=len(samples))
        frame.rate = RATE
        frame.planes[0].update(struct.pack(f"<{len(samples)}h", *samples).ljust(frame.planes[0].buffer_size, b"\0"))
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            file.mux(packet)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    write(FOLDER / f"{CHIME}.mp3", chime())
    for name, text in WORDS.items():
        write(FOLDER / f"{name}.mp3", spoken(text))
