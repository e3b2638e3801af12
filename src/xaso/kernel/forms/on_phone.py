"""A form for the phone: its JSON Schema with every hint that the checks need, and the form with all its questions.

The words stand in the page that the phone keeps; a script checks answers by this schema as the engine does.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from xaso.kernel.forms.fields import Condition, Field, Limit, in_language
from xaso.kernel.forms.schema import DIALECT
from xaso.kernel.forms.spec import FormSpec


def schema_on_phone(spec: FormSpec, language: str) -> dict[str, Any]:
    """Return the schema; the only words in it are those said of a wrong pattern."""
    screens = [{"id": screen.id, "fields": list(screen.fields)} for screen in spec.screens]
    return {"$schema": DIALECT, **_object(spec.fields, language), "x-screens": screens}


def conditions_on_phone(conditions: tuple[Condition, ...]) -> list[list[Any]]:
    """Return what must all hold, each as name and values; a list, because two conditions may name the same question."""
    return [[condition.field, list(condition.values)] for condition in conditions]


def with_every_question(spec: FormSpec) -> FormSpec:
    """Return the form without conditions: a page that asks everything, of which a script shows what the answers ask for."""
    return FormSpec([_unconditional(field) for field in spec.fields], [replace(screen, conditions=()) for screen in spec.screens])


def blank_rows(spec: FormSpec) -> dict[str, Any]:
    """Return answers that draw one row more than each table needs, for the script to make further rows of."""
    return {field.name: [{}] * (field.min_items + 1) for field in spec.fields if field.widget == "table"}


def _unconditional(field: Field) -> Field:
    return replace(field, conditions=(), fields=tuple(_unconditional(one) for one in field.fields))


def _object(fields: tuple[Field, ...], language: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.name: _property(field, language) for field in fields},
        "required": [field.name for field in fields if field.required],
    }


def _property(field: Field, language: str) -> dict[str, Any]:
    body = {"x-widget": field.widget, **_rules(field, language)}
    if field.conditions:
        body["x-when"] = conditions_on_phone(field.conditions)
    return body


def _rules(field: Field, language: str) -> dict[str, Any]:
    """Return what an answer must be, with every default written out."""
    match field.widget:
        case "group":
            rules = _object(field.fields, language)
        case "table":
            rules = {"type": "array", "items": _object(field.fields, language), "minItems": field.min_items, "maxItems": field.max_items}
        case "choices":
            enum = {"enum": [option.value for option in field.options]}
            rules = {"type": "array", "items": enum, "minItems": field.min_items, "maxItems": field.max_items}
        case "choice":
            rules = {"enum": [option.value for option in field.options]}
        case "integer" | "money":
            rules = {"type": "integer", "minimum": field.minimum, "maximum": field.maximum}
        case "boolean":
            rules = {"type": "boolean", **({"const": True} if field.must_agree else {})}
        case _:
            rules = _text(field, language)
    return rules


def _text(field: Field, language: str) -> dict[str, Any]:
    body: dict[str, Any] = {"type": "string", "minLength": field.min_length, "maxLength": field.max_length}
    if field.pattern is not None:
        body |= {"pattern": field.pattern.pattern}
    if field.pattern_words:
        body["x-error"] = in_language(field.pattern_words, language)
    for name, limit in (("x-not-after", field.not_after), ("x-not-before", field.not_before)):
        if limit is not None:
            body[name] = _day(limit)
    return body


def _day(limit: Limit) -> str:
    return limit.isoformat() if isinstance(limit, date) else str(limit)
