"""Short states with a tone and an icon, so that colour never tells alone; among them how a thing stands with its due date."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xaso.kernel.worktime import VN, Stretch, WorkCalendar, lateness
from xaso.platform.calendar import work_calendar


@dataclass(frozen=True)
class Badge:
    """A short text; tone is cham, nghe, la or son. An empty text is not shown."""

    text: Any
    tone: str = "cham"
    icon: str = ""


def plainly(badge: Badge) -> tuple[str, str, str]:
    """Return tone, text in the page's language, and icon, as a kept piece takes them."""
    return badge.tone, str(badge.text), badge.icon


def due_badge(due_at: datetime | None, *, clock_stopped: bool, now: datetime, calendar: WorkCalendar | None = None) -> Badge:
    """Say how something unfinished stands with its due date; without one, nothing.

    Lateness counts by the calendar of the office that is late, else by the nation's.
    """
    if clock_stopped:
        return Badge(_("tạm dừng"), "cham", "pause")
    if due_at is None:
        return Badge("")
    due, today = due_at.astimezone(VN), now.astimezone(VN)
    if due_at < now:
        return _late(lateness(due_at, now, calendar or work_calendar()))
    if due.date() == today.date():
        return Badge(_("hôm nay %(time)s") % {"time": due.strftime("%H:%M")}, "nghe", "clock")
    return Badge(due.strftime("%d/%m/%Y"), "la", "clock")


def _late(stretch: Stretch | None) -> Badge:
    """Lateness counts in working time: what was due on Monday evening is not a day late on a holiday."""
    days = stretch.working_days if stretch else 0
    if not days:
        return Badge(_("quá giờ hẹn"), "son", "warn")
    return Badge(ngettext("quá %(days)s ngày", "quá %(days)s ngày", days) % {"days": days}, "son", "warn")
