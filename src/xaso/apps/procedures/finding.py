"""Finding procedures: by plain words, by life event, by field, by address. Works on a snapshot; asks no database.

Lists are those of a commune, since what it decides for itself says which procedures it only guides; without one the law's own counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest

from xaso.apps.procedures import decided, words
from xaso.apps.procedures.memory import Snapshot
from xaso.apps.procedures.shapes import ProcedureVersion
from xaso.kernel.forms import in_language
from xaso.kernel.search import SearchDocument, SearchIndex
from xaso.kernel.text import vietnamese_sort_key

NOT_POPULAR = 1000
NO_COMMUNE = UUID(int=0)
"""Stands for a visitor without a commune: nobody decided anything for it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A procedure as a line of a list, in one language; the legal name is always Vietnamese.

    `taken_by` names who takes it at a counter when the commune only guides; else it is empty.
    """

    code: str
    name: str
    legal_name: str
    summary: str
    field: str
    life_events: tuple[str, ...]
    taken_by: str


def search(snapshot: Snapshot, text: str, language: str, on: date, commune_id: UUID = NO_COMMUNE) -> list[Listed]:
    """Return what fits plain words, best first; for no words everything, the most used first."""
    if not text.strip():
        return by_use(snapshot, language, on, commune_id)
    index = snapshot.once(("index", on), lambda: SearchIndex(_search_document(version) for version in snapshot.valid_on(on)))
    found = (snapshot.current(hit.key, on) for hit in index.find(text[:200]))
    return [_listed(snapshot, version, language, on, commune_id) for version in found if version]


def by_use(snapshot: Snapshot, language: str, on: date, commune_id: UUID = NO_COMMUNE) -> list[Listed]:
    """Return all procedures in force, the most used first, then by name."""
    used = sorted(snapshot.valid_on(on), key=lambda one: _use(one, language))
    return [_listed(snapshot, version, language, on, commune_id) for version in used]


def most_used(snapshot: Snapshot, language: str, on: date, limit: int, commune_id: UUID = NO_COMMUNE) -> list[Listed]:
    """Return the procedures that people do most."""
    used = sorted((one for one in snapshot.valid_on(on) if one.popular), key=lambda one: _use(one, language))
    return [_listed(snapshot, version, language, on, commune_id) for version in used[:limit]]


def in_alphabet(snapshot: Snapshot, language: str, on: date, commune_id: UUID = NO_COMMUNE) -> list[Listed]:
    """Return all procedures in force by name."""
    return sorted(by_use(snapshot, language, on, commune_id), key=lambda one: vietnamese_sort_key(one.name))


def by_address(snapshot: Snapshot, name: str, on: date) -> ProcedureVersion | None:
    """Return the version in force whose code or slug is the name."""
    found = snapshot.current(name, on)
    return found or next((version for version in snapshot.valid_on(on) if version.slug == name), None)


def commune_id_of(request: HttpRequest) -> UUID:
    """Return whose lists a visitor sees."""
    commune = request.commune  # type: ignore[attr-defined]
    return commune.id if commune else NO_COMMUNE


def grouped(listed: Iterable[Listed]) -> dict[str, list[Listed]]:
    """Return the procedures by field, fields in order of appearance."""
    groups: dict[str, list[Listed]] = {}
    for one in listed:
        groups.setdefault(one.field, []).append(one)
    return groups


def _use(version: ProcedureVersion, language: str) -> tuple[int, str]:
    return version.popular or NOT_POPULAR, version.name(language)


def _listed(snapshot: Snapshot, version: ProcedureVersion, language: str, on: date, commune_id: UUID) -> Listed:
    return Listed(
        version.code,
        version.name(language),
        version.legal_name,
        in_language(version.summary, language),
        version.field,
        version.life_events,
        _taken_by(snapshot, version, on, commune_id),
    )


def _taken_by(snapshot: Snapshot, version: ProcedureVersion, on: date, commune_id: UUID) -> str:
    if not decided.is_guided(snapshot, commune_id, version, on):
        return ""
    return str(words.PLACES.get(decided.filing_place(snapshot, commune_id, version, "counter", on).value, ""))


def _search_document(version: ProcedureVersion) -> SearchDocument:
    return SearchDocument(
        key=version.code,
        names=tuple(version.plain_name.values()),
        legal_names=(version.legal_name,),
        synonyms=tuple(word for words in version.synonyms.values() for word in words),
        life_events=tuple(word for event in version.life_events for word in words.LIFE_EVENT_WORDS[event]),
        keywords=(version.code, version.slug.replace("-", " ")),
        rank=version.popular or NOT_POPULAR,
    )
