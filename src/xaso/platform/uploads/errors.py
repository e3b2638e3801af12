"""Why a file, or a piece of it, is not taken."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words(
    {
        "uploads.unknown": _("Máy chủ của xã không có tệp đang gửi này. Anh/chị gửi lại từ đầu."),
        "uploads.gone": _("Tệp này để quá 7 ngày nên đã xóa, hoặc đã bỏ. Anh/chị gửi lại từ đầu."),
        "uploads.incomplete": _("Tệp “%(name)s” chưa gửi xong. Anh/chị chờ gửi xong rồi bấm lại."),
        "uploads.offset_differs": _("Máy chủ của xã đã nhận đến chỗ khác. Máy hỏi lại rồi gửi tiếp."),
        "uploads.superseded": _("Tệp này đang được gửi tiếp từ một kết nối khác."),
        "uploads.checksum_differs": _("Tệp bị sai lệch trên đường gửi. Máy gửi lại phần này."),
        "uploads.checksum_unknown": _("Máy chủ của xã không tính được loại mã kiểm tra này."),
        "uploads.too_heavy": _("Tệp nặng hơn %(limit)s MB. Anh/chị chụp lại ở cỡ nhỏ hơn, hoặc chia thành nhiều tệp."),
        "uploads.too_long": _("Gửi nhiều hơn số đã báo. Anh/chị gửi lại từ đầu."),
        "uploads.too_many": _("Mạng này đang gửi quá nhiều tệp. Anh/chị chờ ít phút rồi thử lại."),
        "uploads.no_room": _(
            "Máy chủ của xã đã hết chỗ để nhận tệp. Ảnh vẫn còn trên máy của anh/chị. Anh/chị báo cán bộ, hoặc thử lại sau."
        ),
        "uploads.busy": _("Máy chủ của xã đang nhận nhiều tệp. Máy tự gửi lại sau ít giây."),
        "uploads.malformed": _("Lời báo về tệp không đúng cách. Anh/chị chọn lại tệp."),
    }
)
