"""Personal data of this room: citizens, who may act for whom, accounts, officials and their posts, phones."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from xaso.apps.people import privacy_of_officials
from xaso.apps.people.models import Account, Citizen, Device, Mandate
from xaso.apps.people.options import REMOVED_DEVICE_DAYS
from xaso.platform.personal_data import (
    ADMINISTRATORS_ONLY,
    ARCHIVES,
    BY_ARCHIVES,
    CITIZENS,
    CONSENT,
    DUTY,
    NOT_ERASED_YET,
    OFFICIALS,
    UNSET,
    Ending,
    Holding,
    Kept,
    NoPerson,
    Person,
    PersonalField,
    SubjectSource,
    holdings,
    no_person,
    subject_sources,
)

__all__ = ["privacy_of_officials"]

DESK_AND_CASE = _("Cán bộ một cửa và cán bộ làm hồ sơ của anh/chị")
SEXES = {"male": _("Nam"), "female": _("Nữ")}
NOBODY = _("Không ai mở xem; chỉ phần mềm dùng")


def _accounts(person: Person) -> QuerySet[Account, Any]:
    return Account.objects.filter(pk__in=[person.account_id] if person.account_id else [])


def _identities(person: Person) -> QuerySet[SocialAccount, Any]:
    found: QuerySet[SocialAccount, Any] = SocialAccount.objects.filter(user_id=person.account_id)
    return found


def _citizens(person: Person) -> QuerySet[Citizen, Any]:
    return Citizen.objects.filter(pk=person.citizen_id)


def _mandates(person: Person) -> QuerySet[Mandate, Any]:
    hers = Q(principal_id=person.citizen_id) | Q(representative_id=person.citizen_id)
    return Mandate.objects.filter(hers).order_by("valid_from", "id")


def _devices(person: Person) -> QuerySet[Device, Any]:
    return Device.objects.filter(citizen_id=person.citizen_id)


def _removed_devices(commune_id: UUID, now: datetime) -> QuerySet[Device, Any]:
    return Device.objects.filter(commune_id=commune_id, revoked_at__lt=now - timedelta(days=REMOVED_DEVICE_DAYS.value()))


def _own_subjects(person: Person) -> list[str]:
    own = [f"citizen:{person.citizen_id}"]
    return [*own, f"account:{person.account_id}"] if person.account_id else own


subject_sources.add(SubjectSource("people", _own_subjects, order=10))
holdings.add(
    Holding(
        name="people.Citizen",
        title=_("Người có việc ở xã"),
        whose=CITIZENS,
        purpose=_("Biết ai nộp hồ sơ, điền sẵn tờ khai, báo tin cho đúng người"),
        basis=DUTY,
        kept=UNSET,
        seen_by=DESK_AND_CASE,
        erased=NOT_ERASED_YET,
        fields=(
            PersonalField("full_name", _("Họ và tên")),
            PersonalField("name_folded", _("Họ tên không dấu, để tìm"), is_given=False),
            PersonalField("personal_number", _("Số định danh cá nhân"), sensitive=True),
            PersonalField("birth", _("Ngày sinh")),
            PersonalField("sex", _("Giới tính"), told=lambda row: str(SEXES.get(row.sex, row.sex))),
            PersonalField("ethnicity", _("Dân tộc"), sensitive=True),
            PersonalField("village", _("Thôn, bản"), path="village__name"),
            PersonalField("address", _("Địa chỉ")),
            PersonalField("address_as_written", _("Địa chỉ như trên giấy tờ")),
            PersonalField("phone", _("Số điện thoại")),
            PersonalField("email", _("Thư điện tử")),
            PersonalField("identity_level", _("Mức định danh điện tử")),
        ),
        beside="id commune account identified_at personal_number_blind personal_number_last4 phone_blind",
        tells=(PersonalField("identified_at", _("Định danh lần cuối")),),
        rows=_citizens,
        order=10,
    )
)
holdings.add(
    Holding(
        name="people.Mandate",
        title=_("Ai được làm thay ai"),
        whose=_("Người được làm thay và người làm thay"),
        purpose=_("Cho cha mẹ, người giám hộ, người được ủy quyền làm thay"),
        basis=DUTY,
        kept=UNSET,
        seen_by=DESK_AND_CASE,
        erased=NOT_ERASED_YET,
        fields=(
            PersonalField("principal", _("Người được làm thay"), path="principal__full_name"),
            PersonalField("representative", _("Người làm thay"), path="representative__full_name"),
            PersonalField("relation", _("Quan hệ")),
            PersonalField("scope", _("Được làm việc gì")),
            PersonalField("evidence", _("Giấy tờ chứng minh")),
        ),
        beside="id commune valid_from valid_until",
        tells=(PersonalField("valid_from", _("Từ ngày")), PersonalField("valid_until", _("Đến hết ngày"))),
        rows=_mandates,
        order=11,
    )
)
holdings.add(
    Holding(
        name="people.Account",
        title=_("Tài khoản đăng nhập"),
        whose=_("Người dân đã đăng nhập; cán bộ"),
        purpose=_("Đăng nhập và biết ai đang làm"),
        basis=DUTY,
        kept=UNSET,
        seen_by=ADMINISTRATORS_ONLY,
        erased=NOT_ERASED_YET,
        fields=(
            PersonalField("username", _("Tên đăng nhập"), whose=OFFICIALS),
            PersonalField("full_name", _("Họ và tên")),
            PersonalField("email", _("Thư điện tử")),
            PersonalField("phone", _("Số điện thoại")),
            PersonalField("password", _("Mật khẩu, chỉ giữ bản băm"), sensitive=True, whose=OFFICIALS, is_given=False),
            PersonalField("last_login", _("Đăng nhập lần cuối")),
        ),
        beside="id language is_active must_change_password",
        rows=_accounts,
        order=12,
    )
)
holdings.add(
    Holding(
        name="socialaccount.SocialAccount",
        title=_("Nối với tài khoản định danh điện tử"),
        whose=CITIZENS,
        purpose=_("Nhận ra anh/chị khi đăng nhập bằng tài khoản định danh điện tử"),
        basis=DUTY,
        kept=UNSET,
        seen_by=NOBODY,
        erased=NOT_ERASED_YET,
        fields=(
            PersonalField("uid", _("Mã của anh/chị ở nơi định danh"), sensitive=True),
            PersonalField("extra_data", _("Điều nơi định danh cho biết: tên, số định danh"), sensitive=True),
            PersonalField("last_login", _("Đăng nhập lần cuối")),
        ),
        beside="id user provider date_joined",
        tells=(PersonalField("date_joined", _("Nối từ")),),
        rows=_identities,
        order=13,
    )
)
holdings.add(
    Holding(
        name="sessions.Session",
        title=_("Phiên đăng nhập"),
        whose=_("Người đang dùng trang"),
        purpose=_("Không phải đăng nhập lại ở mỗi trang"),
        basis=DUTY,
        kept=Kept(_("Hết hiệu lực sau hai tuần, rồi phần mềm tự xóa")),
        seen_by=NOBODY,
        erased=_("Đăng xuất là xóa"),
        fields=(PersonalField("session_data", _("Tài khoản nào đang đăng nhập, đang làm dở gì"), sensitive=True),),
        beside="session_key expire_date",
        order=14,
    )
)
holdings.add(
    Holding(
        name="people.Device",
        title=_("Máy của người dân"),
        whose=CITIZENS,
        purpose=_("Nhận hồ sơ anh/chị nộp trên máy khi không có sóng, và biết đúng là máy của anh/chị"),
        basis=CONSENT,
        kept=Kept(_("kể từ khi anh/chị bỏ máy; số ngày do xã đặt, cần xác nhận"), REMOVED_DEVICE_DAYS.value, confirm=True),
        ending=Ending(_removed_devices),
        seen_by=_("Cán bộ một cửa thấy máy còn hồ sơ chưa gửi"),
        erased=_("Anh/chị bỏ máy ở trang “Máy của tôi”"),
        fields=(
            PersonalField("label", _("Tên máy")),
            PersonalField("public_key", _("Khóa để biết đúng máy ấy gửi")),
            PersonalField("identity_level", _("Mức định danh điện tử")),
        ),
        beside="id commune citizen enrolled_at last_seen_at revoked_at waiting oldest_made_at waiting_since beat_at beat_number",
        tells=(
            PersonalField("enrolled_at", _("Thêm ngày")),
            PersonalField("last_seen_at", _("Dùng lần cuối")),
            PersonalField("revoked_at", _("Bỏ ngày")),
        ),
        rows=_devices,
        order=15,
    )
)
holdings.add(
    Holding(
        name="people.Post",
        title=_("Vị trí công tác"),
        whose=OFFICIALS,
        purpose=_("Biết ai giữ việc gì, được làm gì"),
        basis=DUTY,
        kept=ARCHIVES,
        seen_by=_("Mọi cán bộ của xã"),
        erased=BY_ARCHIVES,
        fields=(
            PersonalField("account", _("Người giữ vị trí")),
            PersonalField("title", _("Chức vụ")),
            PersonalField("unit", _("Bộ phận")),
            PersonalField("roles", _("Được làm gì")),
        ),
        beside="id commune since until village order",
        order=90,
    )
)
holdings.add(
    Holding(
        name="people.Deputy",
        title=_("Người được giao làm thay"),
        whose=OFFICIALS,
        purpose=_("Việc không dừng khi người giữ vị trí vắng mặt"),
        basis=DUTY,
        kept=ARCHIVES,
        seen_by=ADMINISTRATORS_ONLY,
        erased=BY_ARCHIVES,
        fields=(
            PersonalField("account", _("Người làm thay")),
            PersonalField("reason", _("Lý do vắng, có thể là sức khỏe"), sensitive=True),
        ),
        beside="id post from_on until_on",
        order=91,
    )
)
holdings.add(
    Holding(
        name="people.Commune",
        title=_("Tài khoản nhận phí của xã"),
        whose=_("Chủ tài khoản, nếu là một người"),
        purpose=_("Để người dân chuyển đúng chỗ"),
        basis=DUTY,
        kept=Kept(_("Đến khi đổi tài khoản")),
        seen_by=_("Mọi người: in trên giấy báo phí"),
        erased=_("Ghi đè khi đổi"),
        fields=(PersonalField("bank_account_holder", _("Tên chủ tài khoản")), PersonalField("bank_account_number", _("Số tài khoản"))),
        beside=(
            "id slug name short_name province province_code gso_code agency_code address phone email website hostname office_hours "
            "bank_name bank_bin is_demo set_up_at"
        ),
        order=92,
    )
)
holdings.add(
    Holding(
        name="people.BankAccountChange",
        title=_("Đề nghị đổi tài khoản nhận phí"),
        whose=OFFICIALS,
        purpose=_("Hai người cùng duyệt mới đổi được"),
        basis=DUTY,
        kept=ARCHIVES,
        seen_by=ADMINISTRATORS_ONLY,
        erased=BY_ARCHIVES,
        fields=(
            PersonalField("account_holder", _("Tên chủ tài khoản")),
            PersonalField("account_number", _("Số tài khoản")),
            PersonalField("proposed_by", _("Người đề nghị")),
            PersonalField("decided_by", _("Người duyệt")),
        ),
        beside="id commune bank_name bank_bin state proposed_at decided_at",
        order=93,
    )
)
holdings.add(
    Holding(
        name="people.LocalDay",
        title=_("Ngày nghỉ riêng của xã"),
        whose=OFFICIALS,
        purpose=_("Biết ai đã đặt ngày nghỉ, ngày làm bù"),
        basis=DUTY,
        kept=ARCHIVES,
        seen_by=ADMINISTRATORS_ONLY,
        erased=BY_ARCHIVES,
        fields=(PersonalField("added_by", _("Người đặt ngày")),),
        beside="id commune day kind ground added_at removed_at",
        order=94,
    )
)
# The tables of allauth among these stay empty: sign-in writes no addresses and keeps no tokens (adapters/, settings/identity.py).
for name, columns in {
    "people.FormerUnit": "id commune code name old_district valid_until",
    "people.Village": "id commune former_unit code name households unverified order",
    "account.EmailAddress": "id user email verified primary",
    "account.EmailConfirmation": "id email_address created sent key",
    "socialaccount.SocialApp": "id provider provider_id name client_id secret key settings",
    "socialaccount.SocialToken": "id app account token token_secret expires_at",
}.items():
    no_person.add(NoPerson(name, columns))
