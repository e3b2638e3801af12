"""Ends days that are over, keeps their figures, and forgets what is old."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from xaso.apps.queue import times
from xaso.apps.queue.actions.tickets import move
from xaso.apps.queue.flow import OPEN, SYSTEM
from xaso.apps.queue.models import Appointment, DayFigures, ServiceGroup, Ticket
from xaso.apps.queue.options import APPOINTMENT_DAYS, TICKET_DAYS
from xaso.apps.queue.queries.figures import measured
from xaso.kernel.worktime import VN
from xaso.platform import outbox
from xaso.platform.actor import Actor
from xaso.platform.sealed import emptied


def end_days(now: datetime) -> int:
    """End every day before today in Vietnam that is not ended yet; returns how many numbers were still open. One transaction a day."""
    today = times.local_day(now)
    Appointment.objects.filter(state="booked", starts_at__lt=datetime.combine(today, time.min, tzinfo=VN)).update(state="missed")
    done = 0
    for commune_id, day in _not_ended(today):
        done += _end_day(commune_id, day, now)
    return done


def _not_ended(today: date) -> list[tuple[UUID, date]]:
    """Return the days with numbers that are still open, or without figures. One query."""
    figures = DayFigures.objects.filter(commune_id=OuterRef("commune_id"), day=OuterRef("day"))
    left = Ticket.objects.filter(Q(state__in=OPEN) | ~Exists(figures), day__lt=today)
    return list(left.order_by("day", "commune_id").values_list("commune_id", "day").distinct())


@transaction.atomic
def _end_day(commune_id: UUID, day: date, now: datetime) -> int:
    actor = Actor.system(commune_id, "queue")
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("counter").filter(commune_id=commune_id, day=day, state__in=OPEN)
    left = list(rows.order_by("id"))
    for ticket in left:
        move(actor, ticket, "end_day", SYSTEM, now=now, ended_at=now)
    for group in ServiceGroup.objects.filter(commune_id=commune_id, tickets__day=day).distinct():
        figures = measured(Ticket.objects.filter(group=group, day=day))
        counts = {
            "taken": figures.taken,
            "served": figures.served,
            "given_up": figures.given_up,
            "left_over": figures.left_over,
            "wait_median_seconds": figures.wait_median_seconds,
            "service_median_seconds": figures.service_median_seconds,
        }
        DayFigures.objects.update_or_create(group=group, day=day, defaults={"commune_id": commune_id, **counts})
        outbox.publish(
            "queue.day_ended", f"queue_group:{group.id}", {"commune_id": str(commune_id), "day": day.isoformat(), **counts}, now=now
        )
    return len(left)


@transaction.atomic
def forget_old(now: datetime) -> int:
    """Delete numbers of old days whose figures are kept, and the names and phone numbers of old appointments; returns how many went."""
    today = times.local_day(now)
    figures = DayFigures.objects.filter(group_id=OuterRef("group_id"), day=OuterRef("day"))
    old = Ticket.objects.filter(Exists(figures), day__lt=today - timedelta(days=TICKET_DAYS.value())).exclude(state__in=OPEN)
    _all, by_model = old.delete()
    gone = by_model.get("queue.Ticket", 0)
    before = datetime.combine(today - timedelta(days=APPOINTMENT_DAYS.value()), time.min, tzinfo=VN)
    kept = Appointment.objects.filter(starts_at__lt=before, phone_blind__isnull=False)
    return gone + kept.update(name="", **emptied(Appointment, "phone"))
