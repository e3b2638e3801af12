"""Makes the recordings that come with the program, in the voice that reads pages aloud: `make sounds`, with espeak-ng.

They are committed, so that the screen of the queue and the five faces speak on any machine. A person's recording replaces each of them.
"""

import os
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ROOT / "src" / "xaso" / "apps"
QUEUE = ROOMS / "queue" / "static" / "queue" / "voice"
FACES = ROOMS / "satisfaction" / "static" / "satisfaction" / "sound"
SPOKEN_BY_FACES = {5: "Rất hài lòng", 4: "Hài lòng", 3: "Bình thường", 2: "Chưa hài lòng", 1: "Rất không hài lòng"}

sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xaso.site.settings.demo")
from xaso.apps.queue.spoken import CHIME, WORDS  # noqa: E402
from xaso.apps.speech import sound  # noqa: E402
from xaso.apps.speech.adapters.espeak import Espeak  # noqa: E402


def spoken(text: str) -> bytes:
    """Return a text as MP3, which every phone plays, without the pause between sentences: pieces of a call follow each other closely."""
    return sound.as_mp3(sound.from_machine(Espeak().say(text, "vi"), pause_seconds=0).content)


def chime() -> bytes:
    """Return two bell tones, a third apart, as MP3."""
    seconds = np.arange(sound.RATE) / sound.RATE
    tones = ((0.0, 659.26), (0.35, 523.25))
    samples = sum(
        np.where(seconds >= begins, np.exp(-4 * (seconds - begins)) * np.sin(2 * np.pi * pitch * (seconds - begins)), 0.0)
        for begins, pitch in tones
    )
    return sound.as_mp3(sound.kept(samples.astype(np.float32), sound.RATE, pause_seconds=0).content)


if __name__ == "__main__":
    (QUEUE / f"{CHIME}.mp3").write_bytes(chime())
    for name, text in WORDS.items():
        (QUEUE / f"{name}.mp3").write_bytes(spoken(text))
    for face, text in SPOKEN_BY_FACES.items():
        (FACES / f"{face}.mp3").write_bytes(spoken(text))
