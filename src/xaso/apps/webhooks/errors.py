"""The words of this room's refusals."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words(
    {
        "webhooks.not_found": _("Không tìm thấy nơi nhận tin này, hoặc anh/chị không có quyền xem."),
        "webhooks.url_malformed": _("Địa chỉ chưa đúng. Anh/chị viết như https://phan-mem.example.vn/nhan-tin, không kèm tên đăng nhập."),
        "webhooks.url_refused": _(
            "Địa chỉ này không được phép. Người vận hành máy chủ đặt XASO_WEBHOOK_PRIVATE_NETWORKS nếu nơi nhận ở mạng nội bộ."
        ),
        "webhooks.https_needed": _("Địa chỉ phải bắt đầu bằng https://. Chỉ nơi nhận ở mạng nội bộ được phép mới dùng http://."),
        "webhooks.topic_unknown": _("Không có loại tin “%(topic)s”."),
        "webhooks.topic_missing": _("Anh/chị chọn ít nhất một loại tin."),
        "webhooks.known_already": _("Địa chỉ này đã được nối."),
        "tokens.not_found": _("Không có mã truy cập nào mang số hiệu này."),
        "tokens.name_missing": _("Anh/chị ghi tên phần mềm dùng mã."),
        "tokens.scope_missing": _("Anh/chị chọn ít nhất một việc."),
        "tokens.scope_unknown": _("Không có quyền này: %(unknown)s. Có: %(known)s"),
        "tokens.day_is_past": _("Ngày %(day)s đã qua."),
        "webhooks.name_missing": _("Anh/chị ghi tên phần mềm nhận tin."),
    }
)
