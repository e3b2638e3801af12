"""A reminder stands beside an answer that somebody should look at; it refuses nothing."""

from datetime import date
from typing import Any

import pytest

from xaso.kernel.forms import FormDefinitionError, FormSpec
from xaso.kernel.tests.form_samples import label, options, text

YOUNG = {"text": label("Chưa đủ 18 tuổi"), "younger_than_years": 18}


def form(**properties: Any) -> FormSpec:
    screens = [{"id": "one", "title": label("Một"), "fields": list(properties)}]
    return FormSpec.from_dict({"schema": {"type": "object", "properties": properties}, "screens": screens})


def reminder(spec: FormSpec, answers: dict[str, Any], today: date | None = date(2026, 11, 23), language: str = "vi") -> str:
    assert spec.validate(answers, today=today) == []
    return spec.summary(answers, language, today=today)[0].rows[0].reminder


@pytest.mark.parametrize(
    ("born", "said"),
    [
        ("2008-11-23", ""),
        ("2008-11-24", "Chưa đủ 18 tuổi"),
        ("2008", ""),
        ("2008-11", ""),
        ("2009", "Chưa đủ 18 tuổi"),
        ("2008-12", "Chưa đủ 18 tuổi"),
    ],
)
def test_only_who_is_surely_younger_is_reminded(born: str, said: str) -> None:
    assert reminder(form(born=text("Ngày sinh", format="partial-date", **{"x-remind": YOUNG})), {"born": born}) == said


def test_who_was_born_on_a_leap_day_comes_of_age_in_march() -> None:
    spec = form(born=text("Ngày sinh", format="date", **{"x-remind": YOUNG}))
    assert reminder(spec, {"born": "2008-02-29"}, date(2026, 2, 28))
    assert not reminder(spec, {"born": "2008-02-29"}, date(2026, 3, 1))


def test_without_a_day_no_age_is_judged() -> None:
    assert reminder(form(born=text("Ngày sinh", format="date", **{"x-remind": YOUNG})), {"born": "2020-01-01"}, None) == ""


def test_an_answer_may_bring_a_reminder_in_the_readers_language() -> None:
    spec = form(
        consents=text("Đồng ý không", **{"x-options": options("yes", "no"), "x-remind": {"text": label("Cần đồng ý"), "answers": ["no"]}})
    )
    assert reminder(spec, {"consents": "no"}, language="en") == "Cần đồng ý (en)"
    assert reminder(spec, {"consents": "yes"}) == ""
    agreed = form(both={"type": "boolean", "x-label": label("Cùng đến"), "x-remind": {"text": label("Phải cùng đến"), "answers": [False]}})
    assert (reminder(agreed, {"both": False}), reminder(agreed, {"both": True})) == ("Phải cùng đến", "")


def test_what_is_wrong_has_its_error_and_no_reminder() -> None:
    spec = form(born=text("Ngày sinh", format="date", **{"x-remind": YOUNG}))
    assert spec.summary({"born": "hôm qua"}, today=date(2026, 11, 23))[0].rows[0].reminder == ""


@pytest.mark.parametrize(
    ("property_", "fault"),
    [
        (text("A", **{"x-remind": YOUNG}), "unknown for a text: x-remind"),
        (text("A", format="date", **{"x-remind": {"text": label("B")}}), "must hold text and younger_than_years"),
        (text("A", format="date", **{"x-remind": {**YOUNG, "younger_than_years": "18"}}), "whole number"),
        (
            text("A", **{"x-options": options("yes"), "x-remind": {"text": label("B"), "answers": ["no"]}}),
            "answers that the question can have",
        ),
        ({"type": "boolean", "x-label": label("A"), "x-remind": {"text": label("B"), "answers": []}}, "answers that the question can have"),
        ({"type": "boolean", "x-label": label("A"), "x-remind": {"text": {"en": "B"}, "answers": [True]}}, "vi among them"),
    ],
)
def test_a_slip_in_a_reminder_is_named(property_: dict[str, Any], fault: str) -> None:
    with pytest.raises(FormDefinitionError, match=fault):
        form(a=property_)
