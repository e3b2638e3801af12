"""Django system checks of an installation: `check --deploy --database default` and the start of production ask them."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register

from xaso.site import readiness


@register(Tags.database, deploy=True)
def production_is_ready(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[Error]:
    """Report whatever keeps this installation from going live."""
    if not databases or settings.XASO_MODE != "production":
        return []
    return [Error(problem, id=f"xaso.E{number:03}") for number, problem in enumerate(readiness.problems(), start=1)]
