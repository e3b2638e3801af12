"""Tells who has an application in hand that its procedure changed: a later edition counts, or its last day is over."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from xaso.apps.dossiers.arrival_rules import still_counts
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
    """Tell each owner of a draft once of each change. What an administrator withdrew was told at that moment.

    One query while no edition changed; then only the drafts of those editions are looked at, and only who was not told yet is opened.
    """
    today = now.astimezone(VN).date()
    touched = Draft.objects.filter(submitted_at=None, channel="online", updated_at__gt=F("created_at"))
    begun = touched.filter(updated_at__gt=now - KEPT_IN_SIGHT)
    pairs = begun.order_by().values_list("commune_id", "version_id").distinct()
    news = {pair: found for pair in pairs if (found := _news(*pair, today)) is not None}
    if not news:
        return 0
    concerned = begun.filter(version_id__in={version_id for _commune, version_id in news}).values_list("id", "commune_id", "version_id")
    keys = {news[pair].key(draft_id): draft_id for draft_id, *found in concerned if (pair := tuple(found)) in news}
    fresh = {keys[key]: key for key in keys.keys() - notices.known_keys(keys)}
    for draft in Draft.objects.filter(id__in=fresh).order_by("id"):
        tell(draft, news[draft.commune_id, draft.version_id].template, key=fresh[draft.id], now=now)
    return len(fresh)


class _News(NamedTuple):
    """What the owners of an edition's drafts must know."""

    template: str
    change: str
    day: str = ""

    def key(self, draft_id: UUID) -> str:
        """Return the key under which one owner is told of this once."""
        return f"{self.change}:{draft_id}{self.day}"


def _news(commune_id: UUID, version_id: UUID, today: date) -> _News | None:
    pinned = procedures.get_version(version_id)
    current = procedures.current(commune_id, pinned.code, today)
    if current is not None and not still_counts(pinned, current):
        return _News(DRAFT_CHANGED, "draft-changed", f":{current.valid_from:%Y%m%d}")
    is_past = pinned.valid_until is not None and pinned.valid_until < today
    return _News(DRAFT_WITHDRAWN, "draft-ended") if current is None and is_past else None


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
