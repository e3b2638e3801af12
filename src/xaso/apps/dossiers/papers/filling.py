"""Fills a paper's content from the catalogue's own description, so that a new result needs data and no code.

A text may hold places: `{name}` is the answer as stored, `{shown.name}` the answer as people read it, `{words.name}` an amount in words,
`{field.name}` what the officer prepared, `{fact.name}` what is known of the case (commune, number, today …). A text that is one place takes
the value as it is. `{each: table, as: …}` makes one entry a row, in which `{name}` is the row's answer first.
`{if: name, is: value, then: …, else: …}` chooses. Nothing is evaluated, and what a place holds is never read for places again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from xaso.kernel.money import in_words

PLACE = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


@dataclass(frozen=True)
class Sources:
    """Where places take their values from."""

    answers: Mapping[str, Any]
    shown: Mapping[str, str]
    fields: Mapping[str, Any]
    facts: Mapping[str, str]
    prefix: str = ""

    def value(self, name: str) -> Any:
        """Return what stands in a place; empty for what is not known."""
        source, _dot, rest = name.partition(".")
        if source == "shown" and rest:
            return self.shown.get(self.prefix + rest) or self.shown.get(rest, "")
        if source == "field" and rest:
            return self.fields.get(rest, "")
        if source == "fact" and rest:
            return self.facts.get(rest, "")
        if source == "words" and rest:
            amount = self.answers.get(rest)
            return in_words(amount) if isinstance(amount, int) else ""
        found = self.answers.get(name)
        return "" if found is None else found


def filled(pattern: Any, sources: Sources) -> Any:
    """Return the pattern with every place filled."""
    if isinstance(pattern, str):
        return _text(pattern, sources)
    if isinstance(pattern, list):
        return [filled(entry, sources) for entry in pattern]
    if isinstance(pattern, Mapping):
        if "each" in pattern:
            return _rows(pattern, sources)
        if "if" in pattern:
            chosen = "then" if sources.value(pattern["if"]) == pattern["is"] else "else"
            return filled(pattern.get(chosen, ""), sources)
        return {key: filled(entry, sources) for key, entry in pattern.items()}
    return pattern


def _text(pattern: str, sources: Sources) -> Any:
    whole = PLACE.fullmatch(pattern)
    if whole:
        return sources.value(whole[1])
    return PLACE.sub(lambda place: str(sources.value(place[1])), pattern)


def _rows(pattern: Mapping[str, Any], sources: Sources) -> list[Any]:
    rows = sources.answers.get(pattern["each"])
    if not isinstance(rows, list):
        return []
    return [
        filled(pattern["as"], replace(sources, answers={**sources.answers, **row}, prefix=f"{pattern['each']}-{number}-"))
        for number, row in enumerate(rows)
        if isinstance(row, Mapping)
    ]
