"""The charge of the post, set by an administrator with its source."""

from datetime import date, datetime

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers.models import PostCharge
from xaso.apps.dossiers.queries.post_charge import Charge
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

MOST_VND = 10_000_000


@transaction.atomic
def set_post_charge(actor: Actor, charge: Charge, *, now: datetime) -> PostCharge:
    """Set what the post takes from now on; what was set before stays on record. Writes the charge and an audit entry.

    Raises Refusal `dossiers.not_found` for who is no administrator, `dossiers.post_charge_source` without a source,
    `dossiers.post_charge_day` for a day to come, `dossiers.post_charge_amount` for an amount that no parcel costs.
    """
    if actor.commune_id is None or not actor.holds(Role.ADMINISTRATOR.value):
        raise Refusal("dossiers.not_found")
    if not charge.source.strip():
        raise Refusal("dossiers.post_charge_source")
    if charge.amount_vnd is not None and not 0 <= charge.amount_vnd <= MOST_VND:
        raise Refusal("dossiers.post_charge_amount")
    made = PostCharge.objects.create(
        commune_id=actor.commune_id,
        amount_vnd=charge.amount_vnd,
        source=charge.source.strip()[:300],
        checked_on=_checked(charge.checked_on, now),
        confirmed=charge.confirmed and charge.amount_vnd is not None,
        set_at=now,
        set_by=actor.name,
    )
    told = {"amount_vnd": made.amount_vnd, "source": made.source, "checked_on": made.checked_on.isoformat(), "confirmed": made.confirmed}
    audit.record(actor, "dossiers.set_post_charge", f"commune:{actor.commune_id}", told, now=now)
    return made


def _checked(day: date | None, now: datetime) -> date:
    if day is None or day > now.astimezone(VN).date():
        raise Refusal("dossiers.post_charge_day")
    return day
