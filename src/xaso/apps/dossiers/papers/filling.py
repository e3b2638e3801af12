"""Fills a paper's content from the catalogue's own description, so that a new result needs data and no code.

A text may hold places, which are filled with

- `{name}`: the answer as it is stored; inside `each`, the row's answer first;
- `{shown.name}`: the answer as people read it;
- `{field.name}`: what the officer prepared, for a field with options the words of the chosen one;
- `{fact.name}`: what is known of the case (docs/procedures.md lists them);
- `{words.…}`: any of these in words: an amount, a date, an hour; `{words.capital}`, `{words.field.child_birth}`;
- `{long.…}`: a date or an hour written out in figures: `ngày 05 tháng 11 năm 2026`, `14 giờ 30 phút`.

A text that is one place takes the value as it is. Besides texts and lists there are

- `{each: table, as: …}`: one entry a row of an answered table; with `with: "; "` they are joined to one text;
- `{join: […], with: ", "}`: the pieces in one text, without those of which every place is empty;
- `{lines: place, as: [name, …]}`: one entry a written line, its parts divided by a colon;
- `{match: place, cases: {value: …}}`: what belongs to the value, nothing for another: no case is ever taken for want of a better;
- `{if: place, is: value, then: …, else: …}`.

`match` and `if` compare the value itself: the answer, or a field's chosen option. Nothing is evaluated, and what a place holds is never
read for places again.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from xaso.kernel.errors import Refusal
from xaso.kernel.money import in_words, parse_vnd
from xaso.kernel.partial_dates import PartialDate
from xaso.kernel.spelt_dates import Hour, date_at_length, date_in_words, hour_at_length, hour_in_words

PLACE = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


@dataclass(frozen=True)
class Sources:
    """Where places take their values from. `field_words` says a field's chosen option in words, by field and value."""

    answers: Mapping[str, Any]
    shown: Mapping[str, str]
    fields: Mapping[str, Any]
    facts: Mapping[str, str]
    field_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    prefix: str = ""

    def value(self, name: str) -> Any:
        """Return what stands in a place; empty for what is not known."""
        source, _dot, rest = name.partition(".")
        if source == "words" and rest:
            return _in_words(self.value(rest))
        if source == "long" and rest:
            return _at_length(self.value(rest))
        if source == "field" and rest:
            chosen = self.raw(name)
            return self.field_words.get(rest, {}).get(chosen, chosen)
        return self.raw(name)

    def raw(self, name: str) -> Any:
        """Return the value that conditions compare."""
        source, _dot, rest = name.partition(".")
        if source == "shown" and rest:
            return self.shown.get(self.prefix + rest) or self.shown.get(rest, "")
        if source == "field" and rest:
            return self.fields.get(rest, "")
        if source == "fact" and rest:
            return self.facts.get(rest, "")
        found = self.answers.get(name)
        return "" if found is None else found


def filled(pattern: Any, sources: Sources) -> Any:
    """Return the pattern with every place filled."""
    if isinstance(pattern, str):
        return _text(pattern, sources)
    if isinstance(pattern, list):
        return [filled(entry, sources) for entry in pattern]
    if isinstance(pattern, Mapping):
        construct = next((fill for key, fill in _CONSTRUCTS.items() if key in pattern), None)
        if construct is not None:
            return construct(pattern, sources)
        return {key: filled(entry, sources) for key, entry in pattern.items()}
    return pattern


def _text(pattern: str, sources: Sources) -> Any:
    whole = PLACE.fullmatch(pattern)
    if whole:
        return sources.value(whole[1])
    return PLACE.sub(lambda place: str(sources.value(place[1])), pattern)


def _each(pattern: Mapping[str, Any], sources: Sources) -> Any:
    rows = sources.answers.get(pattern["each"])
    entries = [
        filled(pattern["as"], replace(sources, answers={**sources.answers, **row}, prefix=f"{pattern['each']}-{number}-"))
        for number, row in enumerate(rows if isinstance(rows, list) else [])
        if isinstance(row, Mapping)
    ]
    return pattern["with"].join(str(entry) for entry in entries) if "with" in pattern else entries


def _join(pattern: Mapping[str, Any], sources: Sources) -> str:
    pieces = [str(filled(piece, sources)) for piece in pattern["join"] if _says_something(piece, sources)]
    return str(pattern["with"]).join(piece for piece in pieces if piece.strip())


def _says_something(piece: Any, sources: Sources) -> bool:
    places = PLACE.findall(piece) if isinstance(piece, str) else []
    return not places or any(str(sources.value(place)).strip() for place in places)


def _lines(pattern: Mapping[str, Any], sources: Sources) -> list[dict[str, str]]:
    written = str(sources.value(pattern["lines"])).splitlines()
    return [dict(zip(pattern["as"], _parts(line, len(pattern["as"])), strict=True)) for line in written if line.strip()]


def _parts(line: str, count: int) -> Iterator[str]:
    parts = line.split(":", count - 1)
    yield from (part.strip() for part in parts)
    yield from [""] * (count - len(parts))


def _match(pattern: Mapping[str, Any], sources: Sources) -> Any:
    return filled(pattern["cases"].get(sources.raw(pattern["match"]), ""), sources)


def _if(pattern: Mapping[str, Any], sources: Sources) -> Any:
    chosen = "then" if sources.raw(pattern["if"]) == pattern["is"] else "else"
    return filled(pattern.get(chosen, ""), sources)


_CONSTRUCTS = {"each": _each, "join": _join, "lines": _lines, "match": _match, "if": _if}


def _in_words(value: Any) -> str:
    """Return an amount, a date or an hour in words; empty for what is none of them."""
    if isinstance(value, int) and not isinstance(value, bool):
        return in_words(value)
    if (date := _date(value)) is not None:
        return date_in_words(date)
    if (hour := _hour(value)) is not None:
        return hour_in_words(hour)
    try:
        return in_words(parse_vnd(str(value)))
    except Refusal:
        return ""


def _at_length(value: Any) -> str:
    """Return a date or an hour written out in figures; what is neither stays as it was typed."""
    if (date := _date(value)) is not None:
        return date_at_length(date)
    hour = _hour(value)
    return str(value) if hour is None else hour_at_length(hour)


def _date(value: Any) -> PartialDate | None:
    for read in (PartialDate.from_iso, PartialDate.parse):
        try:
            return read(str(value))
        except Refusal:
            continue
    return None


def _hour(value: Any) -> Hour | None:
    try:
        return Hour.parse(str(value))
    except Refusal:
        return None
