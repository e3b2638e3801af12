"""What every template knows: the commune, who is looking, and whether this is a trial."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def commune(request: HttpRequest) -> dict[str, Any]:
    """Return `commune`, `actor` (lazy) and `demo` for templates."""
    return {
        "commune": getattr(request, "commune", None),
        "actor": getattr(request, "actor", None),
        "demo": settings.XASO_MODE == "demo",
    }
