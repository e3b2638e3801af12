"""What lies in the folder of keys for whoever checks a signature: trusted authorities, revocation lists, OCSP answers."""

from pathlib import Path
from typing import TYPE_CHECKING

from asn1crypto import pem

if TYPE_CHECKING:
    from xaso.apps.signing.trust import Known

TRUSTED_FOLDER = "trusted"
REVOCATION_FOLDER = "revocation"
"""Revocation lists (`*.crl`) and OCSP answers (`*.ocsp`), DER or PEM: fetched by the job, or put there by the operator."""


def known_in(keys: Path) -> "Known":
    """Return the authorities and revocation lists that lie in the folder of keys."""
    from xaso.apps.signing.trust import Known

    return Known(load_roots(keys / TRUSTED_FOLDER), load_roots(keys), kept(keys, "*.crl"), kept(keys, "*.ocsp"))


def known_of(chain_pem: str, keys: Path) -> "Known":
    """Return what is known of one chain: its last certificate as trusted, and the kept lists and answers."""
    from xaso.apps.signing.trust import Known

    *_others, last = (der for _, _, der in pem.unarmor(chain_pem.encode(), multiple=True))
    return Known((last,), (), kept(keys, "*.crl"), kept(keys, "*.ocsp"))


def load_roots(folder: Path) -> tuple[bytes, ...]:
    """Return the certificates (DER) of all `*.pem` files of the folder; none when it is absent."""
    return tuple(der for path in sorted(folder.glob("*.pem")) for _, _, der in pem.unarmor(path.read_bytes(), multiple=True))


def kept(keys: Path, pattern: str) -> tuple[bytes, ...]:
    """Return the lists or answers of a kind that were fetched or put there, as DER."""
    return tuple(_der(path.read_bytes()) for path in sorted((keys / REVOCATION_FOLDER).glob(pattern)))


def _der(content: bytes) -> bytes:
    return pem.unarmor(content)[2] if pem.detect(content) else content
