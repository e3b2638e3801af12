"""The words of this room's refusals."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words(
    {
        "queue.not_found": _("Không tìm thấy, hoặc anh/chị không có quyền xem."),
        "queue.closed": _("Lúc này dịch vụ “%(group)s” không phát số. Anh/chị xem giờ làm việc."),
        "queue.not_by_phone": _("Dịch vụ “%(group)s” chỉ lấy số tại trụ sở."),
        "queue.name_missing": _("Anh/chị ghi tên."),
        "queue.letter_wrong": _("Chữ đầu số là một chữ cái không dấu, như A."),
        "queue.letter_taken": _("Chữ “%(letter)s” đã dùng cho dịch vụ khác."),
        "queue.weekdays_missing": _("Anh/chị chọn ít nhất một ngày trong tuần."),
        "queue.field_unknown": _("Không có lĩnh vực này."),
        "queue.hours_turned": _("Giờ kết thúc phải sau giờ bắt đầu."),
        "queue.slot_wrong": _("Mỗi lượt hẹn dài từ 5 đến 240 phút, mỗi lượt nhận nhiều nhất 100 người."),
        "queue.number_taken": _("Đã có quầy số %(number)s."),
        "queue.number_wrong": _("Số quầy từ 1 đến 99."),
        "queue.groups_missing": _("Anh/chị chọn ít nhất một dịch vụ cho quầy."),
        "queue.still_waiting": _("Còn người đang chờ. Anh/chị đợi phục vụ xong rồi mới bỏ."),
        "queue.nobody_waits": _("Không còn ai chờ ở các dịch vụ của quầy này."),
        "queue.counter_busy": _("Quầy đang có người. Anh/chị bấm “Xong” hoặc “Vắng mặt” trước."),
        "queue.not_at_counter": _("Số này không còn ở quầy này. Anh/chị tải lại trang."),
        "queue.not_served_there": _("Quầy hoặc dịch vụ anh/chị chọn không nhận được số này."),
        "queue.slot_full": _("Giờ hẹn này vừa hết chỗ. Anh/chị chọn giờ khác."),
        "queue.slot_unknown": _("Không có giờ hẹn này. Anh/chị chọn lại."),
        "queue.phone_wrong": _("Số điện thoại chưa đúng. Anh/chị viết như 0912 345 678."),
        "queue.too_many_booked": _("Số điện thoại này đã có %(count)s lịch hẹn. Anh/chị hủy bớt rồi đặt lại."),
        "queue.appointment_over": _("Lịch hẹn này đã dùng, đã hủy hoặc đã qua."),
        "queue.too_early": _("Chưa đến giờ báo có mặt. Anh/chị báo từ %(clock)s ngày %(day)s."),
        "queue.code_unknown": _("Không có lịch hẹn hôm nay với mã này. Anh/chị xem lại mã, hoặc lấy số thường."),
    }
)
