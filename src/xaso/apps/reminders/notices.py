"""What is said of an appointment: one SMS, no name, no matter of business."""

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

CLOSED = "reminders.closed"
notices.declare(
    CLOSED,
    {
        "sms": {
            "vi": "Một cửa xã nghỉ lúc %(when)s, xin lỗi. Mời chọn giờ khác: %(booking)s",
            "en": "The desk is closed at %(when)s, sorry. Choose another time: %(booking)s",
        }
    },
)

REOPENED = "reminders.reopened"
notices.declare(
    REOPENED,
    {
        "sms": {
            "vi": "Một cửa vẫn làm lúc %(when)s, hẹn còn giữ. Đổi giờ, hủy: %(booking)s",
            "en": "The desk is open after all at %(when)s, your time is kept. Change, cancel: %(booking)s",
        }
    },
)

CALLED_OFF = "reminders.called_off"
notices.declare(
    CALLED_OFF,
    {
        "sms": {
            "vi": "Xã hủy hẹn %(when)s vì thôi dịch vụ này, xin lỗi. Đặt hẹn khác: %(booking)s",
            "en": "The commune cancelled %(when)s: service ended, sorry. Book again: %(booking)s",
        }
    },
)
