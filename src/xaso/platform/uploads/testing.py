"""Builders for tests: files that a phone has sent in pieces."""

import hashlib
from io import BytesIO

from xaso.platform import clock
from xaso.platform.uploads import actions
from xaso.platform.uploads.protocol import Announced


def sent_whole(content: bytes, *, name: str = "anh.jpg") -> str:
    """Return the id of a file that is here whole."""
    return _sent(content, content, name)


def sent_in_part(content: bytes, *, name: str = "anh.jpg") -> str:
    """Return the id of a file of which half is here."""
    return _sent(content, content[: len(content) // 2], name)


def _sent(content: bytes, arrived: bytes, name: str) -> str:
    now = clock.now()
    announced = Announced(len(content), name.rpartition(".")[0], hashlib.sha256(content).hexdigest())
    upload = actions.announce(announced, address="127.0.0.1", now=now)
    return actions.append(upload.pk, 0, BytesIO(arrived), len(content), now=now).pk
