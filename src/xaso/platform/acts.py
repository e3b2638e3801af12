"""What the acts in the audit record are called, in plain words: rooms declare the words of their own verbs here."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from xaso.platform.registries import outside_events

_words: dict[str, Any] = {}
_values: dict[str, dict[str, Any]] = {}

SOMETHING = _("Làm một việc với thông tin")


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
