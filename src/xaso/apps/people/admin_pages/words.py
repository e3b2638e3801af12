"""What the administration's record and the states of its proposals are called."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from xaso.apps.audit.facade import AuditLine
from xaso.platform.acts import value_in_words
from xaso.platform.registries import set_up

BANK_STATES = {
    "proposed": (_("Chờ duyệt"), "nghe"),
    "approved": (_("Đã duyệt"), "la"),
    "rejected": (_("Không duyệt"), "son"),
    "replaced": (_("Có đề nghị mới hơn"), "cham"),
}
DAY_KINDS = {"off": _("Nghỉ"), "worked": _("Làm bù")}
ACTS = {
    "people.commune_set_up": _("Lập xã trong hệ thống"),
    "people.commune_edited": _("Sửa thông tin xã"),
    "people.former_unit_added": _("Thêm xã cũ"),
    "people.former_unit_changed": _("Sửa xã cũ"),
    "people.former_unit_removed": _("Xóa xã cũ"),
    "people.village_added": _("Thêm thôn"),
    "people.village_changed": _("Sửa thôn"),
    "people.village_removed": _("Xóa thôn"),
    "people.post_created": _("Thêm vị trí"),
    "people.post_changed": _("Sửa vị trí"),
    "people.post_ended": _("Kết thúc vị trí"),
    "people.holder_assigned": _("Giao vị trí"),
    "people.deputy_named": _("Cử người làm thay"),
    "people.deputy_ended": _("Thôi làm thay"),
    "people.account_created": _("Tạo tài khoản"),
    "people.person_corrected": _("Sửa thông tin cán bộ"),
    "people.password_reset": _("Đặt lại mật khẩu"),
    "people.second_factor_set": _("Cài ứng dụng mã"),
    "people.second_code_wrong": _("Ghi sai mã bước hai"),
    "people.recovery_codes_made": _("Làm mã dự phòng mới"),
    "people.recovery_code_used": _("Dùng một mã dự phòng"),
    "people.passkey_added": _("Thêm passkey"),
    "people.passkey_removed": _("Bỏ passkey"),
    "people.session_ended": _("Kết thúc một phiên đăng nhập"),
    "people.recovery_asked": _("Đề nghị khôi phục tài khoản"),
    "people.recovery_confirmed": _("Xác nhận khôi phục tài khoản"),
    "people.recovery_rejected": _("Bỏ đề nghị khôi phục tài khoản"),
    "people.bank_account_proposed": _("Đề nghị đổi tài khoản ngân hàng"),
    "people.bank_account_approved": _("Duyệt tài khoản ngân hàng"),
    "people.bank_account_rejected": _("Không duyệt tài khoản ngân hàng"),
}


def act_words() -> dict[str, Any]:
    """Return what the acts of administration are called, this room's and those that other rooms brought."""
    return ACTS | {verb: words for part in set_up for verb, words in part.acts.items()}


def shown_acts(lines: Iterable[AuditLine]) -> list[tuple[AuditLine, str, str]]:
    """Return acts, newest first, with what they are called and what they were about."""
    words = act_words()
    found = [(line, str(words.get(line.verb, line.verb)), _about(line)) for line in lines]
    return sorted(found, key=lambda act: act[0].at, reverse=True)


def _about(line: AuditLine) -> str:
    named = ("name", "title", "username", "account_number", "channel", "value", "decision", "reason")
    return " · ".join(filter(None, (_value(line.verb, line.detail[key]) for key in named if key in line.detail)))


def _value(verb: str, value: object) -> str:
    if isinstance(value, list):
        return " → ".join(filter(None, (value_in_words(verb, entry) for entry in value)))
    return value_in_words(verb, value)
