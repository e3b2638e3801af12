"""Plain values in which this room speaks of procedures. A version is read once and shared: nothing here changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from xaso.kernel.forms import Condition, FormSpec, Option, Texts, in_language
from xaso.kernel.worktime import Term

CHANNELS = ("counter", "online", "post")
PLACES = ("here", "national_portal", "ministry_system", "police")
ISSUERS = ("commune", "ministry_system", "police")
NOT_OFFERED = "not_offered"
ISSUERS_ELSEWHERE = frozenset({"police"})
IDENTITY_LEVELS = ("0", "1", "2")
"""Issuers whose work is never the commune's: with no channel filed here either, such a procedure is guided, not taken in."""


def all_hold(conditions: Iterable[Condition], answers: Mapping[str, Any]) -> bool:
    """Tell whether the answers meet every condition."""
    return all(condition.holds(answers) for condition in conditions)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the dossier. `kind` is original, copy, e_copy, shown (looked at, given back) or unknown; `channels` ask for it."""

    id: str
    name: Texts
    kind: str
    count: int
    required: bool
    conditions: tuple[Condition, ...]
    channels: frozenset[str]
    note: Texts

    def is_asked(self, answers: Mapping[str, Any], channel: str) -> bool:
        """Tell whether this paper is asked for under these answers on this channel."""
        return channel in self.channels and all_hold(self.conditions, answers)


@dataclass(frozen=True, slots=True)
class Tier:
    """What a page costs from this page of the original on."""

    from_page: int
    amount_vnd: int


@dataclass(frozen=True, slots=True)
class Late:
    """A fee falls due only if more than `days` days have passed since the date that answers the question `since`."""

    since: str
    days: int


@dataclass(frozen=True, slots=True)
class FeeRule:
    """One fee. `kind` is free, fixed, per_copy, per_page, provincial or unknown (the source has no amount, or several that disagree).

    `rows`, `copies` and `pages` name questions of the form.
    """

    id: str
    name: Texts
    kind: str
    amount_vnd: int = 0
    tiers: tuple[Tier, ...] = ()
    max_vnd_per_copy: int | None = None
    rows: str = ""
    copies: str = ""
    pages: str = ""
    conditions: tuple[Condition, ...] = ()
    late: Late | None = None
    exemptible: bool = False
    confirm: bool = False
    source: str = ""
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of a fee. `amount_vnd` is None while the province's amount is unknown or the answers that it hangs on are missing."""

    id: str
    name: Texts
    amount_vnd: int | None
    quantity: int
    exempt: bool
    basis: str


@dataclass(frozen=True, slots=True)
class Fee:
    """What an application costs. `total_vnd` is None while a line is unknown; `confirm` asks the desk to confirm the amount."""

    lines: tuple[FeeLine, ...]
    total_vnd: int | None
    exempt_reason: Texts | None
    confirm: bool

    def as_json(self) -> dict[str, Any]:
        """Return the value for a JSON column."""
        lines = [
            {
                "id": line.id,
                "name": dict(line.name),
                "amount_vnd": line.amount_vnd,
                "quantity": line.quantity,
                "exempt": line.exempt,
                "basis": line.basis,
            }
            for line in self.lines
        ]
        reason = dict(self.exempt_reason) if self.exempt_reason else None
        return {"lines": lines, "total_vnd": self.total_vnd, "exempt_reason": reason, "confirm": self.confirm}


@dataclass(frozen=True, slots=True)
class ProvincialFee:
    """What the province set for one fee of a procedure, from a day on, by a decision."""

    fee_id: str
    amount_vnd: int
    valid_from: date
    decision: str


@dataclass(frozen=True, slots=True)
class Exemptions:
    """Which question asks for the group, and the groups that are free, by answer."""

    field: str
    groups: Mapping[str, Texts]


@dataclass(frozen=True, slots=True)
class TermCase:
    """Another term, for those whose answers meet the conditions."""

    conditions: tuple[Condition, ...]
    term: Term


@dataclass(frozen=True, slots=True)
class FilingPlace:
    """Where a channel's dossiers are filed: here, national_portal, ministry_system or police; `how` and `url` show the way there.

    `identity_level` is the level of electronic identity that its source names (1 or 2), 0 where it names none.
    """

    place: str
    name: Texts
    source: str
    how: Texts = field(default_factory=dict)
    url: str = ""
    identity_level: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the work as people read it; `role` is who does it."""

    role: str
    title: Texts
    note: Texts


@dataclass(frozen=True, slots=True)
class ResultField:
    """A line of the result; `answer` names the question that fills it first, `compose` does it in the language of papers.

    `format` is what a written value must look like ("personal-number"), empty for any text. With `options` one of them is chosen, and the
    value is the option's. A `required` line is filled before the result is prepared, and again looked at before it is signed.
    """

    name: str
    label: Texts
    answer: str
    long: bool
    format: str = ""
    compose: Any = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    hint: Texts = field(default_factory=dict)

    def offers(self, value: str) -> bool:
        """Tell whether the value is one that may stand here."""
        return not self.options or value in {option.value for option in self.options}


@dataclass(frozen=True, slots=True)
class TermExtra:
    """What is added to every channel's term, in its own unit, under these answers."""

    conditions: tuple[Condition, ...]
    amount: int
    why: Texts


