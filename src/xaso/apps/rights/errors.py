"""The words of this room's refusals."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words(
    {
        "rights.not_found": _("Không tìm thấy, hoặc không phải của anh/chị."),
        "rights.kind_unknown": _("Anh/chị chọn một việc trong danh sách."),
        "rights.words_missing": _("Anh/chị viết rõ hơn một chút, ít nhất năm chữ cái."),
        "rights.open_already": _("Đã có một yêu cầu như vậy đang được làm. Xem yêu cầu ấy ở trang “Dữ liệu của tôi”."),
        "rights.paper_missing": _("Ghi giấy tờ đã xem để biết đúng người, như thẻ căn cước."),
        "rights.nobody_such": _("Người này không làm việc với yêu cầu về dữ liệu."),
        "rights.too_late": _("Đã quá hạn trả lời nên không xin thêm thời gian được nữa. Anh/chị trả lời ngay."),
        "rights.guardian_needed": _("Còn nhỏ tuổi thì cha mẹ hoặc người giám hộ đồng ý thay."),
        "rights.no_report": _("Anh/chị đếm thử trước, xem sẽ xóa gì, rồi mới cho phép."),
        "rights.child_asked_too": _("Từ 7 tuổi, con cũng phải được hỏi và đồng ý. Anh/chị hỏi con rồi đánh dấu vào ô ấy."),
        "rights.evidence_missing": _("Ghi giấy tờ làm chứng: phiếu đồng ý đã ký, số mấy, ngày nào."),
        "rights.no_guardian": _("Người này không được làm thay cho người kia."),
    }
)
