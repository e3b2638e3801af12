"""What counts in a commune on a day: the law's, unless the commune set its own. Pure functions over a snapshot."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from xaso.apps.procedures.memory import Snapshot
from xaso.apps.procedures.models import CommuneOverride
from xaso.apps.procedures.shapes import CHANNELS, ISSUERS_ELSEWHERE, NOT_OFFERED, ProcedureVersion, ProvincialFee
from xaso.kernel.worktime import Term, Unit


@dataclass(frozen=True)
class Decided:
    """A filing place, an issuer or a level of identity with its source; `is_own` when the commune departs from the law's."""

    value: str
    source: str
    is_own: bool


@dataclass(frozen=True)
class OwnTerm:
    """A channel's term that the commune entered because the national database prints none that can be read, with where it stands."""

    term: Term
    source: str
    checked_on: date | None


def own_term(
    snapshot: Snapshot, commune_id: UUID, version: ProcedureVersion, channel: str, on: date, *, known_at: datetime | None = None
) -> OwnTerm | None:
    """Return the commune's term for a channel of which the version has none; as it was entered up to `known_at`, if that is given."""
    if version.national is None or version.term(channel) is not None:
        return None
    for row in snapshot.overrides.get((commune_id, version.code), ()):
        is_known = known_at is None or row.set_at <= known_at
        if row.kind == "term" and row.channel == channel and row.valid_from <= on and is_known:
            term = read_term(row.value)
            return OwnTerm(term, row.source or row.decision, row.checked_on) if term else None
    return None


def read_term(value: str) -> Term | None:
    """Return a term as an override keeps it, None for an empty one."""
    amount, _space, unit = value.partition(" ")
    return Term(int(amount), Unit(unit)) if value else None


def filing_place(snapshot: Snapshot, commune_id: UUID, version: ProcedureVersion, channel: str, on: date) -> Decided:
    """Return where a channel's dossiers are filed; `not_offered` when neither law nor commune offer the channel.

    An imported procedure is guidance until the commune has set its issuer too.
    """
    if version.national and not issuer(snapshot, commune_id, version, on).value:
        return Decided(NOT_OFFERED, version.source, is_own=False)
    return set_place(snapshot, commune_id, version, channel, on)


def set_place(snapshot: Snapshot, commune_id: UUID, version: ProcedureVersion, channel: str, on: date) -> Decided:
    """Return what law or commune have set for a channel, whether or not the procedure can be filed yet."""
    own = _own(snapshot, commune_id, version.code, "filing_place", on, channel)
    if own:
        return own
    legal = version.filing.get(channel)
    return Decided(legal.place, legal.source, is_own=False) if legal else Decided(NOT_OFFERED, version.source, is_own=False)


def issuer(snapshot: Snapshot, commune_id: UUID, version: ProcedureVersion, on: date) -> Decided:
    """Return who issues the result; empty for an imported procedure for which the commune has not set it."""
    own = _own(snapshot, commune_id, version.code, "issuer", on)
    return own or Decided(version.issued_by, version.source, is_own=False)


def identity_level(snapshot: Snapshot, commune_id: UUID, version: ProcedureVersion, on: date) -> Decided:
    """Return which level of electronic identity filing online needs: `0`, `1` or `2`; `0` where neither law nor commune name one."""
    own = _own(snapshot, commune_id, version.code, "identity_level", on)
    legal = version.filing.get("online")
    return own or Decided(str(legal.identity_level if legal else 0), legal.source if legal else version.source, is_own=False)


def is_guided(snapshot: Snapshot, commune_id: UUID, version: ProcedureVersion, on: date) -> bool:
    """Tell whether the commune only shows the way: nothing is filed here, and the result is another authority's.

    So is an imported procedure until the commune has set both filing place and issuer: nobody said who takes it.
    """
    places = {filing_place(snapshot, commune_id, version, channel, on).value for channel in CHANNELS}
    if "here" in places:
        return False
    return places == {NOT_OFFERED} or issuer(snapshot, commune_id, version, on).value in ISSUERS_ELSEWHERE


def taken_by(snapshot: Snapshot, commune_id: UUID, version: ProcedureVersion, on: date) -> str:
    """Return the place that takes a guided procedure: the counter's, else the first one's; empty where nobody said, or it is not guided."""
    if not is_guided(snapshot, commune_id, version, on):
        return ""
    places = (filing_place(snapshot, commune_id, version, channel, on).value for channel in CHANNELS)
    return next((place for place in places if place != NOT_OFFERED), "")


def provincial_fees(snapshot: Snapshot, commune_id: UUID, code: str) -> tuple[ProvincialFee, ...]:
    """Return all amounts of the province that the commune knows for a procedure; of two for one day the later entry comes first."""
    return tuple(
        ProvincialFee(row.fee_id, row.amount_vnd, row.valid_from, row.decision)
        for row in snapshot.overrides.get((commune_id, code), ())
        if row.kind == "provincial_fee" and row.amount_vnd is not None
    )


def _own(snapshot: Snapshot, commune_id: UUID, code: str, kind: str, on: date, channel: str = "") -> Decided | None:
    rows: Iterable[CommuneOverride] = snapshot.overrides.get((commune_id, code), ())
    for row in rows:
        if row.kind == kind and row.channel == channel and row.valid_from <= on:
            return Decided(row.value, row.decision or row.source, is_own=True) if row.value else None
    return None
