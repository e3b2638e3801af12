"""Tells who has an application in hand that its procedure changed: a later edition counts, or its last day is over."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from xaso.apps.dossiers.actions.renewing import later_version
from xaso.apps.dossiers.models import Draft
from xaso.apps.dossiers.notices import DRAFT_CHANGED, DRAFT_WITHDRAWN, shortened
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.notices import facade as notices
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.worktime import VN
from xaso.platform.worker import NowAndThen

KEPT_IN_SIGHT = timedelta(days=180)
"""Drafts that nobody touched for longer are left in peace."""
LOOKING = NowAndThen(timedelta(minutes=30))


def tell_changed(now: datetime) -> int:
    """Tell whoever is concerned and was not told yet, looking twice an hour; returns how many."""
    return tell_changed_now(now) if LOOKING.is_time(now) else 0


def tell_changed_now(now: datetime) -> int:
    """Tell each owner of a draft once of each change. What an administrator withdrew was told at that moment."""
    touched = Draft.objects.filter(submitted_at=None, channel="online", updated_at__gt=F("created_at"))
    begun = touched.filter(updated_at__gt=now - KEPT_IN_SIGHT)
    concerned = {key: (draft, template) for draft in begun.iterator(chunk_size=500) for key, template in _news(draft, now)}
    fresh = concerned.keys() - notices.known_keys(concerned)
    for key in sorted(fresh):
        tell(*concerned[key], key=key, now=now)
    return len(fresh)


def _news(draft: Draft, now: datetime) -> list[tuple[str, str]]:
    """Return what the draft's owner must know, as key and notice: at most one."""
    today, pinned = now.astimezone(VN).date(), procedures.get_version(draft.version_id)
    later = later_version(draft, on=today)
    if later is not None:
        return [(f"draft-changed:{draft.id}:{later.valid_from:%Y%m%d}", DRAFT_CHANGED)]
    is_past = pinned.valid_until is not None and pinned.valid_until < today
    return [(f"draft-ended:{draft.id}", DRAFT_WITHDRAWN)] if is_past and procedures.is_withdrawn(pinned, on=today) else []


@transaction.atomic
def tell(draft: Draft, template: str, *, key: str, now: datetime) -> None:
    """Queue a notice about a draft to who began it."""
    applicant = Applicant.from_json(draft.applicant)
    notices.send(
        commune_id=draft.commune_id,
        recipient=notices.Recipient(name=applicant.name, phone=applicant.phone, email=applicant.email),
        template=template,
        params={
            "procedure": shortened(procedures.get_version(draft.version_id).name("vi")),
            "commune": people.commune_of(draft.commune_id).name,
            "link": f"{settings.PUBLIC_URL}/ho-so-cua-toi/",
        },
        subject=f"draft:{draft.id}",
        idempotency_key=key,
        now=now,
    )
