"""How deliveries and their failures are called on screen."""

from django.utils.translation import gettext_lazy as _

STATES = {
    "queued": (_("Chờ gửi"), "cham"),
    "failed": (_("Chưa gửi được, sẽ thử lại"), "nghe"),
    "given_up": (_("Không gửi được"), "son"),
    "delivered": (_("Bên nhận đã nhận"), "la"),
}
STOPPED = {
    "": (_("Đang gửi"), "la"),
    "by_hand": (_("Quản trị tạm dừng"), "nghe"),
    "gone": (_("Bên nhận báo không nhận nữa"), "son"),
}
PROBLEMS = {
    "address": _("Địa chỉ không được phép"),
    "name": _("Không tìm thấy tên miền"),
    "connection": _("Không kết nối được"),
    "certificate": _("Chứng thư TLS không đúng"),
    "time": _("Quá thời gian chờ"),
    "answer": _("Câu trả lời không đọc được"),
    "secret": _("Khóa ký không đọc được, cần đổi khóa"),
}
ACTS = {
    "webhooks.added": _("Nối phần mềm khác"),
    "webhooks.stopped": _("Tạm dừng báo tin cho phần mềm khác"),
    "webhooks.resumed": _("Báo tin lại cho phần mềm khác"),
    "webhooks.secret_renewed": _("Đổi khóa ký của phần mềm khác"),
    "webhooks.removed": _("Bỏ nối phần mềm khác"),
    "webhooks.retry": _("Gửi lại tin cho phần mềm khác"),
}
TOKEN_STATES = {
    "valid": (_("Còn hiệu lực"), "la"),
    "expired": (_("Hết hạn"), "cham"),
    "revoked": (_("Đã thu hồi"), "cham"),
}
TOKEN_ACTS = {"tokens.create": _("Cấp mã truy cập cho phần mềm"), "tokens.revoke": _("Thu hồi mã truy cập của phần mềm")}
TOKEN_FIELDS = {"tokens.name_missing": "name", "tokens.scope_missing": "scopes", "tokens.day_is_past": "last_day"}
"""The field of the form that a refusal is about."""
PING = "webhooks.ping"
ALL_WORDS = _("Mọi thay đổi")
