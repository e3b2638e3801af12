"""The clock and calendar of a group: what the pure rules need to know of the commune's hours and days off."""

from datetime import date, datetime

from xaso.apps.people import facade as people
from xaso.apps.queue import rules
from xaso.apps.queue.models import ServiceGroup
from xaso.kernel.worktime import VN, Span, WorkCalendar


def local_day(now: datetime) -> date:
    """Return the day in Vietnam, with which numbers begin anew."""
    return now.astimezone(VN).date()


def calendar_of(group: ServiceGroup) -> WorkCalendar:
    """Return the working calendar with the commune's office hours and its own days."""
    return people.calendar_of(group.commune_id)


def hours_of(group: ServiceGroup) -> rules.Hours:
    """Return when the group is served, as a plain value."""
    return rules.Hours(frozenset(group.weekdays), group.open_from, group.open_until)


def gives_numbers(group: ServiceGroup, now: datetime) -> bool:
    """Tell whether numbers are given now."""
    return rules.gives_numbers(hours_of(group), now, calendar_of(group))


def is_served(group: ServiceGroup, now: datetime) -> bool:
    """Tell whether the group is served now."""
    return rules.is_served(hours_of(group), now, calendar_of(group))


def spans_of(group: ServiceGroup, day: date) -> tuple[Span, ...]:
    """Return when the group is served on the day."""
    return rules.spans(hours_of(group), day, calendar_of(group))


def is_closed(group: ServiceGroup, at: datetime) -> bool:
    """Tell whether nobody is served at that time, as things stand: the group ended, it is a day off, or the hours changed."""
    return group.ended_at is not None or not is_served(group, at)


def slots_of(group: ServiceGroup, day: date) -> list[datetime]:
    """Return when appointments of the day begin; none where the group takes no appointments."""
    return rules.slots(hours_of(group), day, calendar_of(group), group.slot_minutes) if group.slot_capacity else []
