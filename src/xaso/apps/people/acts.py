"""What the acts of this room on one person are called in the record of who looked."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.acts import Fact, declare_acts, declare_facts

declare_acts(
    {
        "people.citizen_recognised": _("Ghi thông tin của anh/chị khi đăng nhập hoặc đến quầy"),
        "people.signed_in": _("Đăng nhập"),
        "people.sign_in_failed": _("Nhập sai mật khẩu"),
        "people.locked": _("Khóa máy"),
        "people.unlocked": _("Mở khóa máy"),
        "people.switched": _("Đổi người trên máy đang khóa"),
        "people.pin_wrong": _("Nhập sai mã PIN trên máy đang khóa"),
        "people.pin_set": _("Đặt mã PIN mở máy"),
        "people.pin_removed": _("Bỏ mã PIN mở máy"),
        "people.confirmed_in_full": _("Xác nhận đầy đủ sau khi mở máy bằng PIN"),
        "people.account_created": _("Tạo tài khoản"),
        "people.person_corrected": _("Sửa thông tin cán bộ"),
        "people.password_reset": _("Đặt lại mật khẩu"),
        "people.password_changed": _("Đổi mật khẩu"),
        "people.enrol_device": _("Thêm máy"),
        "people.revoke_device": _("Bỏ máy"),
    }
)
FIELDS = {
    "full_name": _("Họ và tên"),
    "personal_number": _("Số định danh cá nhân"),
    "birth": _("Ngày sinh"),
    "sex": _("Giới tính"),
    "ethnicity": _("Dân tộc"),
    "village_id": _("Thôn, bản"),
    "address": _("Địa chỉ"),
    "address_as_written": _("Địa chỉ như trên giấy tờ"),
    "phone": _("Số điện thoại"),
    "email": _("Thư điện tử"),
}
declare_facts(
    "people",
    {"fields": Fact(_("Điều đã ghi hoặc sửa"), FIELDS), "level": Fact(_("Mức định danh điện tử")), "label": Fact(_("Máy"))},
)
