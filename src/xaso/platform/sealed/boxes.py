"""The form in which a value is kept, and the blind index by which it is found. Source: decision 0112.

    x1:<key's name>:<base64url(nonce ‖ AES-256-GCM)>

Authenticated with the value are its table, column and row, so that what is moved elsewhere does not open. What does not begin so is read as
it is: rows are written anew one by one while the program runs.
"""

import hmac
import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from xaso.kernel.errors import Refusal
from xaso.platform import keyring

MARK = "x1:"
NONCE_BYTES = 12
INDEX_BYTES, DIGEST_LENGTH = 16, 22
"""How much of a keyed digest is kept, and how many characters that is."""
KEY_AT = slice(len(MARK), len(MARK) + keyring.ID_LENGTH)
HEAD_LENGTH = len(MARK) + keyring.ID_LENGTH
"""How many characters tell under which key a value is."""

_HEAD = re.compile(rf"{MARK}s[0-9a-z]{{{keyring.ID_LENGTH - 1}}}:")
LAST4 = 4


class Place(NamedTuple):
    """Where a value stands: what it opens for, and nowhere else."""

    table: str
    column: str
    row: Any

    @property
    def bound(self) -> bytes:
        """Return it as it is authenticated."""
        return f"{self.table}.{self.column}:{self.row}".encode()


def is_sealed(kept: object) -> bool:
    """Tell whether this is a value in a box; else it is in clear."""
    return isinstance(kept, str) and _HEAD.match(kept) is not None


def key_of(kept: str) -> str:
    """Return the name of the key that a value in a box is under."""
    return kept[KEY_AT]


def seal(text: str, place: Place) -> str:
    """Return the text in a box for this place, under the key that writes. Raises Refusal `keyring.missing`."""
    ring = keyring.ring()
    nonce = os.urandom(NONCE_BYTES)
    box = nonce + ring.boxes[ring.sealing].encrypt(nonce, text.encode(), place.bound)
    return f"{MARK}{ring.sealing}:{urlsafe_b64encode(box).rstrip(b'=').decode()}"


def unseal(kept: str, place: Place) -> str:
    """Return the text of a box. Raises Refusal `keyring.key_missing` naming the key, `keyring.not_opened` for what was altered or moved."""
    name, column = key_of(kept), f"{place.table}.{place.column}"
    box = keyring.ring().boxes.get(name) or keyring.ring(fresh=True).boxes.get(name)
    if box is None:
        raise Refusal("keyring.key_missing", key=name, column=column)
    raw = kept[HEAD_LENGTH + 1 :]
    try:
        content = urlsafe_b64decode(raw + "=" * (-len(raw) % 4))
        return box.decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], place.bound).decode()
    except (InvalidTag, ValueError) as error:
        raise Refusal("keyring.not_opened", column=column) from error


def sought(value: str, kind: str) -> str:
    """Return what of a value is found by: all of it, all in small letters, its four last characters, its digits; empty for nothing."""
    if kind == "folded":
        return value.casefold()
    if kind == "last4":
        return value[-LAST4:] if len(value) >= LAST4 else ""
    return "".join(filter(str.isdigit, value)) if kind == "phone" else value


def blind(value: str, purpose: str, kind: str, key_name: str) -> str:
    """Return the index of what is sought under this key; `purpose` is the table's column. The key's name stands at its end."""
    digest = hmac.digest(_index_key(keyring.ring().keys[key_name], purpose, kind), value.encode(), "sha256")
    return f"{urlsafe_b64encode(digest[:INDEX_BYTES]).rstrip(b'=').decode()}{key_name}"


@lru_cache(maxsize=256)
def _index_key(key: bytes, purpose: str, kind: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=keyring.KEY_BYTES, salt=None, info=f"xaso blind index {purpose} {kind}".encode()).derive(key)
