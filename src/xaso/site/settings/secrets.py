"""Secrets that the machine makes for itself on first start and keeps in its data folder."""

import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """Return the secret in the file; make one of 50 random bytes, readable by the owner only, where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()
