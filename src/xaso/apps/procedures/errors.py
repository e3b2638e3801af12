"""What the refusals of this room say."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words(
    {
        "procedures.not_allowed": _("Chỉ người quản trị của xã được sửa mục này."),
        "procedures.not_found": _("Không có thủ tục này, hoặc thủ tục đã hết hiệu lực."),
        "procedures.place_unknown": _("Không có nơi nộp hồ sơ này. Anh/chị chọn lại trong danh sách."),
        "procedures.level_unknown": _("Không có mức định danh này. Anh/chị chọn lại trong danh sách."),
        "procedures.issuer_unknown": _("Không có nơi cấp kết quả này. Anh/chị chọn lại trong danh sách."),
        "procedures.only_guided": _(
            "Danh mục chỉ hướng dẫn thủ tục này, chưa có câu hỏi để khai. Thủ tục có mẫu khai rồi mới đặt về xã được."
        ),
        "procedures.term_wrong": _("Thời hạn chưa đúng: cần là một số từ 1 đến %(most)s."),
        "procedures.term_printed": _("Nguồn đã ghi thời hạn cho cách nộp này nên xã không đặt riêng. Anh/chị tải lại trang."),
        "procedures.fee_unknown": _("Thủ tục này không có khoản phí, lệ phí do tỉnh quy định như vậy."),
        "procedures.amount_wrong": _("Số tiền chưa đúng: cần là số đồng, từ 0 đến 100.000.000."),
        "procedures.file_missing": _("Không đọc được tệp %(path)s. Anh/chị xem lại đường dẫn."),
        "procedures.file_too_large": _("Tệp lớn quá %(limit)s MB hoặc có dòng quá dài, không phải bản công bố thủ tục."),
        "procedures.file_cut_off": _("Tệp bị cắt ngang. Anh/chị tải lại tệp đầy đủ; chưa có gì được ghi."),
        "procedures.line_broken": _("Dòng %(line)s của tệp bị hỏng. Anh/chị tải lại tệp; chưa có gì được ghi."),
        "procedures.file_foreign": _(
            "Tệp này không phải bản công bố của cơ sở dữ liệu quốc gia về thủ tục hành chính. Chưa có gì được ghi."
        ),
        "procedures.file_empty": _("Tệp không có thủ tục nào. Chưa có gì được ghi."),
        "procedures.older_edition": _("Bản này cũ hơn bản ngày %(day)s đã được duyệt. Chưa có gì được ghi."),
        "procedures.edition_not_found": _("Không có bản công bố này."),
        "procedures.edition_decided": _("Bản này đã được duyệt hoặc bỏ rồi. Anh/chị tải lại trang."),
        "procedures.edition_being_read": _("Máy đang đọc một bản khác. Bản ấy xong, anh/chị gửi lại tệp này."),
        "procedures.ground_missing": _("Anh/chị ghi số, ngày của quyết định, hoặc căn cứ."),
    }
)
