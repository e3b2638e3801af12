"""The fact that a procedure is no longer offered, for rooms that hold something begun under it."""

from collections.abc import Iterable
from datetime import datetime

from xaso.apps.procedures.models import ProcedureVersion
from xaso.platform import outbox


def tell_withdrawn(codes: Iterable[str], *, now: datetime) -> None:
    """Publish `procedures.withdrawn` for each code of which no version is left; the caller has just retired some."""
    wanted = sorted(set(codes))
    left = set(ProcedureVersion.objects.filter(procedure__code__in=wanted, retired_at=None).values_list("procedure__code", flat=True))
    for code in wanted:
        if code not in left:
            outbox.publish("procedures.withdrawn", f"procedure:{code}", {"code": code}, now=now)
