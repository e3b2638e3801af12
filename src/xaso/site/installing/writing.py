"""Writes a file of the system whole or not at all, readable from its first byte on to whom it is meant for."""

import os
import pwd
from pathlib import Path


def write(path: Path, content: bytes, *, mode: int = 0o644, owner: str = "") -> bool:
    """Put the content at the path unless it is there already; tells whether anything changed."""
    if path.exists() and path.read_bytes() == content:
        return False
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _give(draft, owner)
    draft.replace(path)
    return True


def folder(path: Path, *, mode: int = 0o755, owner: str = "") -> None:
    """Provide a folder with this mode and owner."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(mode)
    _give(path, owner)


def _give(path: Path, owner: str) -> None:
    if owner:
        account = pwd.getpwnam(owner)
        os.chown(path, account.pw_uid, account.pw_gid)
