"""A document is checked: by our own rules, which agree with the compiled JSON Schema, and whatever JSON comes."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from xaso.kernel.forms import FieldError, FormSpec
from xaso.kernel.tests.form_samples import TODAY, birth_answers, birth_form, label, options, text

FORM = birth_form()
STANDARD = Draft202012Validator(FORM.compiled_schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def codes(answers: object) -> dict[str, str]:
    return {error.pointer: error.code for error in FORM.validate(answers, today=TODAY)}


def test_right_answers_have_no_fault() -> None:
    assert FORM.validate(birth_answers(), today=TODAY) == []
    assert STANDARD.is_valid(birth_answers())


def test_the_compiled_schema_is_a_standard_schema() -> None:
    Draft202012Validator.check_schema(FORM.compiled_schema)
    assert FORM.compiled_schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert FORM.compiled_schema is FORM.compiled_schema


def test_an_empty_document_misses_what_is_required_of_everybody() -> None:
    assert codes({}) == {
        "/child_name": "missing",
        "/birth_date": "missing",
        "/sex": "missing",
        "/father": "missing",
        "/number": "missing",
        "/delivery/way": "missing",
        "/members": "too_few",
        "/truth": "missing",
    }


def test_questions_that_are_not_asked_are_not_missed() -> None:
    gone = dict.fromkeys(("father_name", "father_paper", "father_number", "father_birth"))
    assert codes(birth_answers(father="unknown", **gone)) == {}
    assert codes(birth_answers(**gone)) == {"/father_name": "missing", "/father_paper": "missing"}


def test_a_stale_answer_opens_no_question_behind_it() -> None:
    stale = birth_answers(father="unknown", father_number=None)
    assert codes(stale) == {}
    assert STANDARD.is_valid(stale)
    assert {"father_name", "father_paper", "father_birth"}.isdisjoint(FORM.prune(stale))
    assert [one.id for one in FORM.screens_for(stale)] == ["child", "father", "you", "rest"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"child_name": 5}, {"/child_name": "wrong_type"}),
        ({"child_name": "   "}, {"/child_name": "missing"}),
        ({"child_name": "a\x00b"}, {"/child_name": "bad_characters"}),
        ({"child_name": "a\ud800"}, {"/child_name": "bad_characters"}),
        ({"child_name": "a\nb"}, {"/child_name": "bad_characters"}),
        ({"birth_date": "05/11/2026"}, {"/birth_date": "bad_date"}),
        ({"birth_date": "2026-11"}, {"/birth_date": "bad_date"}),
        ({"birth_date": "2026-11-31"}, {"/birth_date": "bad_date"}),
        ({"birth_date": "2027-01-01"}, {"/birth_date": "date_in_future"}),
        ({"father_birth": "1952-13"}, {"/father_birth": "bad_date"}),
        ({"father_birth": "2027"}, {"/father_birth": "date_in_future"}),
        ({"copies": "3"}, {"/copies": "not_a_number"}),
        ({"copies": True}, {"/copies": "not_a_number"}),
        ({"copies": 2.5}, {"/copies": "not_a_number"}),
        ({"copies": float("nan")}, {"/copies": "not_a_number"}),
        ({"copies": 10**30}, {"/copies": "too_large"}),
        ({"sex": ["nữ"]}, {"/sex": "not_in_options"}),
        ({"help": ["house", "house"]}, {"/help": "repeated"}),
        ({"help": [{}]}, {"/help": "not_in_options"}),
        ({"help": "house"}, {"/help": "wrong_type"}),
        ({"truth": 1}, {"/truth": "wrong_type"}),
        ({"delivery": []}, {"/delivery": "wrong_type"}),
        ({"delivery": {"way": "post"}}, {}),
        ({"members": {}}, {"/members": "wrong_type"}),
        ({"members": [None]}, {"/members/0": "wrong_type"}),
        ({"members": [{"name": "Pao", "birth": "x"}, {}]}, {"/members/0/birth": "bad_date", "/members/1/name": "missing"}),
        ({"members": [{"name": "a"}] * 5}, {"/members": "too_many"}),
        ({"stranger/~": 1}, {"/stranger~1~0": "unknown_field"}),
    ],
)
def test_a_wrong_answer_is_found_where_it_stands(change: dict[str, Any], fault: dict[str, str]) -> None:
    assert codes(birth_answers(**change)) == fault


@pytest.mark.parametrize("document", [None, [], "x", 5, True])
def test_what_is_no_document_is_refused_without_failing(document: object) -> None:
    assert FORM.validate(document) == [FieldError((), "wrong_type")]
    assert FORM.prune(document) == {}
    assert FORM.read_document(document).answers == {}


def test_a_document_from_a_program_is_cleaned_and_pruned_but_not_guessed_at() -> None:
    sent = birth_answers(child_name=" Gia\u0300ng\x00 ", father="unknown", copies=3.0, phone="+84912345678")
    reading = FORM.read_document(sent, today=TODAY)
    assert {error.pointer: error.code for error in reading.errors} == {"/phone": "bad_phone"}
    assert reading.answers["child_name"] == "Giàng"
    assert repr(reading.answers["copies"]) == "3"
    assert "father_name" not in reading.answers


def test_blank_rows_and_empty_answers_are_pruned() -> None:
    assert FORM.prune({"members": [{}, {"name": "Pao", "job": "thợ"}, "x"], "delivery": {}, "copies": None, "stranger": 1}) == {
        "members": [{"name": "Pao"}]
    }


def test_the_first_screen_with_something_missing_or_wrong_is_found() -> None:
    unfinished = FORM.first_unfinished(birth_answers(father_number="12"), today=TODAY)
    assert unfinished is not None
    assert unfinished.id == "father_more"
    assert FORM.first_unfinished(birth_answers(), today=TODAY) is None


def test_the_summary_reads_as_people_write() -> None:
    sections = FORM.summary(birth_answers(), choices={"village": {"nam-det": "Nậm Đét"}, "ethnicity": {"mong": "Mông"}})
    shown = {row.name: row.shown for section in sections for row in section.rows if not row.parts}
    assert sections[0].title == "Cháu tên là gì, sinh ngày nào?"
    assert shown["birth_date"] == "05/11/2026"
    assert shown["father_birth"] == "1990"
    assert shown["sex"] == "Nữ"
    assert shown["ethnicity"] == "Mông"
    assert shown["village"] == "Nậm Đét"
    assert shown["phone"] == "0912 345 678"
    assert shown["income"] == "1.500.000 đ"
    assert shown["help"] == "House, Health"
    assert shown["truth"] == "Có"
    rows = {row.name: row for section in sections for row in section.rows}
    assert rows["father_number"].sensitive
    assert [(part.label, part.name) for part in rows["members"].parts] == [
        ("Người 1", "members-0"),
        ("Người 2", "members-1"),
    ]
    assert [part.shown for part in rows["members"].parts[0].parts] == ["Giàng A Pao", "1990", "Có", "Làm ruộng"]


def test_the_summary_speaks_another_language_and_falls_back_to_vietnamese() -> None:
    english, bengali = (FORM.summary(birth_answers(), language)[0].rows[1].label for language in ("en", "bn"))
    assert (english, bengali) == ("Ngày sinh (en)", "Ngày sinh")


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=70)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
likely = st.sampled_from(
    [
        *[
            "known",
            "unknown",
            "card",
            "other",
            "nam",
            "nữ",
            "post",
            "desk",
            "house",
            "2026-11-05",
            "2026-02-30",
            "1952",
            "1952-11",
            "000192123457",
            "0912345678",
            "a@b.vn",
        ],
        *(1, 2.0, 21, 0, "", " ", "a\nb", "0912345678\n", True, False, None),
    ]
)
rows = st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(("name", "birth", "works", "job", "odd"), likely)), max_size=5)
documents = st.fixed_dictionaries({}, optional={one.name: likely | anything | rows for one in FORM.fields})


@given(anything)
def test_any_json_is_checked_without_failing(document: object) -> None:
    FORM.validate(document, today=TODAY)
    FORM.prune(document)
    FORM.read_document(document, today=TODAY)


@settings(max_examples=400)
@given(documents, st.sampled_from(["replace", "alone"]))
def test_our_rules_and_the_standard_schema_agree(changes: dict[str, Any], how: str) -> None:
    document = birth_answers() | changes if how == "replace" else changes
    assert (FORM.validate(document) == []) == STANDARD.is_valid(document)


@given(documents)
def test_what_was_right_stays_right_when_pruned(changes: dict[str, Any]) -> None:
    document = birth_answers() | changes
    if not FORM.validate(document):
        pruned = FORM.prune(document)
        assert FORM.prune(pruned) == pruned
        assert FORM.validate(pruned) == []


def test_conditions_on_several_choices_numbers_and_truth_agree_with_the_standard() -> None:
    form = FormSpec.from_dict(
        {
            "schema": {
                "type": "object",
                "required": ["detail", "why", "how"],
                "properties": {
                    "needs": {"type": "array", "x-label": label("Cần"), "items": {}, "x-options": options("a", "b", "c")},
                    "count": {"type": "integer", "x-label": label("Số")},
                    "sure": {"type": "boolean", "x-label": label("Chắc")},
                    "detail": text("Rõ hơn", **{"x-when": {"needs": ["b", "c"]}}),
                    "why": text("Vì sao", **{"x-when": {"count": [1, 2], "sure": True}}),
                    "how": text("Thế nào", **{"x-when": {"sure": [True, False]}}),
                },
            },
            "screens": [{"id": "one", "title": label("Một"), "fields": ["needs", "count", "sure", "detail", "why", "how"]}],
        }
    )
    standard = Draft202012Validator(form.compiled_schema)
    for needs in (None, ["a"], ["a", "c"], "b"):
        for count in (None, 1, 1.0, 3, True):
            for sure in (None, True, False, 1):
                given_answers = {"needs": needs, "count": count, "sure": sure, "how": "thế"}
                answers = {name: value for name, value in given_answers.items() if value is not None}
                assert (form.validate(answers) == []) == standard.is_valid(answers), answers
