"""What the post takes for bringing a result home."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from xaso.apps.dossiers.models import PostCharge
from xaso.apps.dossiers.options import POST_FEE_VND

MOST_SHOWN = 50


@dataclass(frozen=True)
class Charge:
    """What people are told; `amount_vnd` None is not known. `checked_on` None is the server's option, set before the page was there."""

    amount_vnd: int | None
    confirmed: bool = False
    source: str = ""
    checked_on: date | None = None


def post_charge(commune_id: UUID) -> Charge:
    """Return the charge that an administrator set last, else the one of the server's option. One query."""
    last = PostCharge.objects.filter(commune_id=commune_id).first()
    if last is None:
        return Charge(POST_FEE_VND.value())
    return Charge(last.amount_vnd, last.confirmed, last.source, last.checked_on)


def post_charges(commune_id: UUID) -> list[PostCharge]:
    """Return what was set, the last one first, at most MOST_SHOWN. One query."""
    return list(PostCharge.objects.filter(commune_id=commune_id)[:MOST_SHOWN])
