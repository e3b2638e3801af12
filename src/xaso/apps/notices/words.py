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
CHANNELS = {"sms": _("Tin nhắn SMS"), "email": _("Thư điện tử")}
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
