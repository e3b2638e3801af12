"""What is said to a person about a wrong answer: what is wrong and what to do now."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from xaso.kernel.forms import Field, FieldError, in_language
from xaso.kernel.forms.summary import shown_number

UNREADABLE = _("Chưa đọc được câu trả lời này. Anh/chị điền lại.")
TO_CHOOSE = frozenset({"choice", "choices", "boolean", "village", "ethnicity"})

_WORDS: dict[str, Any] = {
    "missing": _("Anh/chị chưa điền ô này."),
    "missing:choose": _("Anh/chị chưa chọn câu trả lời."),
    "must_agree": _("Anh/chị đánh dấu vào ô này thì mới nộp được."),
    "too_long": _("Anh/chị viết ngắn lại: nhiều nhất %(max)s ký tự, đang có %(length)s."),
    "too_short": _("Ô này cần ít nhất %(min)s ký tự. Anh/chị xem lại."),
    "bad_characters": _("Có ký tự không đọc được. Anh/chị xóa đi và gõ lại."),
    "bad_pattern": _("Viết chưa đúng mẫu. Anh/chị xem lại giấy tờ và gõ lại."),
    "bad_date:day": _("Ngày %(day)s/%(month)s không có. Tháng %(month)s có %(last_day)s ngày, anh/chị xem lại."),
    "bad_date:february": _("Ngày %(day)s/%(month)s không có. Tháng %(month)s năm %(year)s có %(last_day)s ngày, anh/chị xem lại."),
    "bad_date:month": _("Không có tháng %(month)s. Anh/chị viết ngày trước, tháng sau, ví dụ 05/11/2026."),
    "bad_date:year": _("Năm %(year)s chưa đúng. Anh/chị viết đủ bốn chữ số của năm, ví dụ 1990."),
    "bad_date:unreadable": _("Chưa đọc được ngày này. Anh/chị viết ngày/tháng/năm, ví dụ 05/11/2026."),
    "bad_date:unreadable-partial": _("Chưa đọc được ngày này. Anh/chị viết ngày/tháng/năm, hoặc chỉ năm, ví dụ 1952."),
    "date_in_future": _("Ngày này chưa tới. Anh/chị xem lại ngày, tháng, năm."),
    "date_in_past": _("Ngày này đã qua. Anh/chị chọn hôm nay hoặc một ngày sau."),
    "date_too_late": _("Ngày này phải là %(last)s hoặc sớm hơn. Anh/chị xem lại."),
    "date_too_early": _("Ngày này phải là %(first)s hoặc muộn hơn. Anh/chị xem lại."),
    "bad_personal_number": _("Số định danh cần đủ 12 chữ số. Anh/chị xem ở mặt trước thẻ căn cước."),
    "bad_phone": _("Số điện thoại chưa đúng. Số di động có 10 chữ số, ví dụ 0912 345 678."),
    "bad_email": _("Địa chỉ thư điện tử chưa đúng. Địa chỉ có dạng ten@example.vn."),
    "not_in_options": _("Câu trả lời này không có trong danh sách. Anh/chị chọn lại."),
    "too_few": _("Cần ít nhất %(min)s dòng. Anh/chị điền thêm."),
    "too_few:choose": _("Anh/chị chọn ít nhất %(min)s mục."),
    "too_many": _("Chỉ điền được nhiều nhất %(max)s dòng. Anh/chị bớt đi."),
    "too_many:choose": _("Anh/chị chọn nhiều nhất %(max)s mục."),
    "repeated": _("Có mục được chọn hai lần. Anh/chị chọn lại."),
    "not_a_number": _("Ô này chỉ ghi số, ví dụ 3. Anh/chị xem lại."),
    "not_a_number:money": _("Ô này chỉ ghi số tiền, ví dụ 15.000. Anh/chị xem lại."),
    "too_small": _("Số này phải từ %(min)s trở lên. Anh/chị xem lại."),
    "too_large": _("Số này phải từ %(max)s trở xuống. Anh/chị xem lại."),
    "unknown_field": _("Tờ khai không hỏi điều này."),
}


def words_of(error: FieldError, field: Field | None, language: str) -> str:
    """Return the sentence in the active language; the form's own words for a wrong pattern come in `language`. Never a code."""
    if error.code == "bad_pattern" and field is not None and field.pattern_words:
        return in_language(field.pattern_words, language)
    variant = _variant(error, field)
    text = _WORDS.get(f"{error.code}:{variant}") or _WORDS.get(error.code, UNREADABLE)
    return str(text) % _values(error.params)


def fixed_form_words() -> list[str]:
    """Return the sentences that are the same whatever was answered."""
    return [text for text in map(str, (*_WORDS.values(), UNREADABLE)) if "%(" not in text]


def _variant(error: FieldError, field: Field | None) -> str:
    widget = field.widget if field is not None else ""
    if error.code != "bad_date":
        return "choose" if widget in TO_CHOOSE else widget
    if error.params["reason"] == "unreadable" and widget == "partial-date":
        return "unreadable-partial"
    if error.params["reason"] == "day" and error.params["month"] == 2:
        return "february"
    return str(error.params["reason"])


def _values(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as people write them; years, days and months stay bare."""
    return {name: shown_number(value) if name in {"min", "max", "length"} else value for name, value in params.items()}
