"""Files that are sent in pieces over a weak signal, by tus 1.0: begun, cut, gone on with, and taken by a room once they are whole."""

from xaso.platform.uploads.door import content, find, is_sent
from xaso.platform.uploads.models import Upload

__all__ = ["Upload", "content", "find", "is_sent"]
