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
