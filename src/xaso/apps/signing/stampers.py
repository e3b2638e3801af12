"""Finds the time-stamp server that the operator named, and remembers whose certificates its stamps bear."""

import hashlib
from functools import cache, lru_cache

from xaso.apps.signing import options
from xaso.apps.signing.adapters.tsa_http import HttpStamper
from xaso.apps.signing.checking import known
from xaso.apps.signing.keys import keys_directory

FOLDER = "stampers"
"""The chains of certificates (PEM, nearest first) of servers whose stamps we took: their issuers are asked about revocations too."""


def find_stamper() -> HttpStamper | None:
    """Return this process's way to the time-stamp server; None where the operator named none."""
    address = options.TIME_STAMP_ADDRESS.value()
    return _stamper_at(address, options.TIME_STAMP_SECONDS.value()) if address else None


def stampers_chains() -> list[str]:
    """Return the chains that were remembered, as PEM."""
    return [path.read_text() for path in sorted((keys_directory() / FOLDER).glob("*.pem"))]


@cache
def _stamper_at(address: str, seconds: float) -> HttpStamper:
    return HttpStamper(address, seconds, known, remember)


@lru_cache(maxsize=16)
def _as_pem(chain: tuple[bytes, ...]) -> tuple[str, bytes]:
    from asn1crypto import pem

    return f"{hashlib.sha256(chain[0]).hexdigest()}.pem", b"".join(pem.armor("CERTIFICATE", der) for der in chain)


def remember(chain: tuple[bytes, ...]) -> None:
    """Keep the chain of a stamp that was believed."""
    name, content = _as_pem(chain)
    path = keys_directory() / FOLDER / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(content)
