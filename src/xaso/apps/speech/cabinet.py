"""Where the machine's sounds lie: made once, named after what is said in which voice, and made again when one of the two changes."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from xaso.apps.speech import sound
from xaso.apps.speech.models import Sentence
from xaso.apps.speech.ports import Voice
from xaso.kernel.speaking import Piece, rules_digest, spoken
from xaso.platform.files.store import write_durably

_NAME = re.compile(r"[0-9a-f]{20}-[0-9a-f]{12}")
OPUS, MP3 = "ogg", "mp3"
MEDIA_TYPES = {OPUS: "audio/ogg", MP3: "audio/mpeg"}


def key_of(piece: Piece) -> str:
    """Return the name of a sentence: the hash of its language and text."""
    return hashlib.sha256(f"{piece.language}\n{piece.text}".encode()).hexdigest()[:20]


def edition_of(piece: Piece, voice: Voice) -> str:
    """Return the name of how a sentence sounds now: it changes with the rules of speaking, with the voice and with the format."""
    said = _said(piece)
    return hashlib.sha256(f"{voice.name}\n{sound.FORMAT}\n{piece.language}\n{said}".encode()).hexdigest()[:12]


@lru_cache(maxsize=2000)
def _said(piece: Piece) -> str:
    return spoken(piece.text, piece.language)


def stamp_of(voice: Voice) -> str:
    """Return what the sounds of a voice are made with: another stamp says that each must be looked at again."""
    return hashlib.sha256(f"{voice.name}\n{sound.FORMAT}\n{rules_digest()}".encode()).hexdigest()[:12]


def speak(piece: Piece, voice: Voice) -> sound.Sound:
    """Return the sentence spoken by the machine, kept nowhere. Raises VoiceFailed, NoSound."""
    return sound.from_machine(voice.say(spoken(piece.text, piece.language), piece.language))


def is_name(name: str) -> bool:
    """Tell whether a text has the form of a sound's name: a sentence's key and its edition."""
    return _NAME.fullmatch(name) is not None


def path_of(key: str, edition: str, kind: str = OPUS) -> Path:
    """Return where a sound lies."""
    return Path(settings.DATA_DIR) / "speech" / key[:2] / f"{key}-{edition}.{kind}"


def piece_of(sentence: Sentence) -> Piece:
    """Return the sentence as it is spoken."""
    return Piece(sentence.text, sentence.language)


def made(sentence: Sentence, voice: Voice) -> Path | None:
    """Return the file of a sentence in its voice of today, None while it is not made."""
    path = path_of(sentence.key, edition_of(piece_of(sentence), voice))
    return path if path.is_file() else None


def make(sentence: Sentence, voice: Voice) -> Path:
    """Make the sound of a sentence unless it is made, and drop those of former voices. Raises VoiceFailed, NoSound."""
    path = path_of(sentence.key, edition_of(piece_of(sentence), voice))
    if not path.is_file():
        write_durably(path, speak(piece_of(sentence), voice).content)
        for former in path.parent.glob(f"{sentence.key}-*"):
            if not former.name.startswith(path.stem):
                former.unlink(missing_ok=True)
    return path


def in_kind(opus: Path, kind: str) -> bytes:
    """Return a kept sound in a kind: as it is, or as MP3 made at the first asking."""
    if kind == OPUS:
        return opus.read_bytes()
    path = opus.with_suffix(f".{MP3}")
    if not path.is_file():
        write_durably(path, sound.as_mp3(opus.read_bytes()))
    return path.read_bytes()


def drop(key: str) -> None:
    """Delete the sounds of a sentence."""
    for path in path_of(key, "").parent.glob(f"{key}-*"):
        path.unlink(missing_ok=True)


def as_kind(opus: bytes, kind: str) -> bytes:
    """Return a sound that is kept nowhere in a kind."""
    return opus if kind == OPUS else sound.as_mp3(opus)
