"""The words of this room's refusals."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words(
    {
        "notices.not_found": _("Không tìm thấy tin nhắn này, hoặc anh/chị không có quyền xem."),
        "notices.outcome_unknown": _("Anh/chị bấm một trong các kết quả của cuộc gọi."),
        "notices.call_time_wrong": _("Anh/chị chọn giờ gọi lại ở phía trước."),
        "notices.no_exchange": _("Xã chưa nối tổng đài. Anh/chị gọi theo danh sách."),
    }
)
