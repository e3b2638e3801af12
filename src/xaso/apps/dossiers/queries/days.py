"""The working calendar of one commune: the nation's, with the days that the commune set for itself."""

from dataclasses import replace
from uuid import UUID

from xaso.apps.dossiers.models import LocalDay
from xaso.apps.people import facade as people
from xaso.kernel.worktime import WorkCalendar
from xaso.platform.calendar import work_calendar


def calendar_of(commune_id: UUID) -> WorkCalendar:
    """Return the days and hours on which the commune's office works. One query."""
    calendar = work_calendar(people.office_hours(commune_id))
    local = list_local_days(commune_id)
    if not local:
        return calendar
    off = {one.day for one in local if one.kind == "off"}
    worked = {one.day for one in local if one.kind == "worked"}
    return replace(calendar, holidays=(calendar.holidays | off) - worked, work_swaps=(calendar.work_swaps | worked) - off)


def list_local_days(commune_id: UUID) -> list[LocalDay]:
    """Return the commune's own days, in order. One query."""
    return list(LocalDay.objects.filter(commune_id=commune_id, removed_at=None))
