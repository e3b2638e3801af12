"""How states and channels are called and coloured on screen."""

from django.utils.translation import gettext_lazy as _

STATES = {
    "queued": (_("Chờ gửi"), "cham"),
    "failed": (_("Chưa gửi được, sẽ thử lại"), "nghe"),
    "given_up": (_("Không gửi được"), "son"),
    "sent": (_("Đã gửi"), "la"),
    "delivered": (_("Đã đến máy người nhận"), "la"),
    "undelivered": (_("Nhà mạng báo không đến máy"), "son"),
}
TROUBLES = {
    "the centre hung up": _("Tổng đài tin nhắn ngắt kết nối"),
    "no answer in time": _("Tổng đài tin nhắn trả lời quá chậm"),
    "bind refused": _("Tổng đài tin nhắn không nhận tên hoặc mật khẩu của xã"),
    "Throttling": _("Tổng đài tin nhắn báo gửi quá nhanh"),
    "refused": _("Không nối được với nơi chuyển tin"),
    "gammu-smsd": _("Modem chưa gửi được"),
}
"""What went wrong, by a part of what programs say of it; the first that fits."""


def in_words(trouble: str) -> str:
    """Return what went wrong in words, with what the program said behind it for whoever mends it; that alone where no words are known."""
    for part, said in TROUBLES.items():
        if part in trouble:
            return f"{said} ({trouble})"
    return trouble


CHANNELS = {"sms": _("Tin nhắn SMS"), "email": _("Thư điện tử")}
CALL_STATES = {
    "waiting": (_("Chờ gọi"), "cham"),
    "reached": (_("Đã nói chuyện"), "la"),
    "not_reached": (_("Không gọi được"), "son"),
    "wrong_number": (_("Nhầm số"), "son"),
    "replaced": (_("Thay bằng tin mới hơn"), "cham"),
}
CALL_DUE = (_("Cần gọi"), "nghe")
MACHINE_CALLS, MACHINE_WILL_CALL = (_("Máy đang gọi"), "cham"), (_("Chờ máy gọi"), "cham")
OUTCOMES = {
    "reached": _("đã nói chuyện"),
    "no_answer": _("không nghe máy"),
    "busy": _("máy bận"),
    "wrong_number": _("nhầm số"),
    "later": _("hẹn gọi lại"),
    "cut_short": _("nghe dở rồi cúp máy"),
    "failed": _("không nối được tổng đài"),
}
"""What came of one try to call somebody."""
FATES = {
    "waiting": (_("Chờ trả lời"), "nghe"),
    "told": (_("Đã trả lời"), "la"),
    "refused": (_("Mã không đúng hoặc không phải của số này"), "nghe"),
    "guessing": (_("Dò mã, không trả lời nữa"), "son"),
    "unclear": (_("Chưa hiểu, đã hướng dẫn"), "cham"),
    "silent": (_("Không trả lời"), "cham"),
    "limited": (_("Quá nhiều tin, không trả lời"), "nghe"),
}
"""What became of an SMS that somebody sent to the commune."""
