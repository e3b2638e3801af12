"""The words of this room's refusals."""

from django.utils.translation import gettext_lazy as _

from xaso.apps.satisfaction import words
from xaso.platform.errors import declare_words

declare_words(
    {
        "satisfaction.not_found": _("Không có câu hỏi ý kiến này. Anh/chị xem lại đường dẫn trong tin nhắn."),
        "satisfaction.closed": words.CLOSED["closed"],
        "satisfaction.expired": words.CLOSED["expired"],
        "satisfaction.for_citizens": words.CLOSED["staff"],
        "satisfaction.face_unknown": _("Anh/chị chọn một trong năm mặt."),
        "satisfaction.no_screen": _("Chưa có màn hình hỏi ý kiến nào được mở ở quầy của anh/chị."),
    }
)
