"""The one place where the time of day enters: edges call it, actions and rules take `now` as an argument."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return the current instant, aware, in UTC."""
    return timezone.now()
