"""Files that were admitted or made here: kept on the disk under the hash of their content, named by a row."""

from xaso.platform.files.models import INFECTED, WAITING
from xaso.platform.files.responses import file_response
from xaso.platform.files.store import NAMED_CONTENTS, forget_unused, held, keep, keep_admitted, open_path, path_of, read

__all__ = [
    "INFECTED",
    "NAMED_CONTENTS",
    "WAITING",
    "file_response",
    "forget_unused",
    "held",
    "keep",
    "keep_admitted",
    "open_path",
    "path_of",
    "read",
]
