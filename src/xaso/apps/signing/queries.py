"""Which certificate signs for a person or a commune."""

from datetime import datetime
from uuid import UUID

from xaso.apps.signing import options
from xaso.apps.signing.actions.certificates import PERSON, SEAL
from xaso.apps.signing.judging import OwnRecord
from xaso.apps.signing.models import Certificate, PendingSignature, SignatureRecord, SignedPaper
from xaso.apps.signing.shapes import Awaited, Level, ProofOfTime


def find_certificate(certificate_id: UUID) -> Certificate | None:
    """Return a certificate by its id. One query."""
    return Certificate.objects.filter(pk=certificate_id).first()


def find_certificate_of(account_id: UUID, *, now: datetime) -> Certificate | None:
    """Return the person's certificate that can be used now, else the latest one, so that the refusal says what is wrong. One query."""
    return best(list(Certificate.objects.filter(kind=PERSON, account_id=account_id)), now)


def find_seal_of(commune_id: UUID, *, now: datetime) -> Certificate | None:
    """Return the commune's seal certificate that can be used now, else the latest one. One query."""
    return best(list(Certificate.objects.filter(kind=SEAL, commune_id=commune_id)), now)


def own_record(serial: str, document_digest: str, *, is_own: bool) -> OwnRecord:
    """Return what is known here of a signature, with the revocation of its certificate if that is the trial's own. At most two queries."""
    rows = SignatureRecord.objects.filter(document_digest=document_digest, certificate__serial=serial)
    revoked_at = Certificate.objects.filter(serial=serial).values_list("revoked_at", flat=True).first() if is_own else None
    return OwnRecord(revoked_at, rows.values_list("signed_at", flat=True).first())


def newest_file_id(paper_id: UUID) -> UUID:
    """Return the id of the newest form of a paper. One query."""
    found: UUID = SignedPaper.objects.values_list("file_id", flat=True).get(pk=paper_id)
    return found


def find_proof(file_id: UUID) -> ProofOfTime | None:
    """Return how the time of a kept paper is proven; None of an unknown one. One query."""
    row = SignedPaper.objects.filter(file_id=file_id).first()
    if row is None:
        return None
    return ProofOfTime(Level(row.level), row.stamped_at, bool(options.TIME_STAMP_ADDRESS.value()), row.trouble, row.next_at)


def find_awaited(subject: str) -> Awaited | None:
    """Return what waits for a token's signature on the subject, ended or not. One query."""
    row = PendingSignature.objects.filter(subject=subject).only("account_id", "reference", "ends_at").first()
    return Awaited(row.account_id, row.reference, row.ends_at) if row else None


def best(certificates: list[Certificate], now: datetime) -> Certificate | None:
    """Return the certificate that can be used now, of several the one that lasts longest; else the latest one."""

    def rank(row: Certificate) -> tuple[bool, bool, datetime]:
        usable = row.valid_from <= now <= row.valid_to and (row.revoked_at is None or row.revoked_at > now)
        usable = usable and row.authority_state != "revoked"
        return usable, row.revoked_at is None, row.valid_to

    return max(certificates, key=rank, default=None)
