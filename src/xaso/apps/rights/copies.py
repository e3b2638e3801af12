"""A copy of everything that the rooms hold about one person, driven by what they declared: as plain values, and as people read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xaso.kernel.forms import in_language
from xaso.kernel.worktime import VN
from xaso.platform.pdf import frozen
from xaso.platform.personal_data import Holding, Person, holdings

DEEPEST = 6
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Part:
    """One holding's share of a copy: the fields' names with what people call them, and the person's rows."""

    holding: Holding
    labels: dict[str, str]
    records: list[dict[str, Any]]


def copy_of(person: Person) -> list[Part]:
    """Return the person's share of every holding that leads to persons, also of those that hold nothing of her. Some queries a holding."""
    return [_part(holding, person) for holding in holdings if holding.rows is not None]


def _part(holding: Holding, person: Person) -> Part:
    assert holding.rows is not None
    given = holding.given
    records = [{one.column: frozen(one.value(row)) for one in given} for row in holding.rows(person)]
    return Part(holding, {one.column: str(one.label) for one in given}, records)


def as_json(parts: Iterable[Part], head: Mapping[str, Any]) -> dict[str, Any]:
    """Return the copy for machines: stable names, with their words beside them."""
    return {
        "xaso": 1,
        **head,
        "holdings": [
            {
                "name": part.holding.name,
                "title": str(part.holding.title),
                "purpose": str(part.holding.purpose),
                "basis": str(part.holding.basis.text),
                "source": part.holding.basis.source,
                "labels": part.labels,
                "records": part.records,
            }
            for part in parts
        ],
    }


def as_read(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """Return the copy for people: titles, purposes, and rows of words; what is empty is left out."""
    return [
        {
            "title": str(part.holding.title),
            "purpose": str(part.holding.purpose),
            "records": [
                [[part.labels[name], text] for name, value in record.items() if (text := in_words(value))] for record in part.records
            ],
        }
        for part in parts
        if part.records
    ]


def in_words(value: Any, depth: int = 0) -> str:
    """Return a plain JSON value as lines that people read; "" for what is empty."""
    if value is None or value == "" or depth > DEEPEST:
        return ""
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, Mapping) and value.keys() <= LANGUAGES and "vi" in value:
        return str(in_language(value, get_language() or "vi"))
    if isinstance(value, Mapping):
        lines = ((name, in_words(one, depth + 1)) for name, one in value.items())
        return "\n".join(f"{name}: {text}" for name, text in lines if text)
    if isinstance(value, list):
        return "\n".join(filter(None, (in_words(one, depth + 1) for one in value)))
    return _moment_or_text(value) if isinstance(value, str) else str(value)


def _moment_or_text(text: str) -> str:
    """Return ISO instants and days as people write them; other texts as they stand."""
    if len(text) < 10 or not text[:4].isdigit() or text[4] != "-":
        return text
    try:
        if "T" in text:
            return datetime.fromisoformat(text).astimezone(VN).strftime("%H:%M %d/%m/%Y")
        return date.fromisoformat(text).strftime("%d/%m/%Y")
    except ValueError:
        return text
