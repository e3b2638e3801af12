"""The catalogue for machines, open without a token."""

from collections.abc import Iterable
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema

from xaso.apps.procedures import finding
from xaso.apps.procedures.decided import OwnTerm, own_term
from xaso.apps.procedures.shapes import CHANNELS, ProcedureVersion, TermCase
from xaso.kernel.forms import Condition
from xaso.kernel.worktime import Term
from xaso.platform.api import ERRORS, NotFound

router = Router(tags=["procedures"])


class ListedOut(Schema):
    """A procedure as a line of a list.

    `guided`: nothing can be filed under it here, and `taken_by` is the place that takes it, empty where nobody said. `decides` is told of
    procedures imported from the national database only.
    """

    code: str
    name: str
    legal_name: str
    summary: str
    field: str
    life_events: list[str]
    guided: bool
    taken_by: Literal["", "national_portal", "ministry_system", "police"]
    decides: Literal["", "commune", "other", "unknown"]


class FoundOut(Schema):
    """One page of what was found; `total` counts all pages."""

    items: list[ListedOut]
    total: int


class TermOut(Schema):
    """How long the answer takes: `unit` is hour, day or working_day; `same_day_until` is hh:mm."""

    amount: int
    unit: str
    same_day_until: str | None


class TermCaseOut(TermOut):
    """Another term for those whose answers meet `when`: by question, the answers that count."""

    when: dict[str, list[Any]]


class ChannelTermOut(TermOut):
    """The term of a channel; the first of `cases` that fits the answers counts instead of it."""

    cases: list[TermCaseOut]


class TermExtraOut(Schema):
    """What is added to every channel's term, in its own unit, under answers that meet all conditions."""

    amount: int
    when: dict[str, list[Any]]
    why: dict[str, str]


class OwnTermOut(TermOut):
    """A term that the commune entered for a channel of which the national database prints none, with where it stands."""

    source: str
    checked_on: str | None


class LinkedPartOut(Schema):
    """What another office decides on the same filing of an interlinked procedure; `confirm` says that it is not proven."""

    id: str
    name: dict[str, str]
    office: dict[str, str]
    procedure: str
    confirm: bool


class PaperOut(Schema):
    """A paper of the dossier."""

    id: str
    name: dict[str, str]
    kind: str
    count: int
    required: bool
    channels: list[str]


class ProcedureOut(Schema):
    """A procedure in force: `form` is what its questions are drawn from, `answers_schema` the JSON Schema that answers must meet."""

    id: str
    code: str
    slug: str
    name: dict[str, str]
    legal_name: str
    field: str
    issued_by: str
    filing: dict[str, str]
    terms: dict[str, ChannelTermOut]
    own_terms: dict[str, OwnTermOut]
    term_extras: list[TermExtraOut]
    papers: list[PaperOut]
    parts: list[LinkedPartOut]
    form: dict[str, Any]
    answers_schema: dict[str, Any]
    result_code: str
    legal_basis: list[str]
    valid_from: str
    valid_until: str | None
    source: str
    checked_on: str
    confirm: list[str]
    digest: str


@router.get("", operation_id="find_procedures", response={200: FoundOut, **ERRORS})
def find_procedures(
    request: HttpRequest,
    q: str = Query("", max_length=200, description="Plain words, with or without accents"),
    language: str = Query("vi", pattern="^(vi|en|bn)$"),
    limit: int = Query(50, ge=1, le=200),
    offset: int = Query(0, ge=0, le=10_000),
) -> dict[str, Any]:
    """Find procedures in force, best first; without words all of them, the most used first."""
    found = finding.search(finding.place_of(request, language), q)
    return {"items": found[offset : offset + limit], "total": len(found)}


@router.get("/{code}", operation_id="read_procedure", response={200: ProcedureOut, **ERRORS})
def read_procedure(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return a procedure in force."""
    place = finding.place_of(request)
    version = place.snapshot.current(code, place.on)
    if version is None:
        raise NotFound("procedures.not_found")
    return shown(version, place)


def shown(version: ProcedureVersion, place: finding.Place) -> dict[str, Any]:
    """Return a version for machines, with what the commune added to it."""
    return {
        "id": str(version.id),
        "code": version.code,
        "slug": version.slug,
        "name": dict(version.plain_name),
        "legal_name": version.legal_name,
        "field": version.field,
        "issued_by": version.issued_by,
        "filing": {channel: place.place for channel, place in version.filing.items()},
        "terms": {
            channel: {**_term(term), "cases": [_case(case) for case in version.term_cases[channel]]}
            for channel, term in version.terms.items()
        },
        "own_terms": {channel: _own(own) for channel in CHANNELS if (own := _own_term(place, version, channel))},
        "term_extras": [{"amount": extra.amount, "when": _when(extra.conditions), "why": dict(extra.why)} for extra in version.term_extras],
        "parts": [
            {"id": part.id, "name": dict(part.name), "office": dict(part.office), "procedure": part.procedure, "confirm": part.confirm}
            for part in version.parts
        ],
        "papers": [
            {
                "id": paper.id,
                "name": dict(paper.name),
                "kind": paper.kind,
                "count": paper.count,
                "required": paper.required,
                "channels": sorted(paper.channels),
            }
            for paper in version.papers
        ],
        "form": version.form_definition,
        "answers_schema": version.form.compiled_schema,
        "result_code": version.result.code,
        "legal_basis": [law.number for law in version.legal_basis],
        "valid_from": version.valid_from.isoformat(),
        "valid_until": version.valid_until.isoformat() if version.valid_until else None,
        "source": version.source,
        "checked_on": version.checked_on.isoformat(),
        "confirm": [one.text["vi"] for one in version.confirm],
        "digest": version.digest,
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "amount": term.amount,
        "unit": term.unit.value,
        "same_day_until": f"{term.same_day_until:%H:%M}" if term.same_day_until else None,
    }


def _own_term(place: finding.Place, version: ProcedureVersion, channel: str) -> OwnTerm | None:
    return own_term(place.snapshot, place.commune_id, version, channel, place.on)


def _own(own: OwnTerm) -> dict[str, Any]:
    return {**_term(own.term), "source": own.source, "checked_on": own.checked_on.isoformat() if own.checked_on else None}


def _case(case: TermCase) -> dict[str, Any]:
    return {**_term(case.term), "when": _when(case.conditions)}


def _when(conditions: Iterable[Condition]) -> dict[str, list[Any]]:
    return {condition.field: list(condition.values) for condition in conditions}
