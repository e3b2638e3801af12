"""Builders for tests of listening."""

import io
import wave
from datetime import UTC, datetime
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
