"""What states, acts and facts of a data breach are called, and how its 72 hours stand."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from xaso.apps.rights.breach_rules import SOON, hours_between
from xaso.apps.rights.models import Breach
from xaso.kernel.worktime import VN
from xaso.platform.badges import Badge

BREACH_STATES = {
    "noticed": (_("Chưa báo cơ quan chức năng"), "son"),
    "authority_told": (_("Đã báo, đang khắc phục"), "nghe"),
    "closed": (_("Đã khắc phục xong"), "la"),
    "no_breach": (_("Không phải vi phạm"), "cham"),
}
BREACH_VERBS = {
    "report": _("Ghi sự cố dữ liệu"),
    "correct": _("Ghi thêm điều mới biết về sự cố"),
    "tell_authority": _("Báo cơ quan chức năng"),
    "dismiss": _("Kết luận không phải vi phạm"),
    "close": _("Kết thúc sự cố"),
    "add_person": _("Ghi người bị ảnh hưởng bởi sự cố dữ liệu"),
    "tell_people": _("Báo cho người bị ảnh hưởng"),
}
BREACH_FACTS = {
    "what": _("Xảy ra điều gì"),
    "known_at": _("Xã biết lúc"),
    "happened_at": _("Xảy ra lúc"),
    "data_kinds": _("Dữ liệu nào"),
    "is_sensitive": _("Có dữ liệu nhạy cảm"),
    "people_count": _("Khoảng bao nhiêu người"),
    "consequences": _("Hậu quả đã thấy, có thể có"),
    "measures": _("Đã làm gì, sẽ làm gì"),
}


def countdown(breach: Breach, now: datetime) -> Badge:
    """Say how the 72 hours stand: what is left of them, by how much they are over, or that the authority was told in time or late."""
    if breach.state == "no_breach":
        return Badge("")
    if breach.told_at is not None:
        is_late = breach.told_at > breach.due_at
        return Badge(_now("đã báo muộn"), "son", "warn") if is_late else Badge(_now("đã báo trong hạn"), "la", "check")
    if now > breach.due_at:
        hours = hours_between(breach.due_at, now)
        return Badge(ngettext("quá hạn %(hours)s giờ", "quá hạn %(hours)s giờ", hours) % {"hours": hours}, "son", "warn")
    hours = hours_between(now, breach.due_at)
    tone = "son" if breach.due_at - now <= SOON else "nghe"
    return Badge(ngettext("còn %(hours)s giờ", "còn %(hours)s giờ", hours) % {"hours": hours}, tone, "clock")


def facts_in_words(breach: Breach, names: Iterable[str]) -> str:
    """Return facts of a breach as its minutes keep them, a line each, in Vietnamese like every minutes."""
    with override("vi"):
        return "\n".join(f"{BREACH_FACTS[name]}: {fact_in_words(getattr(breach, name))}" for name in names)


def fact_in_words(value: Any) -> str:
    """Return one fact as text; what nobody knows yet is said to be so."""
    if value is None or value == "":
        return _now("chưa rõ")
    if isinstance(value, bool):
        return _now("có") if value else _now("không")
    if isinstance(value, datetime):
        return value.astimezone(VN).strftime("%H:%M %d/%m/%Y")
    return str(value)
