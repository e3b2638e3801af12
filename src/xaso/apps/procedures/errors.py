"""What the refusals of this room say."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words(
    {
        "procedures.not_allowed": _("Chỉ người quản trị của xã được sửa mục này."),
        "procedures.not_found": _("Không có thủ tục này, hoặc thủ tục đã hết hiệu lực."),
        "procedures.place_unknown": _("Không có nơi nộp hồ sơ này. Anh/chị chọn lại trong danh sách."),
        "procedures.issuer_unknown": _("Không có nơi cấp kết quả này. Anh/chị chọn lại trong danh sách."),
        "procedures.only_guided": _(
            "Danh mục chỉ hướng dẫn thủ tục này, chưa có câu hỏi để khai. Thủ tục có mẫu khai rồi mới đặt về xã được."
        ),
        "procedures.fee_unknown": _("Thủ tục này không có khoản phí, lệ phí do tỉnh quy định như vậy."),
        "procedures.amount_wrong": _("Số tiền chưa đúng: cần là số đồng, từ 0 đến 100.000.000."),
        "procedures.ground_missing": _("Anh/chị ghi số, ngày của quyết định, hoặc căn cứ."),
    }
)
