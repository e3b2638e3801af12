"""Files that were admitted or made here: kept on the disk under the hash of their content, named by a row."""

from xaso.platform.files.responses import file_response
from xaso.platform.files.store import NAMED_CONTENTS, forget_unused, held, keep, open_path, path_of, read

__all__ = ["NAMED_CONTENTS", "file_response", "forget_unused", "held", "keep", "open_path", "path_of", "read"]
