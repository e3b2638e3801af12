"""Reads the signatures of a PDF that anyone may bring: what is so, not yet what follows from it. Nothing in such a file is trusted."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel, TimestampSignatureStatus

from xaso.apps.signing import trust
from xaso.apps.signing.document_times import Vouched, first_over, read_document_stamps
from xaso.apps.signing.evidence import Claim, claims_of, holds_alone, read_evidence, stamp_claim, token_of
from xaso.apps.signing.later_changes import Change, changes_after
from xaso.apps.signing.pades import open_pdf
from xaso.apps.signing.shapes import Level
from xaso.apps.signing.trust import Evidence, Known

ALLOWED, FORBIDDEN, NONE = "allowed", "forbidden", "none"
MOST_SIGNATURES = 20

_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
_ALLOWED_LEVELS = {ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}


@dataclass(frozen=True)
class Finding:
    """What is so of one signature. `digest` is the SHA-256 of the bytes that it covers.

    `trouble` is what `trust` says of the chain at the time of signing (`not_for_signing` besides); `ended_since`: the certificate was good
    then and is expired or revoked now. `stamped_at` is the time that a time-stamp authority we trust vouches for, `claimed_at` what the
    signer's machine said.
    """

    field: str
    is_readable: bool = False
    signer: str = ""
    organisation: str = ""
    issuer: str = ""
    serial: str = ""
    digest: str = ""
    claimed_at: datetime | None = None
    stamped_at: datetime | None = None
    stamped_by: str = ""
    level: str = Level.BASIC
    is_intact: bool = False
    covers_whole: bool = False
    later: str = FORBIDDEN
    changes: tuple[Change, ...] = ()
    trouble: str = ""
    is_own: bool = False
    ended_since: bool = False


def read_signatures(content: bytes, known: Known, *, now: datetime) -> list[Finding]:
    """Return what is so of each signature, in the order they were made; at most 20 are looked at.

    Raises Refusal `signing.unreadable` when the file is no PDF.
    """
    reader = open_pdf(content)
    try:
        embedded = list(reader.embedded_signatures)
        signatures = [one for one in embedded if one.sig_object_type == "/Sig"][:MOST_SIGNATURES]
        evidence = read_evidence(reader)
        stamps = read_document_stamps(embedded, known, evidence or Evidence(), now=now)
        file = _File(reader, known, evidence, stamps, now)
    except Exception:  # a hostile file may break the parser anywhere
        return [Finding("")]
    return [_read(file, signature) for signature in signatures]


@dataclass(frozen=True)
class _File:
    """What the check of each signature needs: the file, what is known here and what the file brings, and which times are vouched for."""

    reader: PdfFileReader
    known: Known
    brought: Evidence | None
    stamps: list[Vouched]
    now: datetime

    @property
    def evidence(self) -> Evidence:
        """What the file's own security store brings, which may be nothing."""
        return self.brought or Evidence()


def _read(file: _File, signature: EmbeddedPdfSignature) -> Finding:
    try:
        return _found(file, signature)
    except Exception:  # whatever can't be read to the end must not stop the check of the others
        return Finding(str(getattr(signature, "field_name", "")))


def _found(file: _File, signature: EmbeddedPdfSignature) -> Finding:
    reader, known, evidence, now = file.reader, file.known, file.evidence, file.now
    claimed_at, over = signature.self_reported_timestamp, first_over(file.stamps, signature.signed_revision)
    is_own = trust.is_of(signature.signer_cert, known.own_roots)
    ctx = trust.context(known, evidence, claimed_at or now if is_own else now, require_revocation=not is_own)
    proven_at = over.at if over else now
    stamps = trust.context(known, evidence, proven_at, require_revocation=False) if token_of(signature) is not None else ctx
    status = trust.at_once(async_validate_pdf_signature(signature, ctx, stamps, key_usage_settings=_USAGE))
    certificate = signature.signer_cert
    subject = certificate.subject.native
    found = Finding(
        signature.field_name,
        is_readable=True,
        signer=_text(subject.get("common_name")),
        organisation=_text(subject.get("organization_name")),
        issuer=_text(certificate.issuer.native.get("common_name")),
        serial=f"{certificate.serial_number:x}",
        digest=_digest(reader, signature),
        claimed_at=claimed_at,
        is_intact=bool(status.intact and status.valid),
        covers_whole=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        later=_later(status),
        changes=changes_after(reader, signature),
    )
    return _with_level(_with_trust(_with_stamp(found, status, signature, file), signature, status, known, evidence, now), signature, file)


