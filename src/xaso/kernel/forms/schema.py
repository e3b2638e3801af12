"""The form as a standard JSON Schema 2020-12: conditional questions become if/then, formats become patterns. For others' programs."""

from collections.abc import Iterable
from typing import Any

from xaso.kernel.forms.checks import EMAIL, LINE_BREAK, PERSONAL_NUMBER, PHONE
from xaso.kernel.forms.cleaning import FORBIDDEN
from xaso.kernel.forms.fields import Condition, Field

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_YEAR = "(1[89]|2[01])[0-9]{2}"
_PATTERNS = {"personal-number": PERSONAL_NUMBER, "phone": PHONE, "email": EMAIL}


def compile_schema(fields: Iterable[Field]) -> dict[str, Any]:
    """Return the schema that answers must meet, whatever they are; questions that are not asked may hold anything."""
    return {"$schema": DIALECT, **_object(tuple(fields))}


def _object(fields: tuple[Field, ...]) -> dict[str, Any]:
    by_name = {one.name: one for one in fields}
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {one.name: True if one.conditions else _property(one) for one in fields},
        "required": [one.name for one in fields if one.must_be_given and not one.conditions],
        "additionalProperties": False,
    }
    together: dict[tuple[Condition, ...], list[Field]] = {}
    for one in fields:
        if one.conditions:
            together.setdefault(_chain(one, by_name), []).append(one)
    if together:
        schema["allOf"] = [_if_then(chain, dependent, by_name) for chain, dependent in together.items()]
    return schema


def _chain(field: Field, by_name: dict[str, Field]) -> tuple[Condition, ...]:
    """Return the field's conditions and those of the questions they look at: an answer to a question not asked opens nothing."""
    found: dict[Condition, None] = {}
    for condition in field.conditions:
        found |= dict.fromkeys((*_chain(by_name[condition.field], by_name), condition))
    return tuple(found)


def _if_then(chain: tuple[Condition, ...], dependent: list[Field], by_name: dict[str, Field]) -> dict[str, Any]:
    then: dict[str, Any] = {"properties": {one.name: _property(one) for one in dependent}}
    required = [one.name for one in dependent if one.must_be_given]
    if required:
        then["required"] = required
    return {"if": {"allOf": [_condition(one, by_name[one.field]) for one in chain]}, "then": then}


def _condition(condition: Condition, field: Field) -> dict[str, Any]:
    values: dict[str, Any] = {"enum": list(condition.values)}
    if field.widget == "choices":
        values = {"type": "array", "contains": values}
    return {"properties": {condition.field: values}, "required": [condition.field]}


def _property(field: Field) -> dict[str, Any]:
    body: dict[str, Any]
    match field.widget:
        case "group":
            body = _object(field.fields)
        case "table":
            body = {"type": "array", "items": _object(field.fields), "minItems": field.min_items, "maxItems": field.max_items}
        case "choices":
            enum = {"enum": [option.value for option in field.options]}
            body = {"type": "array", "items": enum, "uniqueItems": True, "minItems": field.min_items, "maxItems": field.max_items}
        case "choice":
            body = {"enum": [option.value for option in field.options]}
        case "integer" | "money":
            body = {"type": "integer", "minimum": field.minimum, "maximum": field.maximum}
        case "boolean":
            body = {"type": "boolean", **({"const": True} if field.must_agree else {})}
        case _:
            body = _string(field)
    return {"title": field.label["vi"], **body}


def _string(field: Field) -> dict[str, Any]:
    forbidden = f"[{FORBIDDEN}]" if field.widget == "textarea" else f"[{FORBIDDEN}{LINE_BREAK}]"
    schema: dict[str, Any] = {"type": "string", "not": {"pattern": forbidden}, "allOf": [{"pattern": "\\S"}]}
    if field.min_length:
        schema["minLength"] = field.min_length
    if field.max_length:
        schema["maxLength"] = field.max_length
    if field.pattern is not None:
        schema["allOf"].append({"pattern": field.pattern.pattern})
    if field.widget in _PATTERNS:
        schema["pattern"] = _PATTERNS[field.widget]
    day = {"format": "date", "pattern": f"^{_YEAR}-[0-9]{{2}}-[0-9]{{2}}$"}
    if field.widget == "date":
        schema |= day
    if field.widget == "partial-date":
        schema["anyOf"] = [{"pattern": f"^{_YEAR}(-(0[1-9]|1[0-2]))?$"}, day]
    return schema
