"""Sentences that belong to a person travel sealed in the address of their sound: they are kept nowhere, and nobody else can write one."""

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from xaso.kernel.speaking import Piece

GOOD_FOR_SECONDS = 24 * 3600


def seal(pieces: Iterable[Piece]) -> str:
    """Return the sentences as a word for an address, which only this installation can read."""
    packed = zlib.compress(json.dumps([[piece.text, piece.language] for piece in pieces], ensure_ascii=False).encode(), 9)
    return _lock().encrypt(packed).decode().rstrip("=")


def unseal(word: str) -> tuple[Piece, ...]:
    """Return the sentences, none for a word that is not ours or older than a day."""
    try:
        packed = _lock().decrypt(word + "=" * (-len(word) % 4), ttl=GOOD_FOR_SECONDS)
    except InvalidToken:
        return ()
    return tuple(Piece(text, language) for text, language in json.loads(zlib.decompress(packed)))


@cache
def _lock() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"xaso.speech\n" + settings.SECRET_KEY.encode()).digest()))
