"""How the states of a number and its moves are called on screen, and what is said about waiting."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from xaso.apps.queue.queries import Standing

STATES = {
    "waiting": (_("Đang chờ"), "nghe"),
    "called": (_("Đang được gọi"), "la"),
    "held": (_("Giữ chỗ"), "nghe"),
    "served": (_("Đã xong"), "la"),
    "given_up": (_("Đã bỏ số"), "cham"),
    "day_over": (_("Hết ngày"), "cham"),
}
APPOINTMENTS = {
    "booked": (_("Đã hẹn"), "nghe"),
    "arrived": (_("Đã có mặt"), "la"),
    "cancelled": (_("Đã hủy hẹn"), "cham"),
    "missed": (_("Không đến"), "cham"),
}
SOURCES = {"phone": _("Điện thoại"), "kiosk": _("Máy lấy số"), "desk": _("Tại quầy"), "appointment": _("Có hẹn")}
WEEKDAYS = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ Nhật"))
ICONS = {
    "civil_status": "people",
    "certification": "seal",
    "social_protection": "home",
    "business": "shop",
    "land": "flag",
    "residence": "card",
    "other": "chat",
}
UNKNOWN = {
    "closed": _("Chưa biết phải chờ bao lâu: lúc này quầy đang nghỉ."),
    "no_counter": _("Chưa biết phải chờ bao lâu: chưa có quầy nào gọi số của dịch vụ này."),
    "too_few": _("Chưa biết phải chờ bao lâu: hôm nay mới phục vụ ít người."),
}
ACTS = {
    "queue.group_saved": _("Lưu dịch vụ lấy số"),
    "queue.group_ended": _("Bỏ dịch vụ lấy số"),
    "queue.counter_saved": _("Lưu quầy gọi số"),
    "queue.counter_ended": _("Bỏ quầy gọi số"),
    "queue.kiosk_added": _("Thêm máy lấy số"),
    "queue.kiosk_removed": _("Bỏ máy lấy số"),
}


def waiting_words(standing: Standing) -> Any:
    """Say how long one may have to wait, or that nobody knows, and why."""
    if standing.wait is None:
        return UNKNOWN[standing.why_unknown]
    values = {"least": standing.wait.least_minutes, "most": standing.wait.most_minutes}
    if not standing.wait.least_minutes:
        return _now("Có thể chờ đến %(most)s phút.") % values
    return _now("Có thể chờ từ %(least)s đến %(most)s phút.") % values


def icon_of(fields: list[str]) -> str:
    """Return the icon of a group: that of its first field."""
    return next((ICONS[field] for field in fields if field in ICONS), "chat")
