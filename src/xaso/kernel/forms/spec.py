"""A form as a whole: made once from its definition, then asked many times. It holds no answers."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from xaso.kernel.forms.checks import Circumstances, fault_of
from xaso.kernel.forms.definition import check_conditions, read_conditions, read_fields, read_texts
from xaso.kernel.forms.fields import Condition, Field, Screen, asked
from xaso.kernel.forms.reading import PageReader, Post, Reading, clean_value
from xaso.kernel.forms.schema import compile_schema
from xaso.kernel.forms.summary import Section, Tongue, summarise
from xaso.kernel.forms.verdicts import Choices, FieldError, FormDefinitionError, Path

_SCHEMA_KEYS = {"$schema", "$id", "$comment", "title", "description", "type", "properties", "required", "additionalProperties"}
_SCREEN_KEYS = {"id", "title", "intro", "fields", "when"}


class FormSpec:
    """The questions of a form, in the order of its screens. Safe to share between threads."""

    def __init__(self, fields: Sequence[Field], screens: Sequence[Screen]) -> None:
        self.fields = tuple(fields)
        self.screens = tuple(screens)
        self._by_name = {one.name: one for one in self.fields}
        self._by_id = {one.id: one for one in self.screens}

    @classmethod
    def from_dict(cls, definition: Mapping[str, Any]) -> "FormSpec":
        """Read and check {schema, screens}. Raises FormDefinitionError that names the property or screen at fault."""
        if not isinstance(definition, Mapping) or set(definition) != {"schema", "screens"}:
            raise FormDefinitionError("form", "must hold schema and screens, nothing else")
        schema = definition["schema"]
        if not isinstance(schema, Mapping) or set(schema) - _SCHEMA_KEYS:
            raise FormDefinitionError("schema", f"may hold only {', '.join(sorted(_SCHEMA_KEYS))}")
        by_name = {one.name: one for one in read_fields(schema, "schema")}
        screens = _read_screens(definition["screens"], by_name)
        fields = [
            replace(by_name[name], conditions=(*screen.conditions, *by_name[name].conditions))
            for screen in screens
            for name in screen.fields
        ]
        left_out = set(by_name) - {one.name for one in fields}
        if left_out:
            raise FormDefinitionError("screens", f"no screen asks {', '.join(sorted(left_out))}")
        check_conditions(fields, "schema")
        return cls(fields, screens)

    @cached_property
    def compiled_schema(self) -> dict[str, Any]:
        """Return the standard JSON Schema 2020-12 of the answers. Do not change it: it is shared."""
        return compile_schema(self.fields)

    def field(self, name: str) -> Field:
        """Return the field of that name. Raises KeyError."""
        return self._by_name[name]

    def screen(self, screen_id: str) -> Screen | None:
        return self._by_id.get(screen_id)

    def asked_on(self, screen: Screen, answers: Mapping[str, Any]) -> tuple[Field, ...]:
        """Return the screen's questions that exist for these answers."""
        return tuple(one for one in asked(self.fields, answers) if one.name in screen.fields)

    def screens_for(self, answers: Mapping[str, Any]) -> tuple[Screen, ...]:
        """Return the screens that have something to ask."""
        names = {one.name for one in asked(self.fields, answers)}
        return tuple(one for one in self.screens if not names.isdisjoint(one.fields))

    def decides(self, screen: Screen, further: Iterable[Condition] = ()) -> bool:
        """Tell whether an answer on the screen may open or close a question, here or on a later screen, or meet a further condition."""
        deciding = {condition.field for one in self.fields for condition in one.conditions} | {condition.field for condition in further}
        return any(name in deciding or _decides_within(self._by_name[name]) for name in screen.fields)

    def first_unfinished(self, answers: Mapping[str, Any], *, today: date | None = None, choices: Choices | None = None) -> Screen | None:
        """Return the first screen with something missing or wrong; None when all is done."""
        wrong = {error.path[0] for error in self.validate(answers, today=today, choices=choices)}
        return next((one for one in self.screens if not wrong.isdisjoint(one.fields)), None)

    def parse(
        self,
        page: Screen | Collection[str] | None,
        post: Mapping[str, Any],
        *,
        known: Mapping[str, Any] | None = None,
        today: date | None = None,
        choices: Choices | None = None,
        prefix: str = "",
    ) -> Reading:
        """Read a submitted page (a screen, some field names, or None for the whole form) into the answers known so far.

        `prefix` is that of the names in HTML, where the form shares its page with other questions.
        Reads `add-<table>` and `drop-<table>-<row>` buttons too. What cannot be read stays in the answers as typed, with its error.
        """
        names = frozenset(self._by_name if page is None else page.fields if isinstance(page, Screen) else page)
        reader = PageReader(Post(post, prefix))
        answers = reader.read_page(self.fields, names, known or {})
        errors = () if reader.rows_changed else self._errors_on_page(answers, names, reader.new_questions, Circumstances(today, choices))
        return Reading(answers, errors, asks_again=reader.rows_changed or bool(reader.new_questions))

    def validate(self, answers: object, *, today: date | None = None, choices: Choices | None = None) -> list[FieldError]:
        """Return all that is wrong with a document, in the order of the form; never raises, whatever JSON it is.

        Answers to questions that are not asked are not looked at. Without `today` or `choices` the rules that need them are left out.
        """
        return list(_object_errors(self.fields, answers, (), Circumstances(today, choices)))

    def read_document(self, document: object, *, today: date | None = None, choices: Choices | None = None) -> Reading:
        """Clean, check and prune a document that a program sent. The answers are fit to keep only if there are no errors."""
        cleaned = _cleaned(self.fields, document)
        errors = tuple(self.validate(cleaned, today=today, choices=choices))
        return Reading(self.prune(cleaned), errors)

    def prune(self, answers: object) -> dict[str, Any]:
        """Return only the answers to questions that exist, without empty ones and blank rows; a chain of conditions falls as a whole."""
        return _pruned(self.fields, answers)

    def summary(
        self,
        answers: Mapping[str, Any],
        language: str = "vi",
        *,
        choices: Choices | None = None,
        yes_no: tuple[str, str] = ("Có", "Không"),
        today: date | None = None,
    ) -> tuple[Section, ...]:
        """Return what was asked and answered, screen by screen, as people read it; with `today` also what the ages remind of."""
        tongue = Tongue(language, choices or {}, yes_no, today)
        return tuple(summarise(one, self.asked_on(one, answers), answers, tongue) for one in self.screens_for(answers))

    def _errors_on_page(
        self, answers: Mapping[str, Any], names: Collection[str], new_questions: Collection[Path], around: Circumstances
    ) -> tuple[FieldError, ...]:
        found = _object_errors(self.fields, answers, (), around)
        return tuple(error for error in found if error.path[0] in names and error.path not in new_questions)


