"""Builders for tests of listening."""

import io
import json
import sys
import wave
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import numpy as np

from xaso.apps.speech import cabinet
from xaso.apps.speech.actions.collecting import note
from xaso.apps.speech.models import Sentence
from xaso.kernel.speaking import Piece

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def known(commune_id: UUID, *texts: str, address: str = "/", title: str = "Trang chủ") -> list[Sentence]:
    """Return sentences that stand on a page of the commune."""
    pieces = [Piece(text, "vi") for text in texts]
    note(commune_id, address, title, pieces, now=NOW)
    return [Sentence.objects.get(pk=cabinet.key_of(piece)) for piece in pieces]


_PIPER = """#!{python}
import argparse, json, math, struct, sys, wave
asked = argparse.ArgumentParser()
asked.add_argument("-m", "--model", required=True)
asked.add_argument("-f", "--output_file", "--output-file", required=True)
given = asked.parse_args()
rate = json.load(open(given.model + ".json"))["audio"]["sample_rate"]
open(given.model, "rb").read(1)
lines = [line for line in sys.stdin.read().splitlines() if line]
if len(lines) != 1 or given.output_file != "-":
    sys.exit("one line to standard output is what this stand-in knows")
samples = [int(9000 * math.sin(place * 0.1)) for place in range(rate * len(lines[0]) // 15)]
with wave.open(sys.stdout.buffer, "wb") as sound:
    sound.setnchannels(1), sound.setsampwidth(2), sound.setframerate(rate)
    sound.writeframesraw(struct.pack(f"<{{len(samples)}}h", *samples))
"""


def piper_voice(folder: Path, *, rate: int = 22_050) -> tuple[Path, Path]:
    """Return a program that speaks Piper's command line, and a Vietnamese voice for it: a tone as long as the text is."""
    folder.mkdir(exist_ok=True)
    program, model = folder / "piper", folder / "vi.onnx"
    program.write_text(_PIPER.format(python=sys.executable))
    program.chmod(0o755)
    model.write_bytes(b"voice")
    (folder / "vi.onnx.json").write_text(json.dumps({"audio": {"sample_rate": rate}, "espeak": {"voice": "vi"}}))
    return program, model


def tone_wav(seconds: float = 1.0, *, rate: int = 44_100, channels: int = 2, loudness: float = 0.2) -> bytes:
    """Return a WAV file of one tone with silence around it, as a browser or a recorder makes one."""
    silence = np.zeros(rate // 2)
    tone = loudness * np.sin(2 * np.pi * 330 * np.arange(int(rate * seconds)) / rate)
    samples = (np.concatenate([silence, tone, silence]) * 32767).astype("<i2")
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(samples, channels).tobytes())
    return target.getvalue()
