"""A form file is checked when it is read: a slip is named with its place."""

import copy
from typing import Any

import pytest

from xaso.kernel.forms import FormDefinitionError, FormSpec
from xaso.kernel.tests.form_samples import birth_definition, label, options, text


def small(**properties: Any) -> dict[str, Any]:
    """Return a form of one screen with these properties."""
    return {
        "schema": {"type": "object", "properties": properties},
        "screens": [{"id": "one", "title": label("Một"), "fields": list(properties)}],
    }


def test_a_form_with_every_kind_of_question_is_read_in_the_order_of_its_screens() -> None:
    spec = FormSpec.from_dict(birth_definition())
    assert [one.id for one in spec.screens] == ["child", "father", "father_more", "you", "rest"]
    assert [one.name for one in spec.fields][:4] == ["child_name", "birth_date", "sex", "ethnicity"]
    assert {one.name: one.widget for one in spec.fields}["help"] == "choices"


def test_reading_a_definition_does_not_change_it() -> None:
    definition = birth_definition()
    before = copy.deepcopy(definition)
    assert FormSpec.from_dict(definition).compiled_schema
    assert definition == before


@pytest.mark.parametrize(
    ("property_", "place", "fault"),
    [
        ({"type": "string"}, "schema.a.x-label", "map"),
        ({"type": "string", "x-label": {"en": "A"}}, "schema.a.x-label", "vi among them"),
        (text("A", maxlength=3), "schema.a", "unknown for a text: maxlength"),
        (text("A", maxLength="3"), "schema.a.maxLength", "whole number"),
        (text("A", pattern="("), "schema.a.pattern", "unterminated"),
        (text("A", format="uuid"), "schema.a.format", "unknown: 'uuid'"),
        ({"type": "number", "x-label": label("A")}, "schema.a.type", "unknown: 'number'"),
        (text("A", **{"x-widget": "slider"}), "schema.a.x-widget", "unknown: 'slider'"),
        (text("A", **{"x-widget": "integer"}), "schema.a", "type must be integer"),
        (text("A", **{"x-widget": "phone", "format": "email"}), "schema.a", "format must be vn-phone"),
        (text("A", enum=["x"]), "schema.a.x-options", "at least one"),
        (text("A", enum=["x"], **{"x-options": options("y")}), "schema.a.enum", "same values"),
        (text("A", **{"x-options": options("y", "y")}), "schema.a.x-options", "same value"),
        (text("A", **{"x-options": [{"value": 1, "label": label("1")}]}), "schema.a.x-options[0]", "value: a text"),
        (text("A", **{"x-when": {"b": "x"}}), "schema.a.x-when", "b is not asked before"),
        (text("A", **{"x-when": {"a": "x"}}), "schema.a.x-when", "a is not asked before"),
        (text("A", **{"x-when": {"b": []}}), "schema.a.x-when", "values for b"),
        (text("A", format="date", **{"x-not-after": "tomorrow"}), "schema.a.x-not-after", "must be today"),
        ({"type": "boolean", "const": False, "x-label": label("A")}, "schema.a.const", "only true"),
        ({"type": "array", "x-label": label("A"), "items": {"type": "object"}}, "schema.a.properties", "map"),
        ({"type": "object", "x-label": label("A"), "properties": {"t": {"type": "object"}}}, "schema.a.t", "cannot stand"),
    ],
)
def test_a_slip_in_a_property_is_named(property_: dict[str, Any], place: str, fault: str) -> None:
    with pytest.raises(FormDefinitionError) as refused:
        FormSpec.from_dict(small(a=property_))
    assert refused.value.place == place
    assert fault in refused.value.fault


def test_a_name_that_could_be_taken_for_another_is_refused() -> None:
    with pytest.raises(FormDefinitionError, match=r"schema\.members-0-name"):
        FormSpec.from_dict(small(**{"members-0-name": text("A")}))


def test_a_condition_on_an_answer_that_cannot_be_given_is_refused() -> None:
    with pytest.raises(FormDefinitionError, match=r"schema\.b\.x-when: a cannot have the answer"):
        FormSpec.from_dict(small(a=text("A", **{"x-options": options("x")}), b=text("B", **{"x-when": {"a": "z"}})))


@pytest.mark.parametrize(
    ("screens", "fault"),
    [
        ([], "at least one screen"),
        ([{"id": "one", "title": label("Một"), "fields": ["a"]}], "no screen asks b"),
        ([{"id": "one", "title": label("Một"), "fields": ["a", "b", "c"]}], "properties of the schema"),
        ([{"id": "one", "title": label("Một"), "fields": ["a", "b", "a"]}], "one screen only"),
        ([{"id": "one", "fields": ["a", "b"]}], "screens[0].title"),
        ([{"id": "one", "title": label("Một"), "field": ["a", "b"]}], "hold only"),
        ([{"id": "one", "title": label("Một"), "fields": [one]} for one in "ab"], "same id"),
    ],
)
def test_a_slip_in_the_screens_is_named(screens: list[dict[str, Any]], fault: str) -> None:
    definition = small(a=text("A"), b=text("B")) | {"screens": screens}
    with pytest.raises(FormDefinitionError) as refused:
        FormSpec.from_dict(definition)
    assert fault in str(refused.value)
