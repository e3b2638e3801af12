"""Where recordings lie: ours come with the program; the operator's folder replaces them file by file and may add languages."""

import re
from pathlib import Path

from xaso.apps.queue.options import VOICE_FOLDER
from xaso.apps.queue.spoken import CLIPS

LANGUAGE = re.compile(r"[a-z]{2,3}")
KINDS = (".mp3", ".ogg", ".m4a")
ADDRESS = "/man-hinh/tieng"
OURS = Path(__file__).parent / "static" / "queue" / "voice"


def languages() -> list[str]:
    """Return the languages that have recordings of their own beside Vietnamese."""
    folder: Path = VOICE_FOLDER.value()
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and LANGUAGE.fullmatch(path.name) and path.name != "vi")


def addresses(clips: list[str]) -> list[str]:
    """Return the addresses of recordings to play one after the other: in Vietnamese, then in each language that has all of them."""
    said = [f"{ADDRESS}/vi/{clip}/" for clip in clips]
    for language in languages():
        words = clips[1:]
        if all(find(language, clip) for clip in words):
            said += [f"{ADDRESS}/{language}/{clip}/" for clip in words]
    return said


def find(language: str, clip: str) -> Path | None:
    """Return the file of a recording: the operator's, else for Vietnamese ours; None when there is none, or no such name."""
    if clip not in CLIPS or not LANGUAGE.fullmatch(language):
        return None
    folder: Path = VOICE_FOLDER.value()
    own = folder if language == "vi" else folder / language
    for kind in KINDS:
        if (path := own / f"{clip}{kind}").is_file():
            return path
    return OURS / f"{clip}.mp3" if language == "vi" else None
