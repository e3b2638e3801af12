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
    """One signature as it was made; `document_digest` is the SHA-256 of the bytes that it covers."""

    id: UUID
    kind: str
    name: str
    signed_at: datetime
    document_digest: str
    certificate_serial: str


@dataclass(frozen=True)
class SignedPdf:
    """A signed file with what was recorded of its signatures, in their order."""

    content: bytes
    records: tuple[SignatureFacts, ...]


@dataclass(frozen=True)
class SignatureCheck:
    """What a check found of one signature in a PDF.

    `verdict` is the answer; `reason` its code, empty when valid. `intact`: the bytes it covers are unchanged and the signature fits the
    certificate. `later_changes`: none, allowed (further signatures, fields filled in) or forbidden; `changes` says which, as pairs of a
    kind and what it was done to. `signed_at` is what the signer's machine said; `stamped_at` what a time-stamp authority vouches for.
    `is_recorded`: this installation made the signature and has it in its record.
    """

    field: str
    signer: str
    organisation: str
    issuer: str
    serial: str
    signed_at: datetime | None
    stamped_at: datetime | None
    stamped_by: str
    is_recorded: bool
    intact: bool
    covers_whole: bool
    later_changes: str
    changes: tuple[tuple[str, str], ...]
    is_test: bool
    verdict: Verdict
    reason: str
