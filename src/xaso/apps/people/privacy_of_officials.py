"""Personal data of officials alone: what they sign in with beside the password."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.personal_data import (
    ADMINISTRATORS_ONLY,
    ARCHIVES,
    BY_ARCHIVES,
    DUTY,
    OFFICIALS,
    Holding,
    Kept,
    NoPerson,
    PersonalField,
    holdings,
    no_person,
)

NOBODY = _("Không ai mở xem; chỉ phần mềm dùng")
RENEWED = Kept(_("Đến khi cài ứng dụng mã mới hoặc khôi phục tài khoản"))

holdings.add(
    Holding(
        name="people.TotpKey",
        title=_("Khóa của ứng dụng mã"),
        whose=OFFICIALS,
        purpose=_("Người chỉ biết mật khẩu không vào được"),
        basis=DUTY,
        kept=RENEWED,
        seen_by=NOBODY,
        erased=_("Ghi đè khi cài lại, xóa khi khôi phục"),
        fields=(PersonalField("account", _("Cán bộ")), PersonalField("sealed_secret", _("Khóa, đã niêm"), is_given=False)),
        beside="id confirmed_at last_step is_shown",
        order=94,
    )
)
holdings.add(
    Holding(
        name="people.RecoveryCode",
        title=_("Mã dự phòng"),
        whose=OFFICIALS,
        purpose=_("Vào được khi không có điện thoại"),
        basis=DUTY,
        kept=RENEWED,
        seen_by=NOBODY,
        erased=_("Xóa khi làm mã mới hoặc khôi phục"),
        fields=(PersonalField("account", _("Cán bộ")), PersonalField("digest", _("Dấu của mã"), is_given=False)),
        beside="id used_at",
        order=95,
    )
)
holdings.add(
    Holding(
        name="people.RecoveryRequest",
        title=_("Đề nghị khôi phục tài khoản"),
        whose=OFFICIALS,
        purpose=_("Hai người cùng biết mới mở lại được tài khoản"),
        basis=DUTY,
        kept=ARCHIVES,
        seen_by=ADMINISTRATORS_ONLY,
        erased=BY_ARCHIVES,
        fields=(
            PersonalField("account", _("Cán bộ")),
            PersonalField("reason", _("Lý do")),
            PersonalField("asked_by", _("Người đề nghị")),
            PersonalField("decided_by", _("Người xác nhận")),
        ),
        beside="id commune state asked_at decided_at",
        order=96,
    )
)
holdings.add(
    Holding(
        name="people.SignIn",
        title=_("Nơi cán bộ đang đăng nhập"),
        whose=OFFICIALS,
        purpose=_("Cán bộ thấy máy lạ và kết thúc được"),
        basis=DUTY,
        kept=Kept(_("Đến khi đăng xuất; phiên lâu không dùng thì đến lần đăng nhập sau")),
        seen_by=_("Chính cán bộ ấy"),
        erased=_("Phần mềm tự xóa"),
        fields=(
            PersonalField("account", _("Cán bộ")),
            PersonalField("device", _("Trình duyệt, hệ điều hành")),
            PersonalField("address", _("Địa chỉ mạng")),
            PersonalField("session_key", _("Số hiệu phiên"), is_given=False),
        ),
        beside="id began_at last_seen_at computer locked_at pin_misses",
        order=97,
    )
)
holdings.add(
    Holding(
        name="people.KnownBrowser",
        title=_("Máy quen của cán bộ"),
        whose=OFFICIALS,
        purpose=_("Người khác gõ sai mật khẩu không làm cán bộ phải chờ ở máy mình vẫn dùng"),
        basis=DUTY,
        kept=Kept(_("180 ngày từ lần đăng nhập sau cùng ở máy ấy; hoặc đến khi đổi mật khẩu, kết thúc phiên ở máy ấy, rời vị trí")),
        seen_by=NOBODY,
        erased=_("Phần mềm tự xóa"),
        fields=(PersonalField("account", _("Cán bộ")), PersonalField("digest", _("Dấu của máy"), is_given=False)),
        beside="id sign_in known_at",
        order=97,
    )
)
holdings.add(
    Holding(
        name="people.Passkey",
        title=_("Passkey"),
        whose=OFFICIALS,
        purpose=_("Người chỉ biết mật khẩu không vào được"),
        basis=DUTY,
        kept=Kept(_("Đến khi cán bộ bỏ passkey hoặc khôi phục tài khoản")),
        seen_by=_("Chính cán bộ ấy"),
        erased=_("Xóa khi bỏ hoặc khôi phục"),
        fields=(
            PersonalField("account", _("Cán bộ")),
            PersonalField("label", _("Tên cán bộ đặt cho máy")),
            PersonalField("credential", _("Nửa công khai của khóa"), is_given=False),
        ),
        beside="id site uses_counted added_at last_used_at",
        order=98,
    )
)
holdings.add(
    Holding(
        name="people.DeskPin",
        title=_("Mã PIN mở máy"),
        whose=OFFICIALS,
        purpose=_("Rời máy dùng chung rồi vào lại nhanh, ai làm việc nấy"),
        basis=DUTY,
        kept=Kept(_("Đến khi cán bộ bỏ hoặc đổi mã PIN")),
        seen_by=NOBODY,
        erased=_("Xóa khi bỏ, ghi đè khi đổi"),
        fields=(PersonalField("account", _("Cán bộ")), PersonalField("digest", _("Dấu của mã PIN"), is_given=False)),
        beside="id set_at",
        order=99,
    )
)
holdings.add(
    Holding(
        name="people.TypedPage",
        title=_("Điều cán bộ đang gõ dở khi khóa máy"),
        whose=OFFICIALS,
        purpose=_("Khóa máy không làm mất việc đang làm"),
        basis=DUTY,
        kept=Kept(_("Đến khi mở lại trang ấy; lâu nhất 14 ngày rồi xóa ở lần khóa sau")),
        seen_by=_("Chính cán bộ ấy"),
        erased=_("Phần mềm tự xóa"),
        fields=(
            PersonalField("account", _("Cán bộ")),
            PersonalField("sealed_text", _("Điều đang gõ, đã niêm"), is_given=False, sensitive=True),
        ),
        beside="id computer address kept_at",
        order=99,
    )
)
no_person.add(NoPerson("people.Computer", "id digest first_seen_at"))
