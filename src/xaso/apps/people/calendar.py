"""The working calendar of one commune: the nation's, with the days that the commune set for itself."""

from dataclasses import replace
from uuid import UUID

from xaso.apps.people import memory, queries
from xaso.apps.people.shapes import CommuneInfo
from xaso.kernel.worktime import WorkCalendar
from xaso.platform.calendar import work_calendar


class _Calendars:
    """The calendars of the communes as remembered: a page asks for one's at each of its lines."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[CommuneInfo, ...], dict[UUID, WorkCalendar]] = ((), {})

    def of(self, commune_id: UUID) -> WorkCalendar:
        """Return the days and hours on which the commune's office works. Raises LookupError when there is no such commune."""
        remembered = memory.communes()
        if self._kept[0] is not remembered:
            self._kept = remembered, {}
        known = self._kept[1]
        if commune_id not in known:
            known[commune_id] = _calendar(memory.commune_of(commune_id))
        return known[commune_id]


def _calendar(info: CommuneInfo) -> WorkCalendar:
    calendar = work_calendar(queries.office_hours_of(info))
    if not info.days_off and not info.days_worked:
        return calendar
    holidays = (calendar.holidays | info.days_off) - info.days_worked
    return replace(calendar, holidays=holidays, work_swaps=(calendar.work_swaps | info.days_worked) - info.days_off)


calendar_of = _Calendars().of
