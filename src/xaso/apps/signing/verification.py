"""Checks the signatures of a PDF that anyone may bring. Nothing in such a file is trusted, and no network is asked."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.authority import CertTrustAnchor

from xaso.apps.signing.pades import open_pdf
from xaso.apps.signing.shapes import SignatureCheck, Verdict

ALLOWED, FORBIDDEN, NONE = "allowed", "forbidden", "none"
MOST_SIGNATURES = 20

_CERTIFICATE_ENDED = {
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
    AdESIndeterminate.REVOKED_NO_POE,
    AdESIndeterminate.REVOKED_CA_NO_POE,
}
_ALLOWED_LEVELS = {ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}


def check_signatures(
    content: bytes, roots: list[x509.Certificate], test_roots: list[x509.Certificate], revoked_at: Callable[[str], datetime | None]
) -> list[SignatureCheck]:
    """Return one check for each signature, in the order they were made; at most 20 are looked at.

    `roots` are authorities whose revocations can't be known here; of `test_roots` our own register knows them: `revoked_at(serial)`.
    Raises Refusal `signing.unreadable` when the file is no PDF.
    """
    reader = open_pdf(content)
    try:
        signatures = reader.embedded_regular_signatures[:MOST_SIGNATURES]
    except Exception:  # a hostile file may break the parser anywhere
        return [_unreadable()]
    return [_check(signature, roots, test_roots, revoked_at) for signature in signatures]


def load_roots(folder: Path) -> list[x509.Certificate]:
    """Return the certificates of all `*.pem` files of the folder; none when it is absent."""
    found = []
    for path in sorted(folder.glob("*.pem")):
        found += [x509.Certificate.load(der) for _, _, der in pem.unarmor(path.read_bytes(), multiple=True)]
    return found


def _check(
    signature: EmbeddedPdfSignature, roots: list[Any], test_roots: list[Any], revoked_at: Callable[[str], datetime | None]
) -> SignatureCheck:
    try:
        signed_at = signature.self_reported_timestamp
        context = ValidationContext(
            trust_roots=[*roots, *test_roots], allow_fetching=False, moment=signed_at, revocation_mode="soft-fail", retroactive_revinfo=True
        )
        status = validate_pdf_signature(signature, context)
    except Exception:  # whatever can't be read to the end is not valid, and must not stop the check of the others
        return _unreadable(getattr(signature, "field_name", ""))
    return _judged(signature, status, {root.sha256 for root in test_roots}, revoked_at)


def _judged(
    signature: EmbeddedPdfSignature, status: PdfSignatureStatus, test_roots: set[bytes], revoked_at: Callable[[str], datetime | None]
) -> SignatureCheck:
    certificate = signature.signer_cert
    serial = f"{certificate.serial_number:x}"
    signed_at = signature.self_reported_timestamp
    later = _later_changes(status)
    intact = bool(status.intact and status.valid)
    ours = bool(status.trusted) and _anchor(status) in test_roots
    trusted = _trust(status, signed_at, revoked_at(serial) if ours else None, ours=ours)
    verdict, reason = _verdict(intact=intact, later=later, trusted=trusted)
    subject = certificate.subject.native
    return SignatureCheck(
        field=signature.field_name,
        signer=_text(subject.get("common_name")),
        organisation=_text(subject.get("organization_name")),
        issuer=_text(certificate.issuer.native.get("common_name")),
        serial=serial,
        signed_at=signed_at,
        intact=intact,
        trusted=trusted,
        covers_whole=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        later_changes=later,
        is_test=ours,
        verdict=verdict,
        reason=reason,
    )


def _anchor(status: PdfSignatureStatus) -> bytes | None:
    """Return the SHA-256 of the certificate of the authority that the chain ends in."""
    anchor = getattr(status.validation_path, "trust_anchor", None)
    return anchor.certificate.sha256 if isinstance(anchor, CertTrustAnchor) else None


def _later_changes(status: PdfSignatureStatus) -> str:
    level = status.modification_level
    if level == ModificationLevel.NONE:
        return NONE
    return ALLOWED if level in _ALLOWED_LEVELS and status.docmdp_ok is not False else FORBIDDEN


def _trust(status: PdfSignatureStatus, signed_at: datetime | None, revoked_at: datetime | None, *, ours: bool) -> Verdict:
    if status.trust_problem_indic in _CERTIFICATE_ENDED or (revoked_at is not None and (signed_at is None or signed_at >= revoked_at)):
        return Verdict.INVALID
    return Verdict.VALID if ours else Verdict.UNKNOWN


def _verdict(*, intact: bool, later: str, trusted: Verdict) -> tuple[Verdict, str]:
    if not intact:
        return Verdict.INVALID, "changed"
    if later == FORBIDDEN:
        return Verdict.INVALID, "changed_later"
    reasons = {Verdict.VALID: "", Verdict.INVALID: "certificate_invalid", Verdict.UNKNOWN: "certificate_unknown"}
    return trusted, reasons[trusted]


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _unreadable(field: str = "") -> SignatureCheck:
    return SignatureCheck(
        field=field,
        signer="",
        organisation="",
        issuer="",
        serial="",
        signed_at=None,
        intact=False,
        trusted=Verdict.UNKNOWN,
        covers_whole=False,
        later_changes=FORBIDDEN,
        is_test=False,
        verdict=Verdict.INVALID,
        reason="unreadable",
    )
