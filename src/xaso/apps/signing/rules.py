"""Which certificate may sign: pure checks, made before each signature (Circular 15/2025/TT-BKHCN, art. 5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN

REMIND_DAYS = (60, 30, 7)
CLOCKS_DIFFER_AT_MOST = timedelta(minutes=10)
"""Between our machine and a signer's or a time-stamp server's."""


PRESERVED_AFTER = timedelta(days=1)
"""So long after signing the revocation lists that were made after it have come."""

RENEWED_DAYS_AHEAD = 90
SHORTEST_RENEWAL = timedelta(days=1)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
FIRST_PAUSE_FOR_LISTS, LONGEST_PAUSE_FOR_LISTS = timedelta(hours=6), timedelta(days=14)


@dataclass(frozen=True)
class CertificateFacts:
    """What the checks look at."""

    account_id: UUID | None
    valid_from: datetime
    valid_to: datetime
    revoked_at: datetime | None
    is_revoked_by_issuer: bool = False
    chain_valid_to: datetime | None = None


def require_usable(certificate: CertificateFacts, *, now: datetime) -> None:
    """Raise Refusal `signing.revoked`, `signing.revoked_by_issuer`, `signing.not_yet_valid`, `signing.expired` or `signing.chain_expired`.

    Both ends of the validity count.
    """
    if certificate.revoked_at is not None and certificate.revoked_at <= now:
        raise Refusal("signing.revoked")
    if certificate.is_revoked_by_issuer:
        raise Refusal("signing.revoked_by_issuer")
    if now < certificate.valid_from:
        raise Refusal("signing.not_yet_valid", day=_day(certificate.valid_from))
    if now > certificate.valid_to:
        raise Refusal("signing.expired", day=_day(certificate.valid_to))
    if certificate.chain_valid_to is not None and now > certificate.chain_valid_to:
        raise Refusal("signing.chain_expired", day=_day(certificate.chain_valid_to))


def may_be_used(certificate: CertificateFacts, *, now: datetime) -> bool:
    """Tell whether `require_usable` lets the certificate pass."""
    try:
        require_usable(certificate, now=now)
    except Refusal:
        return False
    return True


def require_holder(certificate: CertificateFacts, account_id: UUID) -> None:
    """Raise Refusal `signing.other_persons` unless the certificate belongs to the account."""
    if certificate.account_id != account_id:
        raise Refusal("signing.other_persons")


def agency_name(commune_name: str) -> str:
    """Return the name of a commune's People's Committee: “Xã Bảo Nhai” gives “Ủy ban nhân dân xã Bảo Nhai”."""
    return f"Ủy ban nhân dân {commune_name[:1].lower()}{commune_name[1:]}"


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(VN):%d/%m/%Y}"


def reminder_due(valid_to: datetime, *, now: datetime) -> int | None:
    """Return which reminder an ending certificate is due for: 60, 30 or 7 days before its last moment, the nearest that has begun.

    None when there is more time, or none left.
    """
    left = valid_to - now
    if left < timedelta():
        return None
    return next((days for days in sorted(REMIND_DAYS) if left <= timedelta(days=days)), None)


def pause_after(tries: int, *, for_lists: bool = False) -> timedelta:
    """Return how long to wait after so many attempts in vain: a minute, doubled each time, at most an hour.

    `for_lists`: what is missing are revocation lists, which come by the day: from six hours to two weeks.
    """
    doubled: int = 2 ** min(tries - 1, 10)
    first, longest = (FIRST_PAUSE_FOR_LISTS, LONGEST_PAUSE_FOR_LISTS) if for_lists else (FIRST_PAUSE, LONGEST_PAUSE)
    return min(first * doubled, longest)


@dataclass(frozen=True)
class PaperFacts:
    """What decides when something is added to a signed paper next.

    `stamped_at` is the time that its stamps vouch for, `renewed_at` that of its last document time stamp.
    """

    level: str
    signed_at: datetime
    stamped_at: datetime | None = None
    renewed_at: datetime | None = None
    stamp_ends_at: datetime | None = None


def next_proof_at(paper: PaperFacts, *, renewed_after_years: int) -> datetime:
    """Return when something should be added to a signed paper.

    B-B lacks a time stamp, at once. B-T and B-LT are completed a day after signing, or after a stamp that came late: by then newer
    revocation lists are here. B-LTA is stamped anew 90 days before the last stamp's certificate ends, or after the years. A server whose
    certificate has less than that left gives stamps that end soon too: then at half of what is left, at most once a day.
    """
    if paper.level == "B-B":
        return paper.signed_at
    if paper.level != "B-LTA":
        stamped_at = paper.stamped_at or paper.signed_at
        was_late = stamped_at > paper.signed_at + CLOCKS_DIFFER_AT_MOST
        return (stamped_at if was_late else paper.signed_at) + PRESERVED_AFTER
    last = paper.renewed_at or paper.signed_at
    after = last + timedelta(days=365 * renewed_after_years)
    if paper.stamp_ends_at is None:
        return after
    ahead = max(paper.stamp_ends_at - timedelta(days=RENEWED_DAYS_AHEAD), last + (paper.stamp_ends_at - last) / 2)
    return min(after, max(ahead, last + SHORTEST_RENEWAL))


def levels_in_work(wanted: str) -> tuple[str, ...]:
    """Return at which levels papers get something more, where operators want the level; what was renewed once is renewed for good."""
    return {"B-T": ("B-B", "B-LTA"), "B-LT": ("B-B", "B-T", "B-LTA")}.get(wanted, ("B-B", "B-T", "B-LT", "B-LTA"))
