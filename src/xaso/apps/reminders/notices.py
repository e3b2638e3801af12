"""What a reminder says: one SMS, no name, no matter of business."""

from xaso.apps.notices import facade as notices

APPOINTMENT = "reminders.appointment"

notices.declare(
    APPOINTMENT,
    {
        "sms": {
            "vi": "Nhắc hẹn: một cửa xã, %(when)s, mã hẹn %(pin)s. Đổi giờ, hủy: %(booking)s",
            "en": "Reminder: one-stop desk, %(when)s, code %(pin)s. Change or cancel: %(booking)s",
        }
    },
)
