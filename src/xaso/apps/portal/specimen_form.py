"""Two forms for the page of specimens: a citizens' form with every kind of question, and an entry of the administration."""

from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xaso.kernel.forms import FormSpec

ANSWERS: dict[str, Any] = {
    "name": "Giàng Thị Mỷ",
    "birth": "31/11/2026",
    "phone": "09123",
    "sex": "female",
    "fee": 15000,
    "members": [{"name": "Sùng A Páo", "born": "1952"}, {"name": ""}],
}


def _said(vi: str, en: str) -> dict[str, str]:
    return {"vi": vi, "en": en}


def _option(value: str, vi: str, en: str) -> dict[str, Any]:
    return {"value": value, "label": _said(vi, en)}


def _text(vi: str, en: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "x-label": _said(vi, en), **more}


@lru_cache(maxsize=1)
def spec() -> FormSpec:
    """Return the form: one question of each kind, a group of rows, a promise."""
    sexes = [_option("male", "Nam", "Male"), _option("female", "Nữ", "Female")]
    needs = [_option("seed", "Giống, phân bón", "Seed, fertiliser"), _option("house", "Sửa nhà", "House repair")]
    ways = [_option(str(number), f"Cách {number}", f"Way {number}") for number in range(1, 9)]
    properties: dict[str, Any] = {
        "name": _text(
            "Họ, chữ đệm, tên của cháu",
            "The child's full name",
            **{"x-hint": _said("Viết như anh/chị muốn ghi trong giấy khai sinh", "As it should stand on the certificate")},
        ),
        "birth": _text("Ngày sinh", "Date of birth", format="date", **{"x-hint": _said("Ví dụ: 05/11/2026", "For example 05/11/2026")}),
        "phone": _text("Số điện thoại", "Telephone", format="vn-phone"),
        "sex": _text("Giới tính", "Sex", **{"x-options": sexes, "x-widget": "choice"}),
        "way": _text("Nhận kết quả bằng cách nào", "How to get the result", **{"x-options": ways}),
        "number": _text("Số định danh cá nhân", "Personal number", format="personal-number"),
        "fee": {"type": "integer", "x-widget": "money", "x-label": _said("Số tiền", "Amount")},
        "copies": {"type": "integer", "x-label": _said("Số bản", "Copies")},
        "note": _text("Ghi thêm", "Notes", **{"x-widget": "textarea"}),
        "needs": {"type": "array", "items": {"type": "string"}, "x-options": needs, "x-label": _said("Nhà cần gì", "What the house needs")},
        "members": {
            "type": "array",
            "maxItems": 4,
            "x-label": _said("Người trong nhà", "Members of the household"),
            "x-item": _said("người", "person"),
            "items": {
                "type": "object",
                "required": ["name"],
                "properties": {"name": _text("Họ tên", "Full name"), "born": _text("Năm sinh", "Year of birth", format="partial-date")},
            },
        },
        "truth": {"type": "boolean", "const": True, "x-label": _said("Tôi cam đoan lời khai là đúng", "I declare that this is true")},
    }
    title = _said("Cháu tên là gì, sinh ngày nào?", "What is the child's name and date of birth?")
    screens = [{"id": "child", "title": title, "fields": list(properties)}]
    required = ["name", "birth", "sex", "truth"]
    return FormSpec.from_dict({"schema": {"type": "object", "required": required, "properties": properties}, "screens": screens})


class EntryForm(forms.Form):
    """What an official types on a page that has no catalogue behind it: several choices, a line, a tick."""

    ways = forms.MultipleChoiceField(
        label=_("Cách trả"), choices=[("counter", _("Tiền mặt")), ("transfer", _("Chuyển khoản"))], widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(label=_("Họ tên"), required=False)
    late = forms.BooleanField(label=_("Chỉ quá hạn"), required=False)