def _with_level(found: Finding, signature: EmbeddedPdfSignature, file: _File) -> Finding:
    """Say how far the signature proves itself: by the file alone, and whether a document time stamp covers that evidence."""
    if found.stamped_at is None:
        return found
    if file.brought is None:
        return replace(found, level=Level.STAMPED)
    claims = claims_of([signature], file.stamps, now=file.now)
    if file.stamps:
        last = read_evidence(file.reader.get_historical_resolver(file.stamps[-1].revision))
        if last is not None and all(holds_alone(claim, file.known, last) for claim in claims):
            return replace(found, level=Level.RENEWED)
    complete = all(holds_alone(claim, file.known, file.brought) for claim in claims)
    return replace(found, level=Level.COMPLETE if complete else Level.STAMPED)


def _with_stamp(found: Finding, status: PdfSignatureStatus, signature: EmbeddedPdfSignature, file: _File) -> Finding:
    """Take the signature's own time stamp if it holds, else the first one of the document that covers it."""
    over = first_over(file.stamps, signature.signed_revision)
    stamp, own = status.timestamp_validity, stamp_claim(signature, over.at if over else file.now)
    if stamp is not None and own is not None and _holds(stamp, own, file):
        return replace(found, stamped_at=stamp.timestamp, stamped_by=_text(stamp.signing_cert.subject.native.get("common_name")))
    return replace(found, stamped_at=over.at, stamped_by=over.by) if over else found


def _holds(stamp: TimestampSignatureStatus, own: Claim, file: _File) -> bool:
    if not (stamp.intact and stamp.valid):
        return False
    return bool(stamp.trusted) or trust.vouches_for_time(own.certificate, own.others, file.known, file.evidence, at=own.at)


def _with_trust(
    found: Finding, signature: EmbeddedPdfSignature, status: PdfSignatureStatus, known: Known, evidence: Evidence, now: datetime
) -> Finding:
    certificate, at = signature.signer_cert, found.stamped_at or found.claimed_at or now
    path = status.validation_path if status.trusted else None
    chain = trust.chain_of_path(path, certificate, known, at=at, now=now) if path is not None else None
    if chain is None:
        chain = trust.chain_of(certificate, signature.other_embedded_certs, known, evidence, at=at, now=now)
    trouble = chain.trouble
    if trouble in {"", trust.UNTOLD} and not _may_sign(certificate):
        trouble = "not_for_signing"
    return replace(found, trouble=trouble, is_own=chain.is_own, ended_since=chain.ended_since)


def _may_sign(certificate: x509.Certificate) -> bool:
    """A certificate without the extension is not restricted (RFC 5280, 4.2.1.3)."""
    usage = certificate.key_usage_value
    return usage is None or bool(usage.native & {"digital_signature", "non_repudiation"})


def _later(status: PdfSignatureStatus) -> str:
    level = status.modification_level
    if level == ModificationLevel.NONE:
        return NONE
    return ALLOWED if level in _ALLOWED_LEVELS and status.docmdp_ok is not False else FORBIDDEN


def _digest(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> str:
    start, length, rest, rest_length = map(int, signature.byte_range)
    hashed = hashlib.sha256()
    for begin, many in ((start, length), (rest, rest_length)):
        reader.stream.seek(begin)
        hashed.update(reader.stream.read(many))
    return hashed.hexdigest()


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
