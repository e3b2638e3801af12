"""What follows from what is so of a signature: valid, not valid, or cannot be determined (EN 319 102-1). Pure.

A certificate that ended after the time at which the signer's machine says it signed leaves the question open, unless somebody else vouches
for the time: a time-stamp authority, or this installation's own record of having made the signature.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from xaso.apps.signing.rules import CLOCKS_DIFFER_AT_MOST
from xaso.apps.signing.shapes import Level, SignatureCheck, Verdict

if TYPE_CHECKING:
    from xaso.apps.signing.verification import Finding

_INVALID = {"revoked", "expired", "not_yet_valid", "not_for_signing"}


@dataclass(frozen=True)
class OwnRecord:
    """What our register and our record of signatures know of it; None: nothing."""

    revoked_at: datetime | None = None
    recorded_at: datetime | None = None


def judged(found: "Finding", own: OwnRecord, *, now: datetime) -> SignatureCheck:
    """Return the check of one signature."""
    verdict, reason = _verdict(found, own, now)
    return SignatureCheck(
        field=found.field,
        signer=found.signer,
        organisation=found.organisation,
        issuer=found.issuer,
        serial=found.serial,
        signed_at=found.claimed_at,
        stamped_at=found.stamped_at,
        stamped_by=found.stamped_by,
        level=Level(found.level),
        is_recorded=own.recorded_at is not None,
        intact=found.is_intact,
        covers_whole=found.covers_whole,
        later_changes=found.later,
        changes=tuple((one.kind, one.about) for one in found.changes),
        is_test=found.is_own,
        verdict=verdict,
        reason=reason,
    )


def _verdict(found: "Finding", own: OwnRecord, now: datetime) -> tuple[Verdict, str]:
    if not found.is_readable:
        return Verdict.INVALID, "unreadable"
    if not found.is_intact:
        return Verdict.INVALID, "changed"
    if found.later == "forbidden":
        return Verdict.INVALID, "changed_later"
    if found.trouble in _INVALID:
        return Verdict.INVALID, found.trouble
    if found.trouble in {"no_chain", "other"}:
        return Verdict.UNKNOWN, "authority_unknown"
    return _in_time(found, own, now)


def _in_time(found: "Finding", own: OwnRecord, now: datetime) -> tuple[Verdict, str]:
    vouched_at = found.stamped_at or own.recorded_at
    signed_at = vouched_at or found.claimed_at
    if own.revoked_at is not None and (signed_at is None or signed_at >= own.revoked_at):
        return Verdict.INVALID, "revoked"
    if signed_at is None or signed_at > now + CLOCKS_DIFFER_AT_MOST:
        return Verdict.UNKNOWN, "clock"
    if vouched_at is None and (found.ended_since or own.revoked_at is not None):
        return Verdict.UNKNOWN, "ended_since"
    if found.trouble == "untold":
        return Verdict.UNKNOWN, "revocation_untold"
    return Verdict.VALID, ""
