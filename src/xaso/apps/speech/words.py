"""What languages and acts are called."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = {
    "vi": _("Tiếng Việt"),
    "hmn": _("Tiếng Mông"),
    "ium": _("Tiếng Dao"),
    "tyz": _("Tiếng Tày"),
    "nut": _("Tiếng Nùng"),
}
"""The languages in which people record: ISO 639-3, but for Vietnamese."""
ACTS = {
    "speech.recorded": _("Thu giọng đọc"),
    "speech.approved": _("Duyệt giọng đọc"),
    "speech.removed": _("Bỏ giọng đọc"),
}
