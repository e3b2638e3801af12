"""Knows a full disk by what fails on it, whoever met it: the database or a file."""

import errno
import sqlite3

OF_FILES = frozenset({errno.ENOSPC, errno.EDQUOT})
OF_POSTGRESQL = "53100"


def is_full_disk(failure: BaseException | None) -> bool:
    """Tell whether the failure, or what it came from, is that the disk had no room."""
    while failure is not None:
        by_sqlite = getattr(failure, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        by_postgresql = getattr(failure, "sqlstate", None) == OF_POSTGRESQL
        by_file = isinstance(failure, OSError) and failure.errno in OF_FILES
        if by_sqlite or by_postgresql or by_file:
            return True
        failure = failure.__cause__
    return False
