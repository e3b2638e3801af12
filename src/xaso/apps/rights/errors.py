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
        "rights.known_in_future": _("Lúc xã biết phải là trước bây giờ. Anh/chị xem lại giờ và ngày."),
        "rights.known_later": _("Không lùi lúc xã biết về sau được: 72 giờ đã tính từ lúc sớm hơn."),
        "rights.happened_later": _("Sự cố xảy ra trước khi xã biết. Anh/chị xem lại giờ và ngày."),
        "rights.breach_ended": _("Sự cố này đã kết thúc."),
        "rights.told_in_future": _("Lúc gửi phải là trước bây giờ. Gửi xong rồi hãy ghi."),
        "rights.told_before_known": _("Lúc gửi phải sau lúc xã biết. Anh/chị xem lại giờ và ngày."),
        "rights.paper_number_missing": _("Ghi số văn bản đã gửi cơ quan chức năng."),
        "rights.late_why_missing": _("Đã quá 72 giờ: ghi vì sao báo muộn."),
        "rights.nobody_to_tell": _("Chưa ghi người nào, hoặc ai cũng đã được báo."),
        "rights.no_guardian": _("Người này không được làm thay cho người kia."),
    }
)
