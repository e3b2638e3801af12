"""What people may ask about their data, and what states and moves are called."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "view": (_("Xem dữ liệu xã đang giữ"), _("Anh/chị xem được ngay bản sao ở trang này; gửi yêu cầu khi cần cán bộ giải thích.")),
    "give": (_("Nhận bản sao dữ liệu"), _("Bản giấy hoặc tệp, nhận ở quầy hoặc trên trang này.")),
    "correct": (_("Sửa điều ghi sai"), _("Ghi rõ điều nào sai và đúng phải là gì.")),
    "delete": (_("Xóa dữ liệu"), _("Điều luật lưu trữ bắt giữ thì xã không xóa được và nói rõ vì sao.")),
    "restrict": (_("Tạm thôi dùng dữ liệu"), _("Trong khi anh/chị và xã làm rõ điều gì đó.")),
    "object": (_("Phản đối cách dùng dữ liệu"), _("Ghi rõ việc nào anh/chị không muốn xã làm với dữ liệu của mình.")),
    "withdraw": (_("Rút lại sự đồng ý"), _("Ghi rõ anh/chị rút đồng ý cho việc nào.")),
    "protect": (_("Bảo vệ dữ liệu"), _("Khi anh/chị lo dữ liệu của mình bị lộ hoặc bị dùng sai.")),
}
"""Each kind with what it means, in the order of the form."""

STATES = {
    "asked": (_("Chờ xã xác nhận đã nhận"), "nghe"),
    "confirmed": (_("Xã đã nhận, đang làm"), "cham"),
    "extended": (_("Xin thêm thời gian, đang làm"), "nghe"),
    "answered": (_("Đã trả lời"), "la"),
    "refused": (_("Không làm được"), "son"),
    "taken_back": (_("Đã rút yêu cầu"), "cham"),
}

VERBS = {
    "ask": _("Gửi yêu cầu về dữ liệu"),
    "confirm": _("Xác nhận đã nhận yêu cầu"),
    "extend": _("Xin thêm thời gian"),
    "answer": _("Trả lời yêu cầu"),
    "refuse": _("Báo không làm được, có lý do"),
    "take_back": _("Rút yêu cầu"),
}

STEPS = {
    "report": _("Đếm thử, chưa xóa"),
    "allow": _("Cho phép xóa"),
    "stop": _("Dừng xóa"),
    "erase": _("Đã xóa"),
}
"""What the steps of retention are called."""
