"""What to tell people when a signature can't be made or read."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words(
    {
        "signing.no_certificate": _("Chưa có chứng thư số để ký. Anh/chị báo quản trị viên đăng ký chứng thư số."),
        "signing.no_seal": _("Xã chưa có chứng thư số của cơ quan nên chưa đóng dấu được. Anh/chị báo quản trị viên."),
        "signing.expired": _("Chứng thư số đã hết hạn ngày %(day)s nên không ký được. Anh/chị xin cấp chứng thư số mới."),
        "signing.not_yet_valid": _("Chứng thư số chưa có hiệu lực, dùng được từ ngày %(day)s."),
        "signing.revoked": _("Chứng thư số đã bị thu hồi nên không ký được. Anh/chị báo quản trị viên."),
        "signing.revoked_by_issuer": _("Nơi cấp đã thu hồi chứng thư số này nên không ký được. Anh/chị xin cấp chứng thư số mới."),
        "signing.chain_expired": _(
            "Chứng thư của nơi cấp đã hết hạn ngày %(day)s nên chữ ký sẽ không được tin. Anh/chị xin cấp chứng thư số mới."
        ),
        "signing.other_persons": _("Chứng thư số này là của người khác. Anh/chị chỉ ký được bằng chứng thư số của mình."),
        "signing.key_missing": _("Không tìm thấy khóa ký trên máy chủ. Anh/chị báo quản trị viên."),
        "signing.key_mismatch": _("Khóa ký không khớp với chứng thư số. Anh/chị báo quản trị viên."),
        "signing.key_locked": _(
            "Khóa bí mật của máy chủ đã đổi nên không mở được khóa ký. Anh/chị báo quản trị viên đăng ký lại chứng thư số."
        ),
        "signing.token_unset": _("Máy chủ chưa khai thiết bị ký nào. Anh/chị nhờ người vận hành khai thiết bị."),
        "signing.token_gone": _("Không thấy thiết bị ký của máy chủ. Anh/chị nhờ người vận hành cắm lại thiết bị, rồi ký lại."),
        "signing.token_pin": _("Thiết bị ký không nhận mã PIN của máy chủ. Máy chủ không thử lại mã đó; anh/chị báo người vận hành."),
        "signing.token_locked": _("Thiết bị ký đã tự khóa mã PIN. Anh/chị báo người vận hành mở khóa thiết bị."),
        "signing.remote_unset": _("Máy chủ chưa khai dịch vụ ký từ xa nào. Anh/chị nhờ người vận hành khai."),
        "signing.remote_down": _("Dịch vụ ký từ xa không trả lời. Chưa ký gì; anh/chị thử lại sau ít phút."),
        "signing.remote_client": _("Dịch vụ ký từ xa không nhận máy chủ của xã. Chưa ký gì; anh/chị báo người vận hành."),
        "signing.remote_declined": _(
            "Chữ ký chưa được xác nhận trên điện thoại nên chưa ký gì. Anh/chị ký lại rồi bấm đồng ý trên điện thoại."
        ),
        "signing.remote_pin": _("Dịch vụ ký từ xa không nhận mã PIN của máy chủ. Máy chủ không thử lại mã đó; anh/chị báo người vận hành."),
        "signing.remote_refused": _("Dịch vụ ký từ xa từ chối: %(reason)s. Chưa ký gì."),
        "signing.own_token": _(
            "Khóa ký của anh/chị nằm trên USB token, máy chủ không với tới được. Anh/chị ký từng kết quả ở trang của hồ sơ."
        ),
        "signing.not_own_token": _("Chứng thư số của anh/chị không nằm trên USB token. Anh/chị tải lại trang hồ sơ rồi ký."),
        "signing.pending_gone": _(
            "Lần ký này không còn: giấy đã ký, đã thôi ký, hoặc đã bắt đầu ký lại ở trang khác. Anh/chị xem lại hồ sơ."
        ),
        "signing.pending_ended": _("Đã quá 10 phút từ lúc bắt đầu ký nên lần ký này hết hiệu lực. Anh/chị ký lại."),
        "signing.paper_changed": _("Hồ sơ đã thay đổi từ lúc bắt đầu ký nên chữ ký không dùng được. Anh/chị xem lại rồi ký lại."),
        "signing.certificate_unreadable": _("Không đọc được tệp này như một chứng thư số. Anh/chị chọn tệp .cer, .crt hoặc .pem."),
        "signing.signature_wrong": _("Khóa ký trả về chữ ký không khớp với chứng thư số, nên không dùng. Anh/chị báo quản trị viên."),
        "signing.not_allowed": _("Chỉ quản trị viên của xã làm được việc này."),
        "signing.not_a_signer": _("Người này không có quyền ký kết quả. Anh/chị giao vị trí có vai trò ký trước."),
        "signing.p12_too_large": _("Tệp lớn quá 128 KB nên không phải tệp chứng thư số. Anh/chị chọn tệp có đuôi .p12 hoặc .pfx."),
        "signing.p12_unreadable": _(
            "Không đọc được tệp này như một tệp PKCS#12. Anh/chị chọn tệp .p12 hoặc .pfx do nơi cấp chứng thư số đưa."
        ),
        "signing.p12_passphrase": _("Mật khẩu của tệp chưa đúng. Anh/chị gõ lại; chưa có gì được lưu."),
        "signing.p12_no_key": _("Tệp không có khóa riêng nên không ký được. Anh/chị xuất lại tệp kèm khóa riêng."),
        "signing.p12_mismatch": _("Khóa riêng trong tệp không khớp với chứng thư số nào trong tệp. Anh/chị xuất lại tệp."),
        "signing.p12_weak": _("Khóa trong tệp không dùng được: cần RSA từ 2048 bit, hoặc đường cong P-256, P-384, P-521."),
        "signing.p12_not_for_signing": _("Chứng thư số này không được cấp để ký văn bản. Anh/chị chọn chứng thư số dùng để ký."),
        "signing.p12_self_signed": _("Chứng thư số này tự ký, không do tổ chức nào cấp, nên không đăng ký được."),
        "signing.p12_no_chain": _(
            "Tệp thiếu chứng thư của nơi cấp “%(issuer)s”. Anh/chị xuất lại tệp kèm toàn bộ chuỗi chứng thư, hoặc nhờ người vận hành "
            "đặt chứng thư của nơi cấp lên máy chủ."
        ),
        "signing.p12_chain_broken": _("Chứng thư của nơi cấp trong tệp không khớp hoặc đã hết hạn. Anh/chị xuất lại tệp từ nơi cấp."),
        "signing.p12_other_name": _(
            "Chứng thư số ghi tên “%(name)s”. Nếu đúng là của người này thì anh/chị đánh dấu ô đã đối chiếu và gửi lại."
        ),
        "signing.p12_taken": _("Chứng thư số này đã đăng ký cho người khác hoặc đã rút. Anh/chị dùng chứng thư số khác."),
        "signing.issuer_unknown": _(
            "Máy chủ của xã chưa biết nơi cấp “%(issuer)s” nên chưa nhận chứng thư số này. "
            "Anh/chị báo quản trị viên nhờ người vận hành thêm nơi cấp."
        ),
        "signing.offer_other_name": _(
            "Chứng thư số ghi tên “%(name)s”, khác tên tài khoản “%(own)s”. "
            "Nếu đúng là của anh/chị thì nhờ quản trị viên đối chiếu rồi đăng ký."
        ),
        "signing.offer_in_use": _("Anh/chị đang dùng chính chứng thư số này rồi."),
        "signing.offer_gone": _("Đề nghị này không còn: đã được trả lời, hoặc người gửi đã rút hay gửi bản khác. Anh/chị xem lại."),
        "signing.offer_own": _("Anh/chị là người đề nghị. Một quản trị viên khác duyệt."),
        "signing.reason_missing": _("Anh/chị ghi lý do để người gửi biết phải làm gì."),
        "signing.has_certificate": _("Đang có chứng thư số thật dùng được. Anh/chị rút chứng thư đó trước khi cấp bản thử."),
        "signing.too_complex": _("Tệp quá phức tạp nên không kiểm tra được ở đây. Anh/chị xem lại tệp, hoặc hỏi nơi gửi."),
        "signing.unreadable": _("Không đọc được tệp này như một tệp PDF. Anh/chị kiểm tra lại tệp."),
    }
)
