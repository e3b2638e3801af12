"""Finding procedures: by plain words, by life event, by field, by address. Works on a snapshot; asks no database."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from xaso.apps.procedures import decided
from xaso.apps.procedures.memory import Snapshot
from xaso.apps.procedures.national.decides import OTHER
from xaso.apps.procedures.shapes import ProcedureVersion
from xaso.apps.procedures.words import LIFE_EVENT_WORDS
from xaso.kernel.forms import in_language
from xaso.kernel.search import SearchDocument, SearchIndex
from xaso.kernel.text import vietnamese_sort_key

NOT_POPULAR = 1000
NO_COMMUNE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Listed:
    """A procedure as a line of a list, in one language; the legal name is always Vietnamese."""

    code: str
    name: str
    legal_name: str
    summary: str
    field: str
    life_events: tuple[str, ...]
    guided: bool = False
    decides: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """For whom procedures are listed: what a commune has set makes an imported procedure one that can be filed."""

    snapshot: Snapshot
    commune_id: UUID
    language: str
    on: date

    def in_force(self) -> list[ProcedureVersion]:
        """Return the version of every procedure that is in force on the day."""
        return self.snapshot.valid_on(self.on)


def search(place: Place, text: str) -> list[Listed]:
    """Return what fits plain words, best first; for no words everything, the most used first.

    What others than the commune decide, as far as the national database says so, comes after everything else that fits.
    """
    if not text.strip():
        return by_use(place)
    found = (place.snapshot.current(hit.key, place.on) for index in _indexes(place) for hit in index.find(text[:200]))
    return [_listed(place, version) for version in found if version]


def _indexes(place: Place) -> tuple[SearchIndex, SearchIndex]:
    """Return what the commune may decide and what others do, each with its own index, so that neither crowds the other out."""

    def make() -> tuple[SearchIndex, SearchIndex]:
        others = {version.code for version in place.in_force() if version.national and version.national.decides == OTHER}
        return (
            SearchIndex(_search_document(version) for version in place.in_force() if version.code not in others),
            SearchIndex(_search_document(version) for version in place.in_force() if version.code in others),
        )

    return place.snapshot.once(("index", place.on), make)


def by_use(place: Place) -> list[Listed]:
    """Return all procedures in force, those of the catalogue first, the most used before the others, then by name."""
    return [_listed(place, version) for version in sorted(place.in_force(), key=lambda one: _use(one, place.language))]


def of_catalogue(place: Place) -> list[Listed]:
    """Return the procedures of the catalogue, and the imported ones that can be filed here, the most used first."""
    key = ("of_catalogue", place.commune_id, place.language, place.on)
    return place.snapshot.once(key, lambda: [one for one in by_use(place) if not one.guided])


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
    """Return all procedures in force that can be filed here, by name."""
    return sorted(of_catalogue(place), key=lambda one: vietnamese_sort_key(one.name))


def by_address(snapshot: Snapshot, name: str, on: date) -> ProcedureVersion | None:
    """Return the version in force whose code or slug is the name."""
    found = snapshot.current(name, on)
    return found or next((version for version in snapshot.valid_on(on) if version.slug == name), None)


def grouped(listed: Iterable[Listed]) -> dict[str, list[Listed]]:
    """Return the procedures by field, fields in order of appearance."""
    groups: dict[str, list[Listed]] = {}
    for one in listed:
        groups.setdefault(one.field, []).append(one)
    return groups


def _use(version: ProcedureVersion, language: str) -> tuple[bool, int, str]:
    return version.national is not None, version.popular or NOT_POPULAR, version.name(language)


def _listed(place: Place, version: ProcedureVersion) -> Listed:
    language = place.language
    return Listed(
        version.code,
        version.name(language),
        version.legal_name,
        in_language(version.summary, language),
        version.field,
        version.life_events,
        guided=decided.is_guided(place.snapshot, place.commune_id, version, place.on),
        decides=version.national.decides if version.national else "",
    )


def _search_document(version: ProcedureVersion) -> SearchDocument:
    return SearchDocument(
        key=version.code,
        names=tuple(version.plain_name.values()),
        legal_names=(version.legal_name,),
        synonyms=tuple(word for words in version.synonyms.values() for word in words),
        life_events=tuple(word for event in version.life_events for word in LIFE_EVENT_WORDS[event]),
        keywords=(version.code, *([version.slug.replace("-", " ")] if version.slug != version.code else [])),
        rank=version.popular or NOT_POPULAR,
    )
