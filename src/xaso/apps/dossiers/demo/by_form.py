"""Believable answers to any form, from its questions alone: for procedures whose answers nobody wrote by hand."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from xaso.apps.people import facade as people
from xaso.kernel.forms import Field, FormSpec, asked

FAMILIES = ("Giàng", "Sùng", "Vàng", "Triệu", "Bàn", "Hoàng", "Lù", "Nông")
MIDDLES, GIVEN = ("Thị", "A", "Seo", "Văn"), ("Pao", "Chẩn", "Hoa", "Dín", "Sua", "Phương", "Lan", "Sình")
PLACES = ("Thôn Trung Đô", "Thôn Bản Lắp", "Thôn Khởi Xá", "Thôn Cốc Sâm")
WORDS = {"nationality": "Việt Nam", "origin": "xã Cốc Ly, tỉnh Lào Cai", "pages": "4", "from": "tiếng Trung", "into": "tiếng Việt"}
NAMES_OF_PEOPLE = ("name", "names")
THINGS = {"deal_name": "Hợp đồng tặng cho quyền sử dụng đất", "paper_name": "Giấy xác nhận quá trình công tác"}
OLDEST_DAYS, YOUNGEST_DAYS = 60 * 365, 25 * 365


def answers_by_form(
    form: FormSpec, citizen: people.Citizen, random: Random, on: date, known: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return answers to all required questions; of choices the first, of optional questions none but those about the citizen.

    What is `known` stays as it is, and questions that it closes are left out.
    """
    return _answered(form.fields, citizen, random, on, known or {})


def _answered(fields: Iterable[Field], citizen: people.Citizen, random: Random, on: date, known: Mapping[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for field in asked(fields, answers):
        if field.name in known:
            answers[field.name] = known[field.name]
            continue
        held = getattr(citizen, field.prefill.removeprefix("citizen."), "") if field.prefill else ""
        if isinstance(held, str) and held and field.widget != "village":
            answers[field.name] = held
        elif field.required:
            answers[field.name] = _answer(field, citizen, random, on)
    return answers


def _answer(field: Field, citizen: people.Citizen, random: Random, on: date) -> Any:
    """Return an answer to a question, its rows and parts included."""
    if field.widget == "table":
        return [_answered(field.fields, citizen, random, on, {}) for _ in range(max(1, field.min_items))]
    if field.widget == "group":
        return _answered(field.fields, citizen, random, on, {})
    make = _PLAIN.get(field.widget, _text)
    return make(field, random, on)


def _day(field: Field, random: Random, on: date) -> str:
    """Return a day of birth for what is asked about a grown person, else one of the last weeks."""
    about_birth = field.name.endswith("birth") and not field.name.startswith("child")
    days = random.randint(YOUNGEST_DAYS, OLDEST_DAYS) if about_birth else random.randint(3, 40)
    return (on - timedelta(days=days)).isoformat()


def _text(field: Field, random: Random, _on: date) -> str:
    return _words(field.name, random)[: field.max_length or None]


def _words(name: str, random: Random) -> str:
    """Return words that fit what the question is called."""
    kind = name.rsplit("_", maxsplit=1)[-1]
    if name in THINGS:
        return THINGS[name]
    if kind in NAMES_OF_PEOPLE:
        return f"{random.choice(FAMILIES)} {random.choice(MIDDLES)} {random.choice(GIVEN)}"
    if kind in {"residence", "place", "address"}:
        return f"{random.choice(PLACES)}, xã Bảo Nhai, tỉnh Lào Cai"
    if kind == "number":
        return f"{random.randint(3, 90):02d}/{random.randint(2001, 2025)}"
    return WORDS.get(kind, "theo giấy tờ kèm theo")


_PLAIN: dict[str, Callable[[Field, Random, date], Any]] = {
    "choice": lambda field, _random, _on: field.options[0].value,
    "choices": lambda field, _random, _on: [field.options[0].value],
    "boolean": lambda field, _random, _on: field.must_agree,
    "integer": lambda field, _random, _on: max(field.minimum, min(field.maximum, 2)),
    "money": lambda field, _random, _on: max(field.minimum, min(field.maximum, 20_000_000)),
    "date": _day,
    "partial-date": _day,
    "personal-number": lambda _field, random, _on: f"0102{random.randint(10_000_000, 99_999_999)}",
    "ethnicity": lambda _field, _random, _on: "Mông",
    "phone": lambda _field, _random, _on: "0912000000",
    "email": lambda _field, _random, _on: "nguoi.dan@example.vn",
}
