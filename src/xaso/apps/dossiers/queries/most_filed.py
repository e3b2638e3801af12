"""Which procedures people of a commune file most."""

import time
from uuid import UUID

from django.db.models import Count

from xaso.apps.dossiers.models import Dossier

REMEMBERED_SECONDS = 3600.0
_remembered: dict[UUID, tuple[float, list[str]]] = {}


def most_filed(commune_id: UUID, limit: int) -> list[str]:
    """Return their codes, the most filed first, as they stood at most an hour ago. One query, or none."""
    moment = time.monotonic()
    known = _remembered.get(commune_id)
    if known is None or moment - known[0] >= REMEMBERED_SECONDS:
        counted = Dossier.objects.filter(commune_id=commune_id).values("procedure_code").annotate(filed=Count("id"))
        codes = [one["procedure_code"] for one in counted.order_by("-filed", "procedure_code")]
        known = _remembered[commune_id] = (moment, codes)
    return known[1][:limit]
