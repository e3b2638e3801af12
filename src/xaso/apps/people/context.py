"""What every template knows: the commune, who is looking, and whether this is a trial."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from xaso.apps.people.locking import lock_seconds, typed_before


def commune(request: HttpRequest) -> dict[str, Any]:
    """Return `commune`, `actor` (lazy) and `demo` for templates; for officials also how their computer locks, when it is asked for."""
    return {
        "commune": getattr(request, "commune", None),
        "actor": getattr(request, "actor", None),
        "lock_after_seconds": partial(lock_seconds, request),
        "typed_before": partial(typed_before, request),
        "demo": settings.XASO_MODE == "demo",
    }
