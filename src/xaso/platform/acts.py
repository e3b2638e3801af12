"""What the acts in the audit record are called, in plain words: rooms declare the words of their own verbs here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xaso.platform.registries import outside_events

_words: dict[str, Any] = {}
_values: dict[str, dict[str, Any]] = {}
_facts: dict[str, dict[str, "Fact | None"]] = {}

SOMETHING = _("Làm một việc với thông tin")


@dataclass(frozen=True)
class Fact:
    """What stands beside an act in the record: its label, and what its codes are called; other values stand as they are."""

    label: Any
    words: Mapping[str, Any] = field(default_factory=dict)


def declare_acts(words: Mapping[str, Any]) -> None:
    """Register lazy texts for verbs. Raises ValueError for a verb that already has other words."""
    for verb, text in words.items():
        if verb in _words and _words[verb] != text:
            raise ValueError(f"two texts for the act {verb!r}")
        _words[verb] = text


def act_in_words(verb: str) -> str:
    """Return what the act is called; a verb without words gives a general sentence, never the verb."""
    return str(_words.get(verb, SOMETHING))


def declare_values(verb: str, words: Mapping[str, Any]) -> None:
    """Register what the values of an act are called, which stand in the record by their codes."""
    _values.setdefault(verb, {}).update(words)


def value_in_words(verb: str, value: object) -> str:
    """Return a value of an act in words: those of its room, or of a fact that programs outside are told of; else as it stands.

    Empty for what is no text and no number.
    """
    if not isinstance(value, str | int) or isinstance(value, bool):
        return ""
    if event := outside_events.find(str(value)):
        return str(event.label)
    return str(_values.get(verb, {}).get(str(value), value))


def declare_facts(of: str, facts: "Mapping[str, Fact | None]") -> None:
    """Register what stands beside the acts of a room, or beside one act; None for what is of use to the software alone, like ids."""
    _facts.setdefault(of, {}).update(facts)


def facts_in_words(verb: str, detail: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what stands beside an act, each as its label and words, in the order in which they were declared: PostgreSQL keeps none.

    What is empty, or for the software alone, is left out.
    """
    known = {**_facts.get(verb.partition(".")[0], {}), **_facts.get(verb, {})}
    names = [*(name for name in known if name in detail), *(name for name in detail if name not in known)]
    told = ((known.get(name, Fact(name)), detail[name]) for name in names)
    said = ((fact, _told(fact, value)) for fact, value in told if fact is not None)
    return [{str(fact.label): text} for fact, text in said if text]


def _told(fact: Fact, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("Có") if value else gettext("Không")
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (_told(fact, one) for one in value)))
    return "" if value is None else str(fact.words.get(str(value), value))