@dataclass(frozen=True, slots=True)
class Result:
    """The paper that is issued: its national code (empty when unknown), yearly series of numbers and symbol (empty for a bare number).

    `paper` names the layout and how it is filled from the answers; None prints the fields as a plain certificate.
    """

    code: str
    name: Texts
    series: str
    symbol: str
    valid_months: int | None
    fields: tuple[ResultField, ...]
    paper: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Confirm:
    """Something that is not proven; shown to people as such."""

    about: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Part:
    """What another office decides on the same filing of an interlinked procedure. `procedure` is its own code, empty where unknown.

    `if_refused` tells people what to do when that office refuses; `confirm` marks that office and part are not proven.
    """

    id: str
    name: Texts
    office: Texts
    procedure: str
    conditions: tuple[Condition, ...]
    if_refused: Texts
    confirm: bool


@dataclass(frozen=True, slots=True)
class Law:
    """One legal text."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """What people are told in plain words."""

    prepare: Texts
    cost: Texts
    time: Texts
    good_to_know: tuple[Texts, ...]
    refused_when: tuple[Texts, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """What the national database prints for one channel, and what could be read of it: None is unknown, `amount_vnd` 0 is free."""

    channel: str
    term: Term | None
    amount_vnd: int | None
    per: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class National:
    """What an imported procedure holds beside the catalogue's values. `decides` is commune, other or unknown.

    `valid_from` is the law's day, None unless somebody told it; `cells` are the source's own words, column by column.
    """

    decides: str
    levels: tuple[str, ...]
    channels: tuple[Printed, ...]
    results: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]
    cells: Mapping[str, str]
    valid_from: date | None


@dataclass(frozen=True, slots=True, eq=False)
class ProcedureVersion:
    """One version of a procedure, as its file says it: the law's filing place and issuer, without what a commune decided for itself.

    `national` is there for a procedure imported from the national database: it has no filing place and no issuer of its own.
    """

    id: UUID
    code: str
    slug: str
    field: str
    popular: int | None
    plain_name: Texts
    legal_name: str
    summary: Texts
    synonyms: Mapping[str, tuple[str, ...]]
    life_events: tuple[str, ...]
    decision: str
    decided_by: Texts
    issued_by: str
    filing: Mapping[str, FilingPlace]
    terms: Mapping[str, Term]
    term_cases: Mapping[str, tuple[TermCase, ...]]
    term_extras: tuple[TermExtra, ...]
    restarts_after_supplement: bool
    papers: tuple[Paper, ...]
    fees: tuple[FeeRule, ...]
    exemptions: Exemptions | None
    guidance: Guidance
    steps: tuple[Step, ...]
    form: FormSpec
    form_definition: Mapping[str, Any]
    result: Result
    sign_roles: frozenset[str]
    legal_basis: tuple[Law, ...]
    valid_from: date
    valid_until: date | None
    replaced_by: tuple[str, ...]
    source: str
    checked_on: date
    checked_by: str
    confirm: tuple[Confirm, ...]
    digest: str
    national: National | None = None
    parts: tuple[Part, ...] = ()

    def name(self, language: str) -> str:
        """Return the plain name in the language, else in Vietnamese."""
        return in_language(self.plain_name, language)

    def term(self, channel: str, answers: Mapping[str, Any] | None = None) -> Term | None:
        """Return the term of the channel, else that of the counter: of the first case that the answers meet, with what they add to it.

        An imported procedure's terms stand for their own channel only.
        """
        chosen, known = channel if channel in self.terms or self.national else "counter", answers or {}
        cases = self.term_cases.get(chosen, ()) if answers is not None else ()
        term = next((case.term for case in cases if all_hold(case.conditions, known)), self.terms.get(chosen))
        return term and replace(term, amount=term.amount + sum(extra.amount for extra in self.extras(known)))

    def extras(self, answers: Mapping[str, Any]) -> list[TermExtra]:
        """Return what the answers add to the term."""
        return [extra for extra in self.term_extras if all_hold(extra.conditions, answers)]

    def filing_place(self, channel: str) -> str:
        """Return where the law has this channel's dossiers filed; `not_offered` when it does not offer the channel."""
        return self.filing[channel].place if channel in self.filing else NOT_OFFERED

    def has_form(self) -> bool:
        """Tell whether there is something to ask; a procedure that is only guided has no questions of its own."""
        return bool(self.form.screens)

    def papers_asked(self, answers: Mapping[str, Any], channel: str) -> list[Paper]:
        """Return the papers to ask for, required or not."""
        return [paper for paper in self.papers if paper.is_asked(answers, channel)]

    def papers_needed(self, answers: Mapping[str, Any], channel: str) -> list[Paper]:
        """Return the papers without which the application is not complete."""
        return [paper for paper in self.papers_asked(answers, channel) if paper.required]

    def parts_of(self, answers: Mapping[str, Any]) -> list[Part]:
        """Return the parts that other offices decide under these answers; none for a procedure that stands alone."""
        return [part for part in self.parts if all_hold(part.conditions, answers)]

    def is_valid_on(self, day: date) -> bool:
        """Tell whether new dossiers may be filed under this version on the day; both its first and its last day count."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
