"""The working calendar of one commune: the nation's, with the days that the commune set for itself."""

from dataclasses import replace
from uuid import UUID

from xaso.apps.people import memory, queries
from xaso.kernel.worktime import WorkCalendar
from xaso.platform.calendar import work_calendar


def calendar_of(commune_id: UUID) -> WorkCalendar:
    """Return the days and hours on which the commune's office works, as remembered."""
    info = memory.commune_of(commune_id)
    calendar = work_calendar(queries.office_hours_of(info))
    if not info.days_off and not info.days_worked:
        return calendar
    holidays = (calendar.holidays | info.days_off) - info.days_worked
    return replace(calendar, holidays=holidays, work_swaps=(calendar.work_swaps | info.days_worked) - info.days_off)
