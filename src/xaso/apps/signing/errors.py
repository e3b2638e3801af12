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
        "signing.other_persons": _("Chứng thư số này là của người khác. Anh/chị chỉ ký được bằng chứng thư số của mình."),
        "signing.key_missing": _("Không tìm thấy khóa ký trên máy chủ. Anh/chị báo quản trị viên."),
        "signing.key_mismatch": _("Khóa ký không khớp với chứng thư số. Anh/chị báo quản trị viên."),
        "signing.unreadable": _("Không đọc được tệp này như một tệp PDF. Anh/chị kiểm tra lại tệp."),
    }
)
