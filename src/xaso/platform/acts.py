"""What the acts in the audit record are called, in plain words: rooms declare the words of their own verbs here."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

_words: dict[str, Any] = {}

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
