"""File names made harmless: what people may read stays, what steers a screen or a disk goes."""

import unicodedata
from pathlib import PurePosixPath

from xaso.kernel.text import nfc

MAX_STEM_CHARS = 100
_REFUSED_BY_DISKS = str.maketrans(dict.fromkeys('<>:"|?*', " "))


def safe_name(name: str, extension: str) -> str:
    """Return a name in NFC without folders, control or direction signs, cut to 100 characters, ending in the extension of its content."""
    last = nfc(name).replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(sign for sign in last if unicodedata.category(sign)[0] not in "CZ" or sign == " ")
    stem = PurePosixPath(printable.strip(" .")).stem.translate(_REFUSED_BY_DISKS)
    return f"{' '.join(stem.split())[:MAX_STEM_CHARS].strip(' .') or 'giay-to'}{extension}"