def _decides_within(field: Field) -> bool:
    return any(one.conditions or _decides_within(one) for one in field.fields)


def _read_screens(listed: Any, by_name: Mapping[str, Field]) -> tuple[Screen, ...]:
    if not isinstance(listed, list) or not listed:
        raise FormDefinitionError("screens", "must list at least one screen")
    screens: list[Screen] = []
    used: set[str] = set()
    for number, body in enumerate(listed):
        place = f"screens[{number}]"
        if not isinstance(body, Mapping) or set(body) - _SCREEN_KEYS or not isinstance(body.get("id"), str):
            raise FormDefinitionError(place, f"must have an id and hold only {', '.join(sorted(_SCREEN_KEYS))}")
        names = body.get("fields")
        if not isinstance(names, list) or not names:
            raise FormDefinitionError(f"{place}.fields", "must name at least one field")
        if any(name not in by_name or name in used for name in names) or len(set(names)) < len(names):
            raise FormDefinitionError(f"{place}.fields", "must name properties of the schema, each on one screen only")
        if body["id"] in {one.id for one in screens}:
            raise FormDefinitionError(f"{place}.id", "two screens have the same id")
        used |= set(names)
        screens.append(
            Screen(
                id=body["id"],
                title=read_texts(body.get("title"), f"{place}.title", optional=False),
                intro=read_texts(body.get("intro"), f"{place}.intro"),
                fields=tuple(names),
                conditions=read_conditions(body.get("when"), f"{place}.when"),
            )
        )
    return tuple(screens)


def _object_errors(fields: Sequence[Field], answers: object, above: Path, around: Circumstances) -> Iterator[FieldError]:
    if not isinstance(answers, Mapping):
        yield FieldError(above, "wrong_type")
        return
    names = {one.name for one in fields}
    for key in answers:
        if key not in names:
            yield FieldError((*above, key), "unknown_field")
    for one in asked(fields, answers):
        yield from _field_errors(one, answers, (*above, one.name), around)


def _field_errors(field: Field, answers: Mapping[str, Any], path: Path, around: Circumstances) -> Iterator[FieldError]:
    value = answers.get(field.name)
    if value is None:
        if field.widget == "group" and field.must_be_given:
            yield from _object_errors(field.fields, {}, path, around)
        elif field.name in answers or field.must_be_given:
            yield FieldError(path, *_lack_of(field))
    elif field.widget == "group":
        yield from _object_errors(field.fields, value, path, around)
    elif field.widget == "table":
        yield from _table_errors(field, value, path, around)
    elif fault := fault_of(field, value, around):
        yield FieldError(path, *fault)


def _lack_of(field: Field) -> tuple[str, dict[str, Any]]:
    return ("too_few", {"min": max(1, field.min_items)}) if field.widget == "table" else ("missing", {})


def _table_errors(field: Field, value: object, path: Path, around: Circumstances) -> Iterator[FieldError]:
    if not isinstance(value, list):
        yield FieldError(path, "wrong_type")
        return
    if len(value) < field.min_items:
        yield FieldError(path, "too_few", {"min": field.min_items})
    if len(value) > field.max_items:
        yield FieldError(path, "too_many", {"max": field.max_items})
        return
    for number, row in enumerate(value):
        yield from _object_errors(field.fields, row, (*path, number), around)


def _cleaned(fields: Sequence[Field], document: object) -> object:
    """Return the document with the texts of known fields cleaned; the rest as it is, for the check to name."""
    if not isinstance(document, Mapping):
        return document
    cleaned = dict(document)
    for one in fields:
        value = cleaned.get(one.name)
        if one.widget == "group":
            cleaned |= {one.name: _cleaned(one.fields, value)} if one.name in cleaned else {}
        elif one.widget == "table" and isinstance(value, list):
            cleaned[one.name] = [_cleaned(one.fields, row) for row in value]
        elif value is not None:
            cleaned[one.name] = clean_value(one, value)
    return cleaned


def _pruned(fields: Sequence[Field], answers: object) -> dict[str, Any]:
    if not isinstance(answers, Mapping):
        return {}
    kept: dict[str, Any] = {}
    for one in asked(fields, answers):
        value = answers.get(one.name)
        if one.widget == "group":
            value = _pruned(one.fields, value) or None
        elif one.widget == "table" and isinstance(value, list):
            value = [row for row in (_pruned(one.fields, row) for row in value) if row] or None
        if value is not None:
            kept[one.name] = value
    return kept
