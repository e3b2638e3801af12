"""What other rooms may ask of the signing room."""

from datetime import datetime
from uuid import UUID

from xaso.apps.signing import checking, queries
from xaso.apps.signing.actions import own_token, prove
from xaso.apps.signing.actions import sign as acts
from xaso.apps.signing.actions.certificates import issue_test_certificate, issue_test_seal, register_certificate, revoke
from xaso.apps.signing.actions.own_token import Matter, Taken, attach_and_seal, find_own_token, forget_pending, take_signature
from xaso.apps.signing.actions.prove import EXTENDED
from xaso.apps.signing.own_token_words import SCRIPT as OWN_TOKEN_SCRIPT
from xaso.apps.signing.own_token_words import local_program
from xaso.apps.signing.places import Place
from xaso.apps.signing.proof_words import proof_in_words
from xaso.apps.signing.queries import find_awaited
from xaso.apps.signing.shapes import Awaited, Level, OwnToken, ProofOfTime, SignatureCheck, SignatureFacts, SignedPdf, ToSign, Verdict
from xaso.platform import clock
from xaso.platform.models import StoredFile

__all__ = [
    "EXTENDED",
    "OWN_TOKEN_SCRIPT",
    "Awaited",
    "Level",
    "Matter",
    "OwnToken",
    "Place",
    "ProofOfTime",
    "SignatureCheck",
    "SignatureFacts",
    "SignedPdf",
    "Taken",
    "ToSign",
    "Verdict",
    "attach_and_seal",
    "find_awaited",
    "find_own_token",
    "find_proof",
    "forget_pending",
    "issue_test_certificate",
    "issue_test_seal",
    "keep_provable",
    "local_program",
    "newest_file_id",
    "prepare_by_token",
    "proof_in_words",
    "register_certificate",
    "require_ready",
    "require_ready_by_token",
    "revoke",
    "seal",
    "sign",
    "sign_and_seal",
    "signs_as_test",
    "take_signature",
    "verify",
]


def sign(
    content: bytes,
    *,
    account_id: UUID,
    name: str,
    reason: str,
    now: datetime,
    commune_id: UUID | None = None,
    place: Place | None = None,
    certificate_id: UUID | None = None,
) -> SignedPdf:
    """Add a person's signature to a PDF, visible at `place` or where the paper keeps room for it.

    Call it outside any transaction; it writes its own record. Raises Refusal: `signing.no_certificate`, `signing.other_persons`,
    `signing.expired`, `signing.not_yet_valid`, `signing.revoked`, `signing.key_missing`, `signing.key_locked`, `signing.key_mismatch`,
    `signing.unreadable`.
    """
    return acts.sign(content, acts.Wish(commune_id, account_id, name, reason, place, certificate_id), now=now)


def seal(content: bytes, *, commune_id: UUID, now: datetime, reason: str = "Đóng dấu cơ quan", place: Place | None = None) -> SignedPdf:
    """Add the agency's seal, over the left third of the signature whose place is given or kept by the paper. Refusals as for `sign`."""
    return acts.seal(content, acts.Wish(commune_id, None, "", reason, place), now=now)


def sign_and_seal(
    content: bytes,
    *,
    account_id: UUID,
    commune_id: UUID,
    name: str,
    reason: str,
    now: datetime,
    place: Place | None = None,
) -> SignedPdf:
    """Sign for the person, then seal for the agency: two incremental signatures, both recorded. Refusals as for `sign` and `seal`."""
    return acts.sign_and_seal(content, acts.Wish(commune_id, account_id, name, reason, place), now=now)


def require_ready(*, account_id: UUID, commune_id: UUID, name: str, now: datetime) -> bool:
    """Raise what `sign_and_seal` would refuse for want of a usable certificate or key, before anything else depends on it.

    Returns whether a test certificate would be used, so that the paper can say so. Refusals as for `sign` and `seal`.
    """
    return acts.require_ready(acts.Wish(commune_id, account_id, name, ""), now=now)


def require_ready_by_token(*, account_id: UUID, commune_id: UUID, name: str, now: datetime) -> bool:
    """As `require_ready`, for an official whose key lies on her own token. Raises also Refusal `signing.not_own_token`."""
    return own_token.require_ready_by_token(acts.Wish(commune_id, account_id, name, ""), now=now)


def prepare_by_token(
    content: bytes, matter: Matter, *, account_id: UUID, commune_id: UUID, name: str, reason: str, now: datetime
) -> ToSign:
    """Lay a paper out for a signature by the official's own token; it waits ten minutes for `take_signature`, then `attach_and_seal`.

    What waited for the same subject waits no more. Refusals as for `require_ready_by_token`, and `signing.unreadable`.
    """
    return own_token.prepare_by_token(content, acts.Wish(commune_id, account_id, name, reason), matter, now=now)


def signs_as_test(*, account_id: UUID | None, commune_id: UUID, now: datetime) -> bool:
    """Tell whether a paper signed now by the account, and sealed, would bear a test certificate. At most two queries."""
    person = queries.find_certificate_of(account_id, now=now) if account_id else None
    seal_certificate = queries.find_seal_of(commune_id, now=now)
    return any(row.is_test for row in (person, seal_certificate) if row is not None)


def keep_provable(stored: StoredFile, signed: SignedPdf, *, subject: str, now: datetime) -> None:
    """Note a signed paper in the transaction that keeps it, so that time stamps and evidence are added to it later.

    Whoever keeps it hears `EXTENDED` with the opaque `subject` whenever the paper has a newer form, and then keeps that one.
    """
    prove.keep_provable(stored, signed, subject, now=now)


def newest_file_id(paper_id: UUID) -> UUID:
    """Return which kept file is the newest form of a paper that `EXTENDED` told of. One query."""
    return queries.newest_file_id(paper_id)


def find_proof(file_id: UUID | None) -> ProofOfTime | None:
    """Return how the time of a kept file's signatures is proven; None of a file that is not noted here. One query."""
    return queries.find_proof(file_id) if file_id else None


def verify(content: bytes, *, now: datetime | None = None) -> list[SignatureCheck]:
    """Check every signature of one of our own PDFs, in the order they were made; an empty list means that it bears none.

    `now` is the moment of the check, else the present. A stranger's file goes through `checking.check_foreign`, in a process of its own.
    Raises Refusal `signing.unreadable`.
    """
    return checking.check_here(content, now=now or clock.now())
