"""Fees that were taken, and by whom."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from xaso.apps.dossiers import access
from xaso.apps.dossiers.models import Dossier, Payment
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor


def payments_taken(actor: Actor, since: date | None, until: date | None) -> QuerySet[Payment]:
    """Return the payments for dossiers that the actor may see, the last one first, not yet read; both days count."""
    rows = Payment.objects.filter(dossier__in=Dossier.objects.filter(access.visible_to(actor)))
    if since:
        rows = rows.filter(taken_at__gte=datetime.combine(since, time.min, tzinfo=VN))
    if until:
        rows = rows.filter(taken_at__lt=datetime.combine(until + timedelta(days=1), time.min, tzinfo=VN))
    return rows.order_by("-taken_at", "-id")
