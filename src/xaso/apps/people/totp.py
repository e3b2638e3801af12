"""Codes of six digits that an app on a phone shows anew every 30 seconds (RFC 6238). Pure: secret, code and time are arguments."""

import base64
import hmac
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

SECRET_BYTES = 20
STEP_SECONDS = 30
DIGITS = 6
STEPS_OFF = 1


def new_secret() -> str:
    """Return a new secret as apps take it: base32 without padding."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def in_fours(secret: str) -> str:
    """Return the secret as a person copies it, in groups of four."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def address_for_app(secret: str, *, owner: str, issuer: str) -> str:
    """Return the `otpauth:` address that the QR code holds."""
    return _clock(secret).get_provisioning_uri(owner, issuer)


def step_of(now: datetime) -> int:
    """Return the number of the 30 seconds that the moment lies in."""
    return int(now.timestamp()) // STEP_SECONDS


def code_of(secret: str, step: int) -> str:
    """Return the code of a step."""
    return _clock(secret).generate(step * STEP_SECONDS).decode()


def step_with(secret: str, code: str, now: datetime) -> int | None:
    """Return the step that the code belongs to, None for a wrong one. A phone's clock may be one step off. Source: RFC 6238, 5.2."""
    middle = step_of(now)
    near = range(middle - STEPS_OFF, middle + STEPS_OFF + 1)
    return next((step for step in near if hmac.compare_digest(code_of(secret, step).encode(), code.encode())), None)


def _clock(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303 - the apps on phones know no other; RFC 4226, B.2
