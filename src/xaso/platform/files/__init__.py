"""Files that were admitted or made here: kept on the disk under the hash of their content, named by a row."""

from xaso.platform.files.responses import file_response
from xaso.platform.files.store import forget_unused, keep, open_path, read

__all__ = ["file_response", "forget_unused", "keep", "open_path", "read"]
