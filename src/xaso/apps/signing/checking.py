"""Checks the signatures of a PDF with what this installation knows: its trusted authorities, its register and its record."""

from datetime import datetime
from typing import TYPE_CHECKING

from xaso.apps.signing import queries
from xaso.apps.signing.judging import judged
from xaso.apps.signing.keys import keys_directory
from xaso.apps.signing.known_here import known_in
from xaso.apps.signing.shapes import SignatureCheck, Verdict

if TYPE_CHECKING:
    from xaso.apps.signing.trust import Known
    from xaso.apps.signing.verification import Finding

_WORST_FIRST = (Verdict.INVALID, Verdict.UNKNOWN, Verdict.VALID)


def check_here(content: bytes, *, now: datetime) -> list[SignatureCheck]:
    """Check a PDF that this installation made, in this process. Raises Refusal `signing.unreadable`."""
    from xaso.apps.signing.verification import read_signatures

    return _judged(read_signatures(content, known(), now=now), now)


def check_foreign(content: bytes, *, now: datetime) -> list[SignatureCheck]:
    """Check a PDF that anyone may have brought. Raises Refusal `signing.unreadable`, `signing.too_complex`."""
    from xaso.apps.signing.foreign import read_foreign

    return _judged(read_foreign(content, known(), now=now), now)


def overall(checks: list[SignatureCheck]) -> Verdict | None:
    """Return the worst verdict; None where there is no signature."""
    return next((verdict for verdict in _WORST_FIRST if any(check.verdict == verdict for check in checks)), None)


def known() -> "Known":
    """Return the authorities and revocation lists that lie on this machine."""
    return known_in(keys_directory())


def _judged(findings: "list[Finding]", now: datetime) -> list[SignatureCheck]:
    return [judged(one, queries.own_record(one.serial, one.digest, is_own=one.is_own), now=now) for one in findings]
