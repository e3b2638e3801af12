"""When a delivery is tried again, what an answer means, how a body is signed, how a token stands. Pure functions over values."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

from xaso.kernel.worktime import VN

PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
MAX_ATTEMPTS = len(PAUSES) + 1
JITTER = 0.2
LEASE = timedelta(minutes=2)
LONGEST_WISH = timedelta(hours=24)
OLD_SECRET_SIGNS_FOR = timedelta(hours=24)
KEPT = timedelta(days=90)
SECRET_BYTES = 32
SECRET_PREFIX = "whsec_"  # noqa: S105 - the mark that Standard Webhooks gives to secrets
GONE = 410
EVERYTHING = ".*"

Verdict = Literal["succeed", "miss", "give_up"]


def pause_after(attempts: int, luck: float, wish: timedelta = timedelta()) -> timedelta | None:
    """Return how long to wait after so many attempts; None when the delivery is to be given up, after about three days.

    `luck` from 0 to 1 spreads the pauses by a fifth up or down, so that what failed together does not come back together; `wish` is what
    the receiver asked for, honoured up to a day.
    """
    if attempts >= MAX_ATTEMPTS:
        return None
    spread = 1 + JITTER * (2 * luck - 1)
    return max(PAUSES[attempts - 1] * spread, min(wish, LONGEST_WISH))


def verdict(status: int | None) -> Verdict:
    """Return what an answer means: 2xx is received, 410 says never again, all else and no answer may pass. Source: Standard Webhooks."""
    if status is not None and 200 <= status < 300:
        return "succeed"
    return "give_up" if status == GONE else "miss"


def wants(topics: Iterable[str], topic: str) -> bool:
    """Tell whether one of the wanted topics is this one, or ends in `.*` and begins as it does."""
    return any(topic == one or (one.endswith(EVERYTHING) and topic.startswith(one[:-1])) for one in topics)


def signature(secret: str, event_id: str, at: datetime, body: str) -> str:
    """Return the signature of one attempt. Source: Standard Webhooks, symmetric signatures, version v1."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = f"{event_id}.{int(at.timestamp())}.{body}".encode()
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def headers(secrets: Iterable[str], event_id: str, at: datetime, body: str) -> dict[str, str]:
    """Return the headers of one attempt, signed with each secret that holds now."""
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signature(secret, event_id, at, body) for secret in secrets),
    }


def token_standing(expires_at: datetime | None, revoked_at: datetime | None, now: datetime) -> Literal["valid", "expired", "revoked"]:
    """Return whether a token still opens anything."""
    if revoked_at is not None:
        return "revoked"
    return "expired" if expires_at is not None and expires_at <= now else "valid"


def last_day_of(expires_at: datetime | None) -> date | None:
    """Return the last day in Vietnam on which a token may be used; None for no end. Its end is the midnight behind that day."""
    return None if expires_at is None else (expires_at - timedelta(seconds=1)).astimezone(VN).date()
