"""The five faces as templates get them: words, tone, how the mouth is drawn, and the sound."""

from typing import Any

from xaso.apps.satisfaction import words


def faces_shown() -> list[dict[str, Any]]:
    """Return the faces, the most content one first."""
    return [
        {"face": face, "label": label, "tone": tone, "mouth": words.MOUTHS[face], "sound": f"satisfaction/sound/{face}.mp3"}
        for face, (label, tone) in words.FACES.items()
    ]
