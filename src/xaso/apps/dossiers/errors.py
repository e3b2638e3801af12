"""The words of this room's refusals."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words(
    {
        "dossiers.parts_stand": _("Hồ sơ chưa tiếp nhận, đã dừng, từ chối hoặc rút nên các phần liên thông đứng yên."),
        "dossiers.return_address_missing": _("Nhận kết quả qua bưu chính thì cần đủ tên người nhận, số nhà, thôn và xã, tỉnh."),
        "dossiers.tracking_missing": _("Anh/chị ghi mã vận đơn trên biên nhận của bưu điện."),
        "dossiers.day_wrong": _("Ngày chưa đúng. Anh/chị viết như 05/11/2026, không sau hôm nay và không trước bước trước đó."),
        "dossiers.purpose_missing": _("Anh/chị chọn xem để làm gì. Chọn “Việc khác” thì ghi rõ là việc gì."),
        "dossiers.not_found": _("Không tìm thấy hồ sơ này, hoặc anh/chị không có quyền xem."),
        "dossiers.no_reader": _("Máy chủ chưa có phần mềm đọc chữ (%(packages)s). Anh/chị tự ghi số, tên vào hồ sơ."),
        "dossiers.not_read_yet": _("Máy chưa đọc xong giấy này. Anh/chị chờ rồi đối chiếu."),
        "dossiers.not_confirmed": _("Anh/chị đối chiếu giấy này trước rồi mới ký."),
        "dossiers.draft_not_found": _("Không tìm thấy bản đang làm. Có thể hồ sơ đã được nộp: anh/chị xem trong “Hồ sơ của tôi”."),
        "dossiers.procedure_not_found": _("Không có thủ tục này, hoặc thủ tục đã hết hiệu lực."),
        "dossiers.procedure_changed": _(
            "Thủ tục này vừa có bản mới, có thể hỏi khác. Anh/chị mở lại bản đang làm, xem từng câu rồi nộp. Những gì đã ghi vẫn còn."
        ),
        "dossiers.procedure_withdrawn": _("Thủ tục này đã thôi áp dụng nên không nộp được nữa. Anh/chị hỏi quầy một cửa thủ tục thay thế."),
        "dossiers.identity_too_low": _(
            "Thủ tục này cần định danh điện tử mức %(level)s. Anh/chị đăng nhập lại ở mức đó rồi nộp; bản khai vẫn còn."
        ),
        "dossiers.channel_not_offered": _("Thủ tục này không nhận hồ sơ qua kênh đó. Anh/chị đến quầy một cửa."),
        "dossiers.taken_elsewhere": _("Xã không nhận thủ tục này. Anh/chị mở trang của thủ tục để xem hướng dẫn."),
        "dossiers.answers_invalid": _("Còn %(count)s chỗ cần sửa trước khi nộp."),
        "dossiers.papers_missing": _("Còn thiếu giấy tờ: %(papers)s."),
        "dossiers.paper_not_reusable": _(
            "Giấy này không dùng lại được nữa: đã hết hạn, hoặc không phải của người nộp. Anh/chị gửi giấy mới."
        ),
        "dossiers.valid_until_wrong": _("Ngày hết hạn của giấy cần ghi như 25/11/2027. Trên giấy không ghi thì để trống."),
        "dossiers.result_code_unknown": _("Mã này không có trong danh mục của xã. Chưa rõ mã thì chọn “Chưa rõ”."),
        "dossiers.post_charge_source": _("Anh/chị ghi nguồn của mức cước: ai nói, văn bản nào."),
        "dossiers.post_charge_day": _("Anh/chị ghi ngày đã xem mức cước, như 05/11/2026, không sau hôm nay."),
        "dossiers.post_charge_amount": _("Mức cước này quá lớn. Anh/chị ghi số đồng, ví dụ 30.000."),
        "dossiers.return_phone_missing": _("Nhận qua bưu chính thì cần số điện thoại để bưu tá gọi."),
        "dossiers.paper_unknown": _("Thủ tục này không có loại giấy tờ đó."),
        "dossiers.too_heavy": _("Tất cả giấy tờ của một hồ sơ được nặng tối đa %(limit)s MB. Anh/chị bỏ bớt ảnh hoặc chụp lại nhỏ hơn."),
        "dossiers.asked_already": _("Hồ sơ này đã yêu cầu bổ sung một lần. Luật chỉ cho yêu cầu một lần, nên phải ghi đủ ngay lần đầu."),
        "dossiers.nothing_asked": _("Anh/chị ghi ít nhất một giấy tờ hoặc nội dung còn thiếu."),
        "dossiers.reason_missing": _("Anh/chị ghi rõ lý do để bà con hiểu."),
        "dossiers.ground_missing": _("Anh/chị ghi căn cứ pháp lý của việc từ chối."),
        "dossiers.none_chosen": _("Anh/chị chọn ít nhất một hồ sơ để bàn giao."),
        "dossiers.receiver_wrong": _("Anh/chị chọn người nhận: một cán bộ khác đang giữ vị trí thụ lý."),
        "dossiers.note_missing": _("Anh/chị ghi vài chữ để người nhận biết vì sao bàn giao."),
        "dossiers.all_gone": _("Các hồ sơ này không còn ở người giao: đã bàn giao trước đó, hoặc đã xong. Trang này đã là mới nhất."),
        "dossiers.stop_ground_missing": _("Anh/chị ghi căn cứ của việc dừng giải quyết: phiếu yêu cầu, biên bản hoặc quy định."),
        "dossiers.day_missing": _("Anh/chị ghi ngày hẹn mới, ví dụ 05/12/2026."),
        "dossiers.day_too_early": _("Ngày hẹn mới phải sau hôm nay và sau ngày đã hẹn (%(day)s)."),
        "dossiers.day_off": _("Ngày hẹn mới là ngày nghỉ. Anh/chị chọn một ngày làm việc."),
        "dossiers.day_unknown": _("Lịch nghỉ của năm đó chưa có trong máy. Anh/chị chọn ngày khác, hoặc báo người quản trị."),
        "dossiers.no_due_date": _("Hồ sơ này đang không có hạn: đồng hồ tạm dừng, hoặc chưa rõ thời hạn. Không có gì để gia hạn."),
        "dossiers.apologised_already": _("Hồ sơ này đã xin lỗi và hẹn lại ngày %(day)s. Chưa qua ngày đó thì không hẹn lại lần nữa."),
        "dossiers.extended_already": _("Hồ sơ này đã gia hạn một lần. Theo quy định cũ chỉ gia hạn một lần; quy định mới cần xác nhận."),
        "dossiers.nothing_added": _("Anh/chị thêm ít nhất một giấy tờ hoặc viết câu trả lời."),
        "dossiers.national_code_invalid": _("Mã %(typed)s không đúng dạng mã hồ sơ quốc gia, ví dụ H38.2-260518-0200015."),
        "dossiers.national_code_taken": _("Mã %(typed)s đã ghi cho hồ sơ khác."),
        "dossiers.issued_elsewhere": _("Kết quả thủ tục này do hệ thống khác cấp. Anh/chị đính kèm kết quả và số của hệ thống đó."),
        "dossiers.issued_here": _("Kết quả thủ tục này do xã cấp. Anh/chị chuẩn bị kết quả và chuyển ký."),
        "dossiers.none_to_sign": _("Anh/chị chọn ít nhất một kết quả để ký."),
        "dossiers.too_many_to_sign": _("Mỗi lượt ký nhiều nhất %(most)s kết quả. Anh/chị bỏ bớt, rồi ký lượt sau."),
        "dossiers.in_another_round": _("Kết quả này nằm trong một lượt ký khác."),
        "dossiers.not_waiting_now": _("Hồ sơ đã sang bước khác, không còn chờ ký."),
        "dossiers.may_not_sign_now": _("Hôm nay anh/chị không còn quyền ký. Người quản trị xem lại vị trí hoặc ngày làm thay."),
        "dossiers.being_signed": _("Hồ sơ này đang được ký ở một máy khác. Anh/chị chờ một phút rồi tải lại trang."),
        "dossiers.no_signer_title": _(
            "Anh/chị chưa có chức vụ nên chưa ký được: giấy phải ghi chức vụ của người ký. Quản trị viên giao vị trí cho anh/chị trước."
        ),
        "dossiers.preparing_failed": _("Chưa chuẩn bị được giấy để ký. Chưa có số nào bị dùng. Anh/chị thử lại, hoặc báo quản trị viên."),
        "dossiers.signing_failed": _("Chưa ký được. Số %(number)s đã bỏ và được ghi lại, không dùng lần nữa. Hồ sơ vẫn chờ ký."),
        "dossiers.card_unreadable": _("Không đọc được mã QR trong ảnh. Anh/chị chụp lại gần và rõ hơn, hoặc nhập tay."),
        "dossiers.contact_typed_before": _(
            "Vừa đọc thẻ của người khác. Điện thoại, thư điện tử gõ từ trước vẫn còn: anh/chị xem lại có đúng của người này không."
        ),
        "dossiers.no_file": _("Anh/chị chọn ít nhất một tệp."),
        "dossiers.scan_gone": _("Bản quét này không còn trong thư mục máy quét. Có thể máy khác vừa lấy: anh/chị tải lại trang."),
        "dossiers.scan_unreadable": _("Không mở được bản quét “%(name)s”. Anh/chị quét lại, hoặc báo người quản trị."),
        "dossiers.scan_not_moved": _("Đã lấy bản quét “%(name)s” nhưng chưa cất được tệp gốc. Anh/chị báo người quản trị."),
        "dossiers.amount_wrong": _("Số tiền phải đúng bằng số phải thu là %(due)s."),
        "dossiers.amount_missing": _("Anh/chị nhập số tiền lớn hơn 0."),
        "dossiers.receipt_missing": _("Anh/chị nhập số biên lai."),
        "dossiers.fee_unknown": _("Chưa rõ phí của hồ sơ này. Anh/chị ghi phí phải thu, hoặc ghi lý do miễn, rồi mới trả kết quả."),
        "dossiers.payment_open": _("Hồ sơ còn phí chưa thu. Anh/chị thu phí hoặc ghi lý do miễn trước khi trả kết quả."),
        "dossiers.recipient_missing": _("Anh/chị ghi tên người nhận và giấy tờ người đó xuất trình."),
        "dossiers.number_missing": _("Anh/chị nhập số của kết quả."),
        "dossiers.field_missing": _("Chưa chuyển ký được: “%(field)s” còn trống. Anh/chị điền vào rồi chuyển ký lại."),
        "dossiers.field_not_offered": _("“%(field)s” phải là một trong các mục cho sẵn. Anh/chị chọn lại."),
        "dossiers.result_incomplete": _("Chưa ký được: “%(field)s” trong kết quả còn trống. Anh/chị trả lại để cán bộ thụ lý điền."),
        "dossiers.number_wrong": _("%(field)s cần đủ 12 chữ số. Chưa có thì để trống."),
        "dossiers.applicant_missing": _("Anh/chị nhập họ tên người nộp hồ sơ."),
        "dossiers.item_taken": _("Mã của hồ sơ trên máy đã dùng cho hồ sơ khác. Anh/chị làm lại hồ sơ này trên máy."),
        "dossiers.uploads_missing": _("Ảnh chưa về đủ. Máy gửi nốt ảnh rồi gửi lại hồ sơ."),
        "dossiers.anothers": _("Hồ sơ ghi tên hoặc số định danh của người khác. Người đó đăng nhập, hoặc đến quầy, thì xã mới nhận."),
        "dossiers.paper_not_compared": _("Anh/chị ghi họ tên, số định danh trên giấy tờ và loại giấy tờ người nộp đưa xem."),
        "dossiers.not_complete": _("Hồ sơ còn chỗ cần sửa. Người nộp sửa trên máy rồi gửi lại, hoặc anh/chị nhận hồ sơ tại quầy."),
        "dossiers.phone_invalid": _("Số điện thoại cần 10 chữ số, bắt đầu bằng số 0."),
    }
)
