"""Holds back who tries too often. Windows are kept in the database, so that all web processes count together."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from xaso.kernel.errors import Refusal
from xaso.platform.models import RateWindow


@transaction.atomic
def count(key: str, *, limit: int, window_seconds: int, now: datetime) -> None:
    """Count one try. Raises Refusal `platform.too_many` when the key had `limit` tries in the current window."""
    window = RateWindow.objects.select_for_update().filter(key=key).first()
    if window is None or window.started_at <= now - timedelta(seconds=window_seconds):
        RateWindow.objects.update_or_create(key=key, defaults={"started_at": now, "hits": 1})
        return
    if window.hits >= limit:
        ends_at = window.started_at + timedelta(seconds=window_seconds)
        raise Refusal("platform.too_many", minutes=max(1, round((ends_at - now).total_seconds() / 60)))
    RateWindow.objects.filter(key=key).update(hits=F("hits") + 1)


def forget_old(now: datetime) -> int:
    """Delete windows older than a day; returns how many."""
    deleted, _by_model = RateWindow.objects.filter(started_at__lt=now - timedelta(days=1)).delete()
    return deleted


def forget(key: str) -> None:
    """Start the key's count anew, as after a sign-in that succeeded."""
    RateWindow.objects.filter(key=key).delete()
