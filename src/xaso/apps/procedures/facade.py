"""What other rooms may ask of the catalogue, and do with it. Questions about current procedures cost no query (see `memory`)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from xaso.apps.procedures import decided, finding, memory, shown_national, words
from xaso.apps.procedures.actions.import_edition import Imported, import_edition
from xaso.apps.procedures.actions.load import Loaded, load_catalogue
from xaso.apps.procedures.actions.overrides import (
    Ground,
    TermSet,
    set_filing_place,
    set_identity_level,
    set_issuer,
    set_provincial_fee,
    set_term,
)
from xaso.apps.procedures.catalogue import CatalogueError
from xaso.apps.procedures.fees import fee_of, fees_on
from xaso.apps.procedures.finding import Listed
from xaso.apps.procedures.shapes import (
    CHANNELS,
    ISSUERS,
    NOT_OFFERED,
    PLACES,
    Fee,
    FeeLine,
    Paper,
    Part,
    ProcedureVersion,
    ProvincialFee,
    Result,
    ResultField,
)
from xaso.apps.procedures.words import FIELDS
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN, Term
from xaso.platform import clock

__all__ = [
    "CHANNELS",
    "FIELDS",
    "ISSUERS",
    "NOT_OFFERED",
    "PLACES",
    "CatalogueError",
    "Fee",
    "FeeLine",
    "Ground",
    "Imported",
    "Listed",
    "Loaded",
    "Paper",
    "Part",
    "ProcedureVersion",
    "ProvincialFee",
    "Result",
    "ResultField",
    "TermSet",
    "compute_fee",
    "current",
    "field_words",
    "filing_place",
    "get_version",
    "identity_level",
    "import_edition",
    "import_in_words",
    "is_guided",
    "is_withdrawn",
    "issuer",
    "listed",
    "load_catalogue",
    "provincial_fees",
    "search",
    "set_filing_place",
    "set_identity_level",
    "set_issuer",
    "set_provincial_fee",
    "set_term",
    "term",
    "term_shown",
    "version",
    "versions_in_force",
]


def version(version_id: UUID) -> ProcedureVersion | None:
    """Return any version, old ones too. One query the first time in this process."""
    return memory.version(version_id)


def get_version(version_id: UUID) -> ProcedureVersion:
    """Return any version. Raises Refusal `procedures.not_found`."""
    found = memory.version(version_id)
    if found is None:
        raise Refusal("procedures.not_found")
    return found


def current(commune_id: UUID, code: str, on: date) -> ProcedureVersion | None:
    """Return the version under which a dossier is filed on the day; None when the procedure is unknown or not in force."""
    return memory.snapshot().current(code, on)


def versions_in_force(on: date) -> list[ProcedureVersion]:
    """Return the version of every procedure that is in force on the day, by code."""
    return memory.snapshot().valid_on(on)


def field_words(field: str) -> Any:
    """Return what a field of law is called; an unknown one is called by its code."""
    return words.FIELDS.get(field, field)


def filing_place(commune_id: UUID, version: ProcedureVersion, channel: str, *, on: date | None = None) -> str:
    """Return where the channel's dossiers are filed today or on the day; `not_offered` when the channel isn't offered."""
    return decided.filing_place(memory.snapshot(), commune_id, version, channel, on or _today()).value


def issuer(commune_id: UUID, version: ProcedureVersion, *, on: date | None = None) -> str:
    """Return who issues the result today or on the day: commune, ministry_system or police."""
    return decided.issuer(memory.snapshot(), commune_id, version, on or _today()).value


def identity_level(commune_id: UUID, version: ProcedureVersion, *, on: date | None = None) -> int:
    """Return which level of electronic identity (1 or 2) filing online needs today or on the day; 0 when any will do."""
    return int(decided.identity_level(memory.snapshot(), commune_id, version, on or _today()).value)


def term(
    commune_id: UUID, version: ProcedureVersion, channel: str, answers: Mapping[str, Any] | None = None, *, at: datetime | None = None
) -> Term | None:
    """Return the term of a dossier taken in at the moment (default: now): the version's, else what the commune had entered by then."""
    moment = at or clock.now()
    printed = version.term(channel, answers)
    if printed is not None:
        return printed
    own = decided.own_term(memory.snapshot(), commune_id, version, channel, moment.astimezone(VN).date(), known_at=moment)
    return own.term if own else None


def term_shown(commune_id: UUID, version: ProcedureVersion, channel: str, *, on: date | None = None) -> dict[str, Any] | None:
    """Return a channel's `term` in words; with `is_own`, where it stands (`source`, `checked_on`). None where nobody knows one."""
    return shown_national.term_shown(memory.snapshot(), commune_id, version, channel, on or _today())


def is_guided(commune_id: UUID, version: ProcedureVersion, *, on: date | None = None) -> bool:
    """Tell whether the commune only shows the way, today or on the day: nothing of it is filed or issued here."""
    snapshot, day = memory.snapshot(), on or _today()
    return snapshot.once(("is_guided", version.id, commune_id, day), lambda: decided.is_guided(snapshot, commune_id, version, day))


def is_withdrawn(version: ProcedureVersion, *, on: date | None = None) -> bool:
    """Tell whether nothing can be filed any more under the version's procedure, today or on the day."""
    return memory.snapshot().current(version.code, on or _today()) is None


def provincial_fees(commune_id: UUID, code: str) -> tuple[ProvincialFee, ...]:
    """Return the province's amounts that the commune has entered for a procedure."""
    return decided.provincial_fees(memory.snapshot(), commune_id, code)


def compute_fee(
    commune_id: UUID,
    version: ProcedureVersion,
    answers: Mapping[str, Any],
    *,
    on: date,
    channel: str = "",
    counts: Mapping[str, int] | None = None,
) -> Fee:
    """Return what an application filed on the day costs; on a channel for which the source prints a fee of its own, that.

    `counts` replaces answers to questions for numbers, for a quick quotation.
    """
    amounts = decided.provincial_fees(memory.snapshot(), commune_id, version.code)
    return fee_of(fees_on(version, channel), version.exemptions, {**answers, **(counts or {})}, amounts, on=on)


def listed(commune_id: UUID, language: str) -> list[Listed]:
    """Return the procedures of the catalogue that are in force today, and the imported ones that are not only guided, by the alphabet."""
    return finding.in_alphabet(finding.Place(memory.snapshot(), commune_id, language, _today()))


def search(commune_id: UUID, q: str, language: str, limit: int) -> list[Listed]:
    """Return the procedures that fit plain words, best first, guided ones among them; for no words the most used ones first."""
    return finding.search(finding.Place(memory.snapshot(), commune_id, language, _today()), q)[:limit]


def import_in_words(done: Imported) -> list[str]:
    """Say what a run of the importer found, a line each, for the operator's terminal."""
    counted = [f"{words.CHANGES[change]}: {done.counts[change]}" for change in words.CHANGES]
    if done.edition_id is None:
        return [*counted, _("Không có gì mới so với bản đã duyệt.")]
    known = [] if done.is_new else [_("Tệp này đã được đọc và đang chờ duyệt.")]
    where = _("Chưa có gì được áp dụng. Người quản trị xem và duyệt ở %(address)s")
    return [*counted, *known, where % {"address": f"{settings.PUBLIC_URL}/quan-tri/thu-tuc-quoc-gia/"}]


def _today() -> date:
    return clock.now().astimezone(VN).date()
