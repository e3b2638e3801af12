"""Finding procedures: by plain words, by life event, by field, by address. Works on a snapshot; asks no database.

Lists are those of a commune, since what it decides for itself says which procedures it only guides; without one the law's own counts.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language

from xaso.apps.procedures import decided, memory, words
from xaso.apps.procedures.memory import Snapshot
from xaso.apps.procedures.national.decides import OTHER
from xaso.apps.procedures.shapes import ProcedureVersion
from xaso.kernel.forms import in_language
from xaso.kernel.search import SearchDocument, SearchIndex
from xaso.kernel.text import vietnamese_sort_key
from xaso.kernel.worktime import VN
from xaso.platform import clock

NOT_POPULAR = 1000
LINES_A_PAGE = 50
NO_COMMUNE = UUID(int=0)
"""Stands for a visitor without a commune: nobody decided anything for it."""


class Listed(NamedTuple):
    """A procedure as a line of a list, in one language; the legal name is always Vietnamese.

    `guided`: the commune only shows the way. Then `taken_by` is the place that takes it, empty where nobody said. `decides` is what the
    national database says of an imported procedure: commune, other or unknown.
    """

    code: str
    name: str
    legal_name: str
    summary: str
    field: str
    life_events: tuple[str, ...]
    guided: bool
    taken_by: str
    decides: str

    @property
    def guided_in_words(self) -> str:
        """Say who takes or decides what the commune only guides; empty for what it takes in."""
        return words.guided(self.taken_by, self.decides) if self.guided else ""


@dataclass(frozen=True, slots=True)
class Place:
    """For whom procedures are listed, and with what: the catalogue, the commune, the language, the day."""

    snapshot: Snapshot
    commune_id: UUID
    language: str
    on: date

    def in_force(self) -> list[ProcedureVersion]:
        """Return the version of every procedure that is in force on the day."""
        return self.snapshot.valid_on(self.on)


def place_of(request: HttpRequest, language: str = "") -> Place:
    """Return what a visitor sees now, in the language or else that of the page."""
    commune = request.commune  # type: ignore[attr-defined]
    today = clock.now().astimezone(VN).date()
    return Place(memory.snapshot(), commune.id if commune else NO_COMMUNE, language or get_language() or "vi", today)


def search(place: Place, text: str) -> list[Listed]:
    """Return all that fits plain words, best first; for no words everything, the most used first.

    What others than the commune decide, as far as the national database says so, comes after everything else that fits.
    """
    if not text.strip():
        return by_use(place)
    found = (place.snapshot.current(hit.key, place.on) for index in _indexes(place) for hit in index.find(text[:200]))
    return [_listed(place, version) for version in found if version]


def _indexes(place: Place) -> tuple[SearchIndex, SearchIndex]:
    """Return what the commune may decide and what others do, each with its own index, so that neither crowds the other out."""

    def make() -> tuple[SearchIndex, SearchIndex]:
        first = first_documents(place)
        known = {one.key for one in first}
        others = (search_document(version) for version in place.in_force() if version.code not in known)
        return SearchIndex(first), SearchIndex(others)

    return place.snapshot.once(("index", place.on), make)


def first_documents(place: Place) -> list[SearchDocument]:
    """Return what procedures are found by, but for those that others decide as far as the national database says so."""
    return [search_document(version) for version in place.in_force() if not (version.national and version.national.decides == OTHER)]


def by_use(place: Place) -> list[Listed]:
    """Return all procedures in force, those of the catalogue first, the most used before the others, then by name."""
    return [_listed(place, version) for version in sorted(place.in_force(), key=lambda one: _use(one, place.language))]


def of_catalogue(place: Place) -> list[Listed]:
    """Return the procedures of the catalogue, and the imported ones that the commune does more than guide, the most used first."""

    def make() -> list[Listed]:
        return [one for one in by_use(place) if not (one.guided and one.decides)]

    return place.snapshot.once(("of_catalogue", place.commune_id, place.language, place.on), make)


def national_fields(place: Place) -> list[tuple[str, int]]:
    """Return the fields of the imported procedures as the source names them, with how many each has, by name."""

    def count() -> list[tuple[str, int]]:
        counted = Counter(version.national.cells.get("linh_vuc", "").strip() for version in place.in_force() if version.national)
        return sorted(counted.items(), key=lambda one: vietnamese_sort_key(one[0]))

    return place.snapshot.once(("national_fields", place.on), count)


def of_national_field(place: Place, field: str) -> list[Listed]:
    """Return the imported procedures of one field of the source, by name."""
    found = [version for version in place.in_force() if version.national and version.national.cells.get("linh_vuc", "").strip() == field]
    return sorted((_listed(place, version) for version in found), key=lambda one: vietnamese_sort_key(one.name))


def most_used(place: Place, limit: int) -> list[Listed]:
    """Return the procedures that people do most."""
    used = sorted((one for one in place.in_force() if one.popular), key=lambda one: _use(one, place.language))
    return [_listed(place, version) for version in used[:limit]]


def in_alphabet(place: Place) -> list[Listed]:
    """Return what `of_catalogue` does, by name."""

    def sort() -> list[Listed]:
        return sorted(of_catalogue(place), key=lambda one: vietnamese_sort_key(one.name))

    return place.snapshot.once(("in_alphabet", place.commune_id, place.language, place.on), sort)


def by_address(snapshot: Snapshot, name: str, on: date) -> ProcedureVersion | None:
    """Return the version in force whose code or slug is the name."""
    found = snapshot.current(name, on)
    return found or next((version for version in snapshot.valid_on(on) if version.slug == name), None)


def ended(snapshot: Snapshot, name: str, on: date) -> ProcedureVersion | None:
    """Return the version, of the code or slug, that was the last one in force and is no more."""
    past = (version for versions in snapshot.by_code.values() for version in versions if version.valid_until and version.valid_until < on)
    named = [version for version in past if name in {version.code, version.slug}]
    return max(named, key=lambda version: version.valid_until or on, default=None)


def grouped(listed: Iterable[Listed]) -> dict[str, list[Listed]]:
    """Return the procedures by field, fields in order of appearance."""
    groups: dict[str, list[Listed]] = {}
    for one in listed:
        groups.setdefault(one.field, []).append(one)
    return groups


def _use(version: ProcedureVersion, language: str) -> tuple[bool, int, str]:
    return version.national is not None, version.popular or NOT_POPULAR, version.name(language)


def _listed(place: Place, version: ProcedureVersion) -> Listed:
    return Listed(
        version.code,
        version.name(place.language),
        version.legal_name,
        in_language(version.summary, place.language),
        version.field,
        version.life_events,
        guided=decided.is_guided(place.snapshot, place.commune_id, version, place.on),
        taken_by=decided.taken_by(place.snapshot, place.commune_id, version, place.on),
        decides=version.national.decides if version.national else "",
    )


def search_document(version: ProcedureVersion) -> SearchDocument:
    """Return what a procedure is found by."""
    return SearchDocument(
        key=version.code,
        names=tuple(version.plain_name.values()),
        legal_names=(version.legal_name,),
        synonyms=tuple(word for words in version.synonyms.values() for word in words),
        life_events=tuple(word for event in version.life_events for word in words.LIFE_EVENT_WORDS[event]),
        keywords=(version.code, *([version.slug.replace("-", " ")] if version.slug != version.code else [])),
        rank=version.popular or NOT_POPULAR,
    )
