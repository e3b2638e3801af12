"""Makes the sounds of the five faces with espeak-ng's Vietnamese voice: `make sounds`.

The files are committed; running needs neither program.

The voice is a machine's and sounds like one. A clip that a person of the commune spoke may take the place of each file.
"""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).resolve().parents[1] / "src/xaso/apps/satisfaction/static/satisfaction/sound"
SPOKEN = {5: "Rất hài lòng", 4: "Hài lòng", 3: "Bình thường", 2: "Chưa hài lòng", 1: "Rất không hài lòng"}


def make_sounds() -> None:
    """Write one file a face: Opus in Ogg, mono, 16 kbit/s."""
    with TemporaryDirectory() as folder:
        for face, text in SPOKEN.items():
            wave = Path(folder) / f"{face}.wav"
            subprocess.run(["espeak-ng", "-v", "vi", "-s", "130", "-w", wave, text], check=True)
            subprocess.run(["opusenc", "--quiet", "--bitrate", "16", "--downmix-mono", wave, FOLDER / f"{face}.ogg"], check=True)


if __name__ == "__main__":
    make_sounds()
