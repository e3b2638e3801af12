"""Reads one property of a form's schema into a Field and refuses what it does not know, so that a slip in a form file is found at once."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast, get_args

from xaso.kernel.forms.fields import Condition, Field, Limit, Option, Reminder, Texts, Widget
from xaso.kernel.forms.verdicts import FormDefinitionError

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_COMMON = {"type", "title", "description", "examples", "$comment"}
_HINTS = {"x-label", "x-hint", "x-widget", "x-when", "x-sensitive", "x-prefill", "x-autocomplete"}
_TEXT = {"minLength", "maxLength", "pattern", "x-error"}
_FORMAT_WIDGETS: dict[str, Widget] = {
    "date": "date",
    "partial-date": "partial-date",
    "personal-number": "personal-number",
    "vn-phone": "phone",
    "email": "email",
}
_WIDGET_FORMATS = {widget: name for name, widget in _FORMAT_WIDGETS.items()}
_TYPES: dict[str, str] = {
    "integer": "integer",
    "money": "integer",
    "boolean": "boolean",
    "group": "object",
    "table": "array",
    "choices": "array",
}
_KEYWORDS: dict[str, set[str]] = {
    "text": _TEXT,
    "textarea": _TEXT,
    "choice": {"enum", "x-options", "x-remind"},
    "choices": {"items", "minItems", "maxItems", "uniqueItems", "x-options"},
    "date": {"format", "x-not-after", "x-not-before", "x-remind"},
    "partial-date": {"format", "x-not-after", "x-not-before", "x-remind"},
    "integer": {"minimum", "maximum"},
    "money": {"minimum", "maximum"},
    "boolean": {"const", "x-remind"},
    "personal-number": {"format"},
    "phone": {"format"},
    "email": {"format", "maxLength"},
    "village": {"maxLength"},
    "ethnicity": {"maxLength"},
    "group": {"properties", "required", "additionalProperties"},
    "table": {"items", "minItems", "maxItems", "x-item"},
}
_LONGEST = {"text": 200, "textarea": 2000, "email": 254, "village": 100, "ethnicity": 100}
_LARGEST = {"integer": 1_000_000_000, "money": 1_000_000_000_000}
_MOST_ROWS = 50


def read_fields(schema: Mapping[str, Any], place: str, *, nested: bool = False) -> tuple[Field, ...]:
    """Return the fields of an object schema in the order written. Raises FormDefinitionError that names the property."""
    if schema.get("type", "object") != "object":
        raise FormDefinitionError(place, "type must be object")
    properties = _mapping(schema.get("properties"), f"{place}.properties")
    required = schema.get("required", [])
    if not isinstance(required, list) or any(name not in properties for name in required):
        raise FormDefinitionError(f"{place}.required", "must list names of properties")
    fields = tuple(
        _read_field(name, _mapping(body, f"{place}.{name}"), f"{place}.{name}", name in required, nested)
        for name, body in properties.items()
    )
    if nested:
        check_conditions(fields, place)
    return fields


def read_texts(value: Any, place: str, *, optional: bool = True) -> Texts:
    """Return a map of language to text, with Vietnamese in it; {} for none."""
    if value is None and optional:
        return {}
    texts = _mapping(value, place)
    if not texts.get("vi") or any(not isinstance(text, str) for text in texts.values()):
        raise FormDefinitionError(place, "must map languages to texts, vi among them")
    return cast(Texts, dict(texts))


def read_conditions(value: Any, place: str) -> tuple[Condition, ...]:
    """Return what must all hold, from {field: value or [values]}."""
    if value is None:
        return ()
    conditions = []
    for name, values in _mapping(value, place).items():
        wanted = values if isinstance(values, list) else [values]
        if not wanted or any(not isinstance(one, str | bool | int) for one in wanted):
            raise FormDefinitionError(place, f"values for {name} must be texts, whole numbers or true/false")
        conditions.append(Condition(name, tuple(wanted)))
    return tuple(conditions)


def check_conditions(fields: Iterable[Field], place: str) -> None:
    """Raise FormDefinitionError where a condition names a question that is absent or comes later, or an answer that it cannot have."""
    before: dict[str, Field] = {}
    for one in fields:
        for condition in one.conditions:
            asked = before.get(condition.field)
            where = f"{place}.{one.name}.x-when"
            if asked is None:
                raise FormDefinitionError(where, f"{condition.field} is not asked before")
            if any(not _can_be(asked, value) for value in condition.values):
                raise FormDefinitionError(where, f"{condition.field} cannot have the answer {list(condition.values)!r}")
        before[one.name] = one


def _can_be(field: Field, value: Any) -> bool:
    """Tell whether the question can be answered so."""
    if field.widget in {"choice", "choices"}:
        return value in field.option_values
    if field.widget == "boolean":
        return isinstance(value, bool)
    if field.widget in {"integer", "money"}:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str) and field.widget not in {"group", "table"}


def _read_field(name: str, body: Mapping[str, Any], place: str, required: bool, nested: bool) -> Field:
    if not _NAME.fullmatch(name):
        raise FormDefinitionError(place, "a name has small letters a–z, digits and _, and begins with a letter")
    widget = _widget(body, place)
    if nested and widget in {"group", "table"}:
        raise FormDefinitionError(place, f"a {widget} cannot stand inside a group or table")
    unknown = set(body) - _COMMON - _HINTS - _KEYWORDS[widget]
    if unknown:
        raise FormDefinitionError(place, f"unknown for a {widget}: {', '.join(sorted(unknown))}")
    if body.get("type") != _TYPES.get(widget, "string"):
        raise FormDefinitionError(place, f"type must be {_TYPES.get(widget, 'string')} for a {widget}")
    if widget in _WIDGET_FORMATS and body.get("format", _WIDGET_FORMATS[widget]) != _WIDGET_FORMATS[widget]:
        raise FormDefinitionError(place, f"format must be {_WIDGET_FORMATS[widget]} for a {widget}")
    options = _options(body, widget, place)
    min_items, max_items = _row_limits(body, widget, place, required, len(options))
    return Field(
        name=name,
        widget=widget,
        label=read_texts(body.get("x-label"), f"{place}.x-label", optional=False),
        hint=read_texts(body.get("x-hint"), f"{place}.x-hint"),
        required=required,
        conditions=read_conditions(body.get("x-when"), f"{place}.x-when"),
        options=options,
        option_values=frozenset(option.value for option in options),
        fields=_inner_fields(body, widget, place),
        min_length=_whole(body, "minLength", 0, place),
        max_length=_whole(body, "maxLength", _LONGEST.get(widget, 0), place),
        minimum=_whole(body, "minimum", 0, place),
        maximum=_whole(body, "maximum", _LARGEST.get(widget, 0), place),
        min_items=min_items,
        max_items=max_items,
        pattern=_pattern(body, place),
        pattern_words=read_texts(body.get("x-error"), f"{place}.x-error") or None,
        not_after=_limit(body, "x-not-after", place),
        not_before=_limit(body, "x-not-before", place),
        must_agree=_must_agree(body, place),
        prefill=_string(body, "x-prefill", place),
        item=read_texts(body.get("x-item"), f"{place}.x-item"),
        sensitive=_boolean(body, "x-sensitive", place),
        autocomplete=_string(body, "x-autocomplete", place),
        reminder=_reminder(body, widget, {option.value for option in options}, place),
    )


def _widget(body: Mapping[str, Any], place: str) -> Widget:
    """Return the widget named, or the one that type and format imply."""
    named = body.get("x-widget")
    if named is not None:
        if named not in get_args(Widget):
            raise FormDefinitionError(f"{place}.x-widget", f"unknown: {named!r}")
        return cast(Widget, named)
    kind, items = body.get("type"), body.get("items")
    if kind == "string":
        if "format" in body and body["format"] not in _FORMAT_WIDGETS:
            raise FormDefinitionError(f"{place}.format", f"unknown: {body['format']!r}")
        return _FORMAT_WIDGETS[body["format"]] if "format" in body else "choice" if "enum" in body or "x-options" in body else "text"
    if kind == "array":
        return "table" if isinstance(items, Mapping) and items.get("type") == "object" else "choices"
    implied: dict[Any, Widget] = {"integer": "integer", "boolean": "boolean", "object": "group"}
    if kind not in implied:
        raise FormDefinitionError(f"{place}.type", f"unknown: {kind!r}")
    return implied[kind]


def _options(body: Mapping[str, Any], widget: Widget, place: str) -> tuple[Option, ...]:
    if widget not in {"choice", "choices"}:
        return ()
    listed = body.get("x-options")
    if not isinstance(listed, list) or not listed:
        raise FormDefinitionError(f"{place}.x-options", "must list at least one {value, label}")
    options = []
    for number, one in enumerate(listed):
        where = f"{place}.x-options[{number}]"
        value = _mapping(one, where).get("value")
        if not isinstance(value, str) or not value or set(one) != {"value", "label"}:
            raise FormDefinitionError(where, "must be {value: a text, label: {vi: …}}")
        options.append(Option(value, read_texts(one["label"], f"{where}.label", optional=False)))
    values = [option.value for option in options]
    if len(set(values)) < len(values):
        raise FormDefinitionError(f"{place}.x-options", "two options have the same value")
    enum = body.get("enum") if widget == "choice" else _mapping(body.get("items", {}), f"{place}.items").get("enum")
    if enum is not None and (not isinstance(enum, list) or sorted(map(str, enum)) != sorted(values)):
        raise FormDefinitionError(f"{place}.enum", "must hold the same values as x-options")
    return tuple(options)


def _inner_fields(body: Mapping[str, Any], widget: Widget, place: str) -> tuple[Field, ...]:
    if widget == "group":
        return read_fields(body, place, nested=True)
    return read_fields(_mapping(body.get("items"), f"{place}.items"), place, nested=True) if widget == "table" else ()


def _row_limits(body: Mapping[str, Any], widget: Widget, place: str, required: bool, options: int) -> tuple[int, int]:
    if widget not in {"table", "choices"}:
        return 0, 0
    least = _whole(body, "minItems", 1 if required else 0, place)
    most = _whole(body, "maxItems", _MOST_ROWS if widget == "table" else options, place)
    if required and least < 1:
        raise FormDefinitionError(f"{place}.minItems", "must be at least 1 where an answer is required")
    if not least <= most <= 200:
        raise FormDefinitionError(f"{place}.maxItems", "must be at least minItems and at most 200")
    return least, most


def _must_agree(body: Mapping[str, Any], place: str) -> bool:
    if "const" in body and body["const"] is not True:
        raise FormDefinitionError(f"{place}.const", "only true: a statement to agree to")
    return "const" in body


def _pattern(body: Mapping[str, Any], place: str) -> re.Pattern[str] | None:
    if "pattern" not in body:
        return None
    try:
        return re.compile(_string(body, "pattern", place))
    except re.error as fault:
        raise FormDefinitionError(f"{place}.pattern", str(fault)) from fault


def _limit(body: Mapping[str, Any], key: str, place: str) -> Limit:
    value = body.get(key)
    if value is None or value == "today" or isinstance(value, date):
        return cast(Limit, value)
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as fault:
        raise FormDefinitionError(f"{place}.{key}", "must be today or a date like 2026-11-23") from fault


def _whole(body: Mapping[str, Any], key: str, default: int, place: str) -> int:
    value = body.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or (value < 0 and key not in {"minimum", "maximum"}):
        raise FormDefinitionError(f"{place}.{key}", "must be a whole number")
    return value


def _reminder(body: Mapping[str, Any], widget: Widget, values: set[str], place: str) -> Reminder | None:
    """Return what is said beside some answers, from {text, answers} or, of a date, {text, younger_than_years}."""
    if "x-remind" not in body:
        return None
    where = f"{place}.x-remind"
    said = _mapping(body["x-remind"], where)
    ground = "younger_than_years" if widget in {"date", "partial-date"} else "answers"
    if set(said) != {"text", ground}:
        raise FormDefinitionError(where, f"must hold text and {ground}, nothing else")
    text = read_texts(said["text"], f"{where}.text", optional=False)
    if ground == "younger_than_years":
        return Reminder(text, younger_than_years=_whole(said, ground, 0, where))
    listed = said["answers"]
    possible = {True, False} if widget == "boolean" else values
    if not isinstance(listed, list) or not listed or any(not isinstance(one, str | bool) or one not in possible for one in listed):
        raise FormDefinitionError(f"{where}.answers", "must list answers that the question can have")
    return Reminder(text, answers=tuple(listed))


def _string(body: Mapping[str, Any], key: str, place: str) -> str:
    value = body.get(key, "")
    if not isinstance(value, str):
        raise FormDefinitionError(f"{place}.{key}", "must be a text")
    return value


def _boolean(body: Mapping[str, Any], key: str, place: str) -> bool:
    value = body.get(key, False)
    if not isinstance(value, bool):
        raise FormDefinitionError(f"{place}.{key}", "must be true or false")
    return value


def _mapping(value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or any(not isinstance(key, str) for key in value):
        raise FormDefinitionError(place, "must be a map with names as keys")
    return value
