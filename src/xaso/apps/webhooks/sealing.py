"""Makes signing secrets and keeps them so that a copy of the database alone gives none away."""

import base64
import secrets

from xaso.apps.webhooks.rules import SECRET_BYTES, SECRET_PREFIX
from xaso.platform import sealing
from xaso.platform.sealing import Unreadable

__all__ = ["Unreadable", "new_secret", "seal", "unseal"]

PURPOSE = "webhooks"


def new_secret() -> str:
    """Return a new secret in the form that Standard Webhooks gives to them."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def seal(secret: str) -> str:
    """Return the secret as it is kept."""
    return sealing.seal(secret, PURPOSE)


def unseal(sealed: str) -> str:
    """Return the secret in clear. Raises Unreadable."""
    return sealing.unseal(sealed, PURPOSE)
