"""What backups and drills are called on pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Any] = {"backup": _("Sao lưu"), "drill": _("Phục hồi thử")}
OUTCOMES: dict[str, tuple[Any, str]] = {
    "running": (_("đang làm"), "cham"),
    "done": (_("xong"), "la"),
    "failed": (_("không thành"), "son"),
}
