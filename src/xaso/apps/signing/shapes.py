"""Plain values in which the signing room speaks to other rooms."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Verdict(StrEnum):
    """The three answers that a check may give (EN 319 102-1)."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class SignatureFacts:
    """One signature as it was made; `document_digest` is the SHA-256 of the bytes that it covers.

    `stamped_at` is the time that a time-stamp server vouches for, `stamp_ends_at` the end of its certificate; None without a stamp.
    """

    id: UUID
    kind: str
    name: str
    signed_at: datetime
    document_digest: str
    certificate_serial: str
    stamped_at: datetime | None = None
    stamp_ends_at: datetime | None = None
    is_test: bool = False


@dataclass(frozen=True)
class SignedPdf:
    """A signed file with what was recorded of its signatures, in their order."""

    content: bytes
    records: tuple[SignatureFacts, ...]

    @property
    def stamped_at(self) -> datetime | None:
        """The time of the last stamp if every signature has one."""
        times = [one.stamped_at for one in self.records if one.stamped_at is not None]
        return max(times) if times and len(times) == len(self.records) else None


@dataclass(frozen=True)
class OwnToken:
    """The certificate whose key lies on an official's own USB token; `fingerprint` is the SHA-256 by which her computer finds it."""

    fingerprint: str
    holder: str
    issuer: str
    valid_from: datetime
    valid_to: datetime


@dataclass(frozen=True)
class ToSign:
    """A paper that waits for its signature: what is to be signed (CMS signed attributes, DER), by which certificate, until when."""

    id: UUID
    fingerprint: str
    attributes: bytes
    ends_at: datetime


@dataclass(frozen=True)
class Awaited:
    """That a paper waits for its signer's token: whose, what its caller holds for it, and until when."""

    account_id: UUID
    reference: str
    ends_at: datetime


class Level(StrEnum):
    """How long a paper's signatures prove themselves (EN 319 142-1): a time that others vouch for, all evidence in the file, renewed."""

    BASIC = "B-B"
    STAMPED = "B-T"
    COMPLETE = "B-LT"
    RENEWED = "B-LTA"


@dataclass(frozen=True)
class ProofOfTime:
    """How far a kept paper's proof is: its level, the time of its first stamp, why something is missing, and when it is tried again.

    `is_wanted` fails where the operator named no time-stamp server.
    """

    level: Level
    stamped_at: datetime | None
    is_wanted: bool
    trouble: str
    next_at: datetime | None


@dataclass(frozen=True)
class SignatureCheck:
    """What a check found of one signature in a PDF.

    `verdict` is the answer; `reason` its code, empty when valid. `intact`: the bytes it covers are unchanged and the signature fits the
    certificate. `later_changes`: none, allowed (further signatures, fields filled in) or forbidden; `changes` says which, as pairs of a
    kind and what it was done to. `signed_at` is what the signer's machine said; `stamped_at` what a time-stamp authority vouches for.
    `level`: what proves the signature (see `Level`). `is_recorded`: this installation made the signature and has it in its record.
    """

    field: str
    signer: str
    organisation: str
    issuer: str
    serial: str
    signed_at: datetime | None
    stamped_at: datetime | None
    stamped_by: str
    level: Level
    is_recorded: bool
    intact: bool
    covers_whole: bool
    later_changes: str
    changes: tuple[tuple[str, str], ...]
    is_test: bool
    verdict: Verdict
    reason: str
