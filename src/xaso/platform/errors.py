"""Turns refusals, which carry a code and values, into words in the user's language. Rooms declare the words of their own codes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from xaso.kernel.errors import Refusal

_words: dict[str, Any] = {}

UNKNOWN = _("Việc này chưa làm được. Anh/chị thử lại, hoặc hỏi cán bộ ở quầy một cửa.")


def declare_words(words: Mapping[str, Any]) -> None:
    """Register lazy texts with %(name)s places for codes. Raises ValueError for a code that already has other words."""
    for code, text in words.items():
        if code in _words and _words[code] != text:
            raise ValueError(f"two texts for the code {code!r}")
        _words[code] = text


def words_for(refusal: Refusal) -> str:
    """Return what to tell the person. A code without words gives a general sentence, never the code."""
    text = _words.get(refusal.code)
    return str(text) % refusal.params if text is not None else str(UNKNOWN)


def declared_codes() -> frozenset[str]:
    """Return the codes of refusals that have words."""
    return frozenset(_words)


def fixed_words() -> list[str]:
    """Return what refusals say that is the same whatever was refused."""
    return [text for text in map(str, (*_words.values(), UNKNOWN)) if "%(" not in text]


declare_words(
    {
        "flow.not_allowed": _("Việc này không làm được khi hồ sơ đang ở bước này. Anh/chị tải lại trang để xem bước mới nhất."),
        "card_qr.empty": _("Chưa có mã QR. Anh/chị chụp mặt có mã trên thẻ căn cước, hoặc quét bằng đầu đọc."),
        "card_qr.web_address": _("Mã này là một địa chỉ trang mạng, không phải mã trên thẻ căn cước."),
        "card_qr.payment": _("Mã này là mã chuyển tiền của ngân hàng, không phải mã trên thẻ căn cước."),
        "card_qr.not_a_card": _("Mã này không phải mã trên thẻ căn cước Việt Nam."),
        "card_qr.unreadable": _("Mã trên thẻ bị thiếu hoặc hỏng. Anh/chị quét lại, hoặc nhập tay."),
        "card_qr.expired": _("Thẻ này đã hết hạn. Anh/chị xem ngày trên thẻ."),
        "card_qr.name_unsure": _("Họ tên đọc từ thẻ có ký tự lạ. Anh/chị so lại với thẻ."),
        "card_qr.address_unsure": _("Địa chỉ đọc từ thẻ có ký tự lạ. Anh/chị so lại với thẻ."),
        "card_qr.issue_day_unsure": _("Ngày cấp thẻ không rõ. Anh/chị xem trên thẻ."),
        "card_qr.sex_unsure": _("Không đọc được giới tính trên thẻ."),
        "personal_number.province_unknown": _("Ba số đầu của số định danh không phải mã tỉnh nào. Anh/chị xem lại."),
        "personal_number.birth_differs": _("Năm sinh không khớp với số định danh. Anh/chị xem lại trên thẻ."),
        "personal_number.sex_differs": _("Giới tính không khớp với số định danh. Anh/chị xem lại trên thẻ."),
        "personal_number.malformed": _("Số định danh cần đủ 12 chữ số. Anh/chị xem ở mặt trước thẻ căn cước."),
        "money.malformed": _("“%(text)s” không phải một số tiền. Anh/chị viết như 15.000."),
        "date.malformed": _("“%(text)s” không phải một ngày. Anh/chị viết như 05/11/2026."),
        "date.impossible": _("Không có ngày “%(text)s”. Anh/chị xem lại."),
        "hour.malformed": _("“%(text)s” không phải một giờ. Anh/chị viết như 14:30."),
        "platform.too_many": _("Anh/chị đã thử nhiều lần. Vui lòng chờ %(minutes)s phút rồi thử lại."),
        "platform.too_many_calls": _("Phần mềm này gọi quá nhiều. Gọi lại sau %(seconds)s giây."),
        "platform.confirm_first": _("Anh/chị mở máy bằng mã PIN. Việc này cần xác nhận đầy đủ trước: mã của ứng dụng hoặc passkey."),
        "platform.too_large": _("Gói gửi lên quá lớn, nhiều nhất %(limit)s KB."),
        "platform.malformed": _("Máy chủ không đọc được gói gửi lên. Anh/chị tải lại trang rồi gửi lại; những gì đã ghi vẫn còn trên máy."),
        "platform.token_unknown": _("Mã truy cập không đúng hoặc đã hết hạn."),
        "platform.scope_missing": _("Mã truy cập này không có quyền “%(scope)s”."),
        "platform.key_reused": _("Khóa chống trùng này đã dùng cho nội dung khác."),
    }
)
