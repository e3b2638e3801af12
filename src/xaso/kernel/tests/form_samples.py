"""Two forms that use every kind of question, for the tests of the form engine."""

from datetime import date
from typing import Any

from xaso.kernel.forms import FormSpec

TODAY = date(2026, 11, 23)
REQUIRED = ["child_name", "birth_date", "sex", "father", "father_name", "father_paper", "father_number", "number"]
REQUIRED += ["delivery", "members", "truth"]


def label(words: str) -> dict[str, str]:
    return {"vi": words, "en": f"{words} (en)"}


def text(words: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "x-label": label(words), **more}


def options(*values: str) -> list[dict[str, Any]]:
    return [{"value": value, "label": label(value.capitalize())} for value in values]


def birth_definition() -> dict[str, Any]:
    """A form of 20 fields, with a chain of conditions, a group and a table."""
    member = {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": text("Họ tên"),
            "birth": text("Sinh năm", format="partial-date"),
            "works": {"type": "boolean", "x-label": label("Có việc làm")},
            "job": text("Nghề", **{"x-when": {"works": True}, "x-hint": label("Việc chính")}),
        },
    }
    properties: dict[str, Any] = {
        "child_name": text("Họ, chữ đệm, tên của cháu", maxLength=60, **{"x-autocomplete": "off"}),
        "birth_date": text("Ngày sinh", format="date", **{"x-not-after": "today", "x-hint": label("Ví dụ: 05/11/2026")}),
        "sex": text("Giới tính", **{"x-options": options("nam", "nữ")}),
        "ethnicity": text("Dân tộc", **{"x-widget": "ethnicity"}),
        "father": text("Có ghi tên cha không", **{"x-options": options("known", "unknown")}),
        "father_name": text("Tên cha", **{"x-when": {"father": "known"}}),
        "father_paper": text("Cha có giấy gì", **{"x-options": options("card", "other"), "x-when": {"father": ["known"]}}),
        "father_number": text("Số của cha", format="personal-number", **{"x-when": {"father_paper": "card"}, "x-sensitive": True}),
        "father_birth": text("Cha sinh năm", format="partial-date", **{"x-when": {"father": "known"}, "x-not-after": "today"}),
        "name": text("Tên người khai", **{"x-prefill": "citizen.full_name"}),
        "number": text("Số định danh", format="personal-number", **{"x-prefill": "citizen.personal_number", "x-sensitive": True}),
        "born": text("Ngày sinh người khai", format="date", **{"x-prefill": "citizen.birth"}),
        "phone": text("Điện thoại", format="vn-phone", **{"x-prefill": "citizen.phone"}),
        "email": text("Thư điện tử", format="email"),
        "village": text("Thôn", **{"x-widget": "village"}),
        "note": text("Ghi chú", **{"x-widget": "textarea", "maxLength": 500}),
        "copies": {"type": "integer", "minimum": 1, "maximum": 20, "x-label": label("Số bản")},
        "income": {"type": "integer", "x-widget": "money", "x-label": label("Thu nhập")},
        "delivery": {
            "type": "object",
            "x-label": label("Nhận kết quả"),
            "required": ["way"],
            "properties": {
                "way": text("Cách nhận", **{"x-options": options("desk", "post")}),
                "address": text("Địa chỉ", **{"x-when": {"way": "post"}}),
            },
        },
        "members": {
            "type": "array",
            "minItems": 1,
            "maxItems": 4,
            "x-label": label("Người trong nhà"),
            "x-item": label("người"),
            "items": member,
        },
        "help": {
            "type": "array",
            "x-label": label("Cần giúp gì"),
            "items": {"type": "string"},
            "x-options": options("house", "school", "health"),
        },
        "truth": {"type": "boolean", "const": True, "x-label": label("Tôi cam đoan lời khai là đúng")},
    }
    return {
        "schema": {
            "type": "object",
            "required": [
                "child_name",
                "birth_date",
                "sex",
                "father",
                "father_name",
                "father_paper",
                "father_number",
                "number",
                "delivery",
                "members",
                "truth",
            ],
            "properties": properties,
        },
        "screens": [
            {
                "id": "child",
                "title": label("Cháu tên là gì, sinh ngày nào?"),
                "intro": label("Viết như trong giấy chứng sinh."),
                "fields": ["child_name", "birth_date", "sex", "ethnicity"],
            },
            {"id": "father", "title": label("Cha của cháu"), "fields": ["father", "father_name", "father_paper"]},
            {
                "id": "father_more",
                "title": label("Giấy tờ của cha"),
                "when": {"father": "known"},
                "fields": ["father_number", "father_birth"],
            },
            {"id": "you", "title": label("Anh/chị là ai?"), "fields": ["name", "number", "born", "phone", "email", "village", "note"]},
            {"id": "rest", "title": label("Các việc khác"), "fields": ["copies", "income", "delivery", "members", "help", "truth"]},
        ],
    }


def birth_form() -> FormSpec:
    return FormSpec.from_dict(birth_definition())


def birth_answers(**changes: Any) -> dict[str, Any]:
    """Return complete and right answers, with the changes; a value of None leaves the answer out."""
    answers: dict[str, Any] = {
        "child_name": "Giàng Thị Mỷ",
        "birth_date": "2026-11-05",
        "sex": "nữ",
        "ethnicity": "mong",
        "father": "known",
        "father_name": "Giàng A Pao",
        "father_paper": "card",
        "father_number": "000090123456",
        "father_birth": "1990",
        "name": "Sùng Thị Dở",
        "number": "000192123457",
        "born": "1992-01-31",
        "phone": "0912345678",
        "email": "do@example.vn",
        "village": "nam-det",
        "note": "Dòng một\nDòng hai",
        "copies": 3,
        "income": 1500000,
        "delivery": {"way": "post", "address": "Thôn Nậm Đét"},
        "members": [{"name": "Giàng A Pao", "birth": "1990", "works": True, "job": "Làm ruộng"}, {"name": "Giàng A Sử"}],
        "help": ["house", "health"],
        "truth": True,
    }
    return {name: value for name, value in (answers | changes).items() if value is not None}
