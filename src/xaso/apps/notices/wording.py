"""The texts that rooms declare for their notices, per channel and language, checked when they are declared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FALLBACK_LANGUAGE = "vi"
_PLACE = re.compile(r"%(?:\((\w+)\)s|%)")

Params = Mapping[str, Any]


@dataclass(frozen=True)
class Wording:
    """The texts of one notice: `sms[language]` and `email[language] = (title, body)`, with %(name)s places.

    A value that is said otherwise in each language is a mapping by language; SMS and e-mail of one notice may differ in theirs.
    """

    code: str
    sms: Mapping[str, str]
    email: Mapping[str, tuple[str, str]]

    def sms_text(self, language: str, params: Params) -> str:
        """Return the SMS. Raises KeyError for a value that is missing."""
        return self.sms[language] % _in(language, params)

    def email_texts(self, language: str, params: Params) -> tuple[str, str]:
        """Return title (one line) and body of the e-mail. Raises KeyError for a value that is missing."""
        title, body = self.email[language]
        params = _in(language, params)
        return " ".join((title % params).split()), body % params


def _in(language: str, params: Params) -> Params:
    return {name: value[language_for(value, language)] if isinstance(value, Mapping) else value for name, value in params.items()}


_declared: dict[str, Wording] = {}


def declare(code: str, texts: Mapping[str, Mapping[str, Any]]) -> None:
    """Register a notice: `{"sms": {"vi": …}, "email": {"vi": {"subject": …, "body": …}}}`; either channel may be left out.

    Raises ValueError when the code is taken, Vietnamese is missing, a text has a place that is not %(name)s, or languages of one channel
    have different places: a fault that would else show when a person should be told.
    """
    if code in _declared:
        raise ValueError(f"the notice {code!r} is declared twice")
    sms = dict(texts.get("sms", {}))
    email = {language: (parts["subject"], parts["body"]) for language, parts in texts.get("email", {}).items()}
    if not sms and not email:
        raise ValueError(f"the notice {code!r} has no texts")
    _check(code, sms)
    _check(code, {language: "\n".join(parts) for language, parts in email.items()})
    _declared[code] = Wording(code, sms, email)


def wording_of(code: str) -> Wording:
    """Return the texts of a notice. Raises KeyError for a code that nobody declared."""
    return _declared[code]


def declared() -> tuple[Wording, ...]:
    """Return all notices, by code."""
    return tuple(_declared[code] for code in sorted(_declared))


def places_in(text: str) -> frozenset[str]:
    """Return the names of the places in a text. Raises ValueError for a percent sign that is neither %(name)s nor %%."""
    if "%" in _PLACE.sub("", text):
        raise ValueError(f"a place must be written %(name)s, a percent sign %%: {text!r}")
    return frozenset(name for name in _PLACE.findall(text) if name)


def language_for(texts: Mapping[str, Any], wanted: str) -> str:
    """Return the wanted language if there is a text in it, else Vietnamese, in which there always is one."""
    return wanted if wanted in texts else FALLBACK_LANGUAGE


def _check(code: str, texts: Mapping[str, str]) -> None:
    if not texts:
        return
    if FALLBACK_LANGUAGE not in texts:
        raise ValueError(f"the notice {code!r} has no Vietnamese text")
    expected = places_in(texts[FALLBACK_LANGUAGE])
    for language, text in texts.items():
        if places_in(text) != expected:
            raise ValueError(f"the notice {code!r} has other places in {language!r} than in Vietnamese")
