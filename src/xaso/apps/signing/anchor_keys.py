"""The key with which the program vouches for its own record. It is no official's and no seal: nobody's consent lies in its signature."""

from pathlib import Path
from uuid import UUID

from xaso.apps.audit.facade import AnchorKey
from xaso.apps.signing.adapters.software_keys import SoftwareSigner, keep_key, software_signer
from xaso.apps.signing.keys import keys_directory


def anchor_key() -> AnchorKey:
    """Return the plug for the audit room."""
    return AnchorKey("files", lambda chain, data: _signer(chain).sign(data), lambda chain: _signer(chain).public_key())


def _signer(chain: UUID) -> SoftwareSigner:
    path = keys_directory() / f"anchor-{chain.hex}.key"
    if not path.exists():
        _make(path)
    return software_signer(path)


def _make(path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keep_key(path, ec.generate_private_key(ec.SECP256R1()))
