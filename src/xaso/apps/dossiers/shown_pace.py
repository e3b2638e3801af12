"""Says in plain words why a dossier is about to be late: “còn 2 ngày làm việc, bước ký thường mất 3 ngày”."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from xaso.apps.dossiers.queries import Warned
from xaso.kernel.worktime import Stretch, WorkCalendar, office_time, remaining


def why_in_words(warned: Warned, calendar: WorkCalendar, now: datetime) -> str:
    """Return why the dossier is warned of, with the numbers it rests on."""
    dossier, why = warned.dossier, warned.why
    assert dossier.due_at is not None
    left = _left(remaining(dossier.due_at, now, calendar))
    if why.usual is None:
        return _("%(left)s, đã dùng %(share)s%% thời hạn mà mới ở %(step)s") % {
            "left": left,
            "share": round(why.share * 100),
            "step": _step(dossier.state),
        }
    facts = {"left": left, "step": _step(dossier.state), "usual": _duration(why.usual, now, calendar), "dossiers": why.dossiers}
    if why.last_step_only:
        return _("%(left)s, %(step)s thường còn mất %(usual)s (theo %(dossiers)s hồ sơ đã xong)") % facts
    return _("%(left)s, từ %(step)s đến khi ký xong thường còn mất %(usual)s (theo %(dossiers)s hồ sơ đã xong)") % facts


def _step(state: str) -> str:
    return {
        "accepted": pgettext("step", "bước chờ nhận việc"),
        "examining": pgettext("step", "bước thẩm tra"),
        "in_review": pgettext("step", "bước ký"),
    }[state]


def _left(left: Stretch | None) -> str:
    if left is None:
        return _("đã hết hạn")
    if left.working_days:
        return ngettext("còn %(days)s ngày làm việc", "còn %(days)s ngày làm việc", left.working_days) % {"days": left.working_days}
    if left.hours:
        return ngettext("còn %(hours)s giờ làm việc", "còn %(hours)s giờ làm việc", left.hours) % {"hours": left.hours}
    return _("còn chưa đầy một giờ")


def _duration(time: timedelta, now: datetime, calendar: WorkCalendar) -> str:
    """Say a span of office time in days, halves too, or in hours where it is less than a day."""
    day = calendar.next_working_day(now.date())
    full = office_time(calendar.spans_of(day)[0][0], calendar.close_of(day), calendar)
    halves = round(time / full * 2)
    if halves >= 2:
        days = f"{halves / 2:g}".replace(".", ",")
        return _("%(days)s ngày") % {"days": days}
    return _("%(hours)s giờ") % {"hours": max(1, round(time.total_seconds() / 3600))}
