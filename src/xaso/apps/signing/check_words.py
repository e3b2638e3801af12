"""What `/xac-minh/tep/` says of a checked PDF, in words for whoever holds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xaso.apps.signing.shapes import Level, SignatureCheck, Verdict

STATES: dict[Verdict, tuple[str, Any, str]] = {
    Verdict.VALID: ("la", gettext_lazy("Chữ ký đúng"), "check"),
    Verdict.INVALID: ("son", gettext_lazy("Chữ ký không đúng"), "x"),
    Verdict.UNKNOWN: ("nghe", gettext_lazy("Chưa kết luận được"), "warn"),
}
REASONS: dict[str, Any] = {
    "": gettext_lazy("Phần đã ký còn nguyên, và chứng thư số còn hiệu lực lúc ký."),
    "unreadable": gettext_lazy("Chữ ký bị hỏng, không đọc được."),
    "changed": gettext_lazy("Nội dung đã bị sửa sau khi ký, hoặc chữ ký không phải của chứng thư số này."),
    "changed_later": gettext_lazy("Tệp bị thêm hoặc đổi nội dung sau khi ký, ngoài những gì người ký cho phép."),
    "revoked": gettext_lazy("Chứng thư số đã bị thu hồi trước khi ký."),
    "expired": gettext_lazy("Chứng thư số đã hết hạn trước khi ký."),
    "not_yet_valid": gettext_lazy("Chứng thư số chưa có hiệu lực lúc ký."),
    "not_for_signing": gettext_lazy("Chứng thư số này không được cấp để ký văn bản."),
    "authority_unknown": gettext_lazy(
        "Phần đã ký còn nguyên, nhưng máy của xã không biết nơi cấp chứng thư số này nên không bảo đảm ai đã ký."
    ),
    "revocation_untold": gettext_lazy(
        "Phần đã ký còn nguyên và nơi cấp là nơi xã tin, nhưng chưa biết lúc ký chứng thư số đã bị thu hồi hay chưa."
    ),
    "ended_since": gettext_lazy(
        "Phần đã ký còn nguyên, nhưng nay chứng thư số đã hết hạn hoặc bị thu hồi, và không có dấu thời gian chứng minh đã ký trước đó."
    ),
    "clock": gettext_lazy("Phần đã ký còn nguyên, nhưng giờ ký ghi trong tệp không có hoặc ở tương lai, nên không rõ đã ký lúc nào."),
}
LEVELS: dict[Level, Any] = {
    Level.BASIC: gettext_lazy("Chỉ có chữ ký"),
    Level.STAMPED: gettext_lazy("Có dấu thời gian"),
    Level.COMPLETE: gettext_lazy("Có dấu thời gian và đủ bằng chứng trong tệp"),
    Level.RENEWED: gettext_lazy("Đủ bằng chứng trong tệp, giữ được lâu dài"),
}
ANSWERS: dict[Verdict | None, tuple[str, str, Any, Any]] = {
    Verdict.VALID: (
        "la",
        "seal",
        gettext_lazy("Chữ ký số đúng"),
        gettext_lazy("Tệp do những người dưới đây ký và chưa bị sửa. Anh/chị xem có đúng người, đúng cơ quan không."),
    ),
    Verdict.INVALID: (
        "son",
        "warn",
        gettext_lazy("Chữ ký số không đúng"),
        gettext_lazy("Đừng dùng tệp này khi chưa hỏi lại nơi gửi."),
    ),
    Verdict.UNKNOWN: (
        "nghe",
        "warn",
        gettext_lazy("Chưa kết luận được"),
        gettext_lazy("Tệp có chữ ký số, nhưng ở đây chưa đủ căn cứ để nói đúng hay sai. Anh/chị hỏi lại nơi gửi."),
    ),
    None: (
        "cham",
        "info",
        gettext_lazy("Tệp này không có chữ ký số"),
        gettext_lazy("Hình chữ ký hay con dấu trong tệp, nếu có, chỉ là hình. Ai cũng chèn vào được."),
    ),
}
TEST = gettext_lazy("BẢN THỬ – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ: có chữ ký bằng chứng thư số dùng thử của máy này.")


@dataclass(frozen=True)
class Answer:
    """What stands on top: tone, icon, the answer and what to do now; `warning` about test certificates, or empty."""

    tone: str
    icon: str
    title: str | Promise
    advice: str | Promise
    warning: str | Promise


@dataclass(frozen=True)
class Shown:
    """One signature: the check, its state and why, what proves it, and what the file got after it, in words."""

    check: SignatureCheck
    tone: str
    state: str | Promise
    icon: str
    why: str | Promise
    level: str | Promise
    later: tuple[str, ...]


def answer(verdict: Verdict | None, checks: list[SignatureCheck]) -> Answer:
    """Return the answer for the whole file."""
    return Answer(*ANSWERS[verdict], warning=TEST if any(check.is_test for check in checks) else "")


def shown(check: SignatureCheck, names: Mapping[str, str]) -> Shown:
    """Return one signature in words; `names` are the signers by the fields of their signatures."""
    tone, state, icon = STATES[check.verdict]
    return Shown(check, tone, state, icon, REASONS[check.reason], LEVELS[check.level], tuple(_later(check, names)))


def _later(check: SignatureCheck, names: Mapping[str, str]) -> list[str]:
    said = [_change(kind, names.get(about, about) if kind == "signed" else about) for kind, about in check.changes]
    if not said and check.later_changes == "forbidden" and check.reason != "unreadable":
        return [_("Có phần trong tệp bị đổi sau chữ ký này.")]
    return list(dict.fromkeys(said))


def _change(kind: str, about: str) -> str:
    words = {
        "pages_added": _("Thêm %(about)s trang."),
        "pages_removed": _("Bớt %(about)s trang."),
        "page": _("Trang %(about)s bị đổi nội dung."),
        "note": _("Trang %(about)s có thêm ghi chú hoặc hình phủ lên."),
        "field": _("Ô “%(about)s” được điền hoặc sửa."),
        "signed": _("Có thêm chữ ký của %(about)s."),
        "stamped": _("Có thêm dấu thời gian cho cả tệp."),
        "other": _("Có phần khác trong tệp bị đổi."),
    }
    return words[kind] % {"about": about}
