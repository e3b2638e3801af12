"""Signs and seals PDF files. Every signature leaves a record that the database never changes."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from xaso.apps.people import facade as people
from xaso.apps.signing import queries
from xaso.apps.signing.actions.certificates import PERSON, facts_of, issue_test_certificate, issue_test_seal
from xaso.apps.signing.keys import signer_of
from xaso.apps.signing.models import Certificate, SignatureRecord
from xaso.apps.signing.pictures import seal_picture, signature_picture
from xaso.apps.signing.places import Place, seal_place
from xaso.apps.signing.rules import agency_name, require_holder, require_usable
from xaso.apps.signing.shapes import Level, SignatureFacts, SignedPdf
from xaso.apps.signing.stampers import find_stamper
from xaso.kernel.errors import Refusal

if TYPE_CHECKING:
    from xaso.apps.signing.pades import Sealed, Stamp

TEST_MODES = {"demo"}


@dataclass(frozen=True)
class Wish:
    """What is to be signed: by whom, for what, where. Without a place the one that the paper keeps is taken, or none."""

    commune_id: UUID | None
    account_id: UUID | None
    name: str
    reason: str
    place: Place | None = None
    certificate_id: UUID | None = None


def sign(content: bytes, wish: Wish, *, now: datetime, will_be_sealed: bool = False) -> SignedPdf:
    """Add the person's signature. Writes a SignatureRecord. Raises Refusal `signing.*`, among them `no_certificate` and `other_persons`."""
    from xaso.apps.signing import pades

    certificate = _certificate_of_person(wish, now=now)
    place = wish.place or pades.place_for_signature(content)
    picture = signature_picture(wish.name, is_test=certificate.is_test, now=now) if place else b""
    stamp = pades.Stamp(pades.SIGNATURE_FIELD, place, picture, wish.name, wish.reason, location_of(wish.commune_id))
    reserved = None
    if will_be_sealed:
        reserved = pades.Stamp(pades.SEAL_FIELD, seal_place(place) if place else None, b"", "", "", "")
    return _add(content, stamp, certificate, wish, reserved=reserved, now=now)


def seal(content: bytes, wish: Wish, *, now: datetime) -> SignedPdf:
    """Add the commune's seal as a further, incremental signature. Writes a SignatureRecord. Raises Refusal `signing.no_seal` and others."""
    from xaso.apps.signing import pades

    assert wish.commune_id is not None
    certificate = _seal_of_commune(wish.commune_id, now=now)
    commune = people.commune_of(wish.commune_id)
    signature = wish.place or pades.place_for_signature(content)
    agency = agency_name(commune.name)
    picture = seal_picture(agency, commune.province_in_full, is_test=certificate.is_test) if signature else b""
    place = seal_place(signature) if signature else None
    stamp = pades.Stamp(pades.SEAL_FIELD, place, picture, agency, wish.reason, location_of(wish.commune_id))
    return _add(content, stamp, certificate, wish, reserved=None, now=now)


def require_ready(wish: Wish, *, now: datetime) -> bool:
    """Raise what signing and sealing would raise for want of a certificate or key; tell whether a test certificate would be used."""
    assert wish.commune_id is not None
    own, agencys = _certificate_of_person(wish, now=now), require_seal(wish.commune_id, now=now)
    require_usable(facts_of(own), now=now)
    signer_of(own)
    return own.is_test or agencys.is_test


def require_seal(commune_id: UUID, *, now: datetime) -> Certificate:
    """Return the commune's seal certificate. Raises what sealing would raise for want of a certificate or key."""
    certificate = _seal_of_commune(commune_id, now=now)
    require_usable(facts_of(certificate), now=now)
    signer_of(certificate)
    return certificate


def sign_and_seal(content: bytes, wish: Wish, *, now: datetime) -> SignedPdf:
    """Sign, then seal; the place is looked for once."""
    from xaso.apps.signing import pades

    wish = replace(wish, place=wish.place or pades.place_for_signature(content))
    signed = sign(content, wish, now=now, will_be_sealed=True)
    sealed = seal(signed.content, wish, now=now)
    return SignedPdf(sealed.content, signed.records + sealed.records)


def _add(content: bytes, stamp: "Stamp", certificate: Certificate, wish: Wish, *, reserved: "Stamp | None", now: datetime) -> SignedPdf:
    """Prepare, sign, attach and verify, keep the evidence."""
    from xaso.apps.signing import pades

    require_usable(facts_of(certificate), now=now)
    sealed = pades.add_signature(
        content, stamp, signer_of(certificate), certificate.pem, certificate.chain_pem, now=now, reserved=reserved, stamper=find_stamper()
    )
    account_id = wish.account_id if certificate.kind == PERSON else None
    made = Made(wish.commune_id, account_id, stamp.name, wish.reason, stamp.field)
    return keep_evidence(sealed, made, certificate, now=now)


@dataclass(frozen=True)
class Made:
    """Of a signature that was made: for whom, by which account, under which name and reason, in which field."""

    commune_id: UUID | None
    account_id: UUID | None
    name: str
    reason: str
    field: str


def keep_evidence(sealed: "Sealed", made: Made, certificate: Certificate, *, now: datetime) -> SignedPdf:
    """Write the record of a signature that was attached, and return both."""
    record = SignatureRecord.objects.create(
        kind=certificate.kind,
        commune_id=made.commune_id,
        account_id=made.account_id,
        certificate=certificate,
        name=made.name[:200],
        reason=made.reason[:300],
        signed_at=now,
        document_digest=sealed.digest,
        evidence=_evidence(sealed, made.field, certificate),
    )
    return SignedPdf(sealed.content, (_facts(record, sealed, certificate),))


def _facts(record: SignatureRecord, sealed: "Sealed", certificate: Certificate) -> SignatureFacts:
    token = sealed.time_stamp
    return SignatureFacts(
        record.pk,
        record.kind,
        record.name,
        record.signed_at,
        sealed.digest,
        certificate.serial,
        stamped_at=token.at if token else None,
        stamp_ends_at=token.ends_at if token else None,
        is_test=certificate.is_test,
    )


def _certificate_of_person(wish: Wish, *, now: datetime) -> Certificate:
    assert wish.account_id is not None
    if wish.certificate_id is not None:
        certificate = queries.find_certificate(wish.certificate_id)
    else:
        certificate = queries.find_certificate_of(wish.account_id, now=now)
        if certificate is None and wish.commune_id is not None and issues_for_trial():
            certificate = issue_test_certificate(wish.account_id, wish.commune_id, name=wish.name, now=now)
    if certificate is None:
        raise Refusal("signing.no_certificate")
    require_holder(facts_of(certificate), wish.account_id)
    return certificate


def _seal_of_commune(commune_id: UUID, *, now: datetime) -> Certificate:
    certificate = queries.find_seal_of(commune_id, now=now)
    if certificate is None and issues_for_trial():
        certificate = issue_test_seal(commune_id, now=now)
    if certificate is None:
        raise Refusal("signing.no_seal")
    return certificate


def issues_for_trial() -> bool:
    """Tell whether this installation is a trial, which makes its own certificates for whoever lacks one."""
    return settings.XASO_MODE in TEST_MODES


def _evidence(sealed: "Sealed", field: str, certificate: Certificate) -> dict[str, object]:
    from xaso.apps.signing import pades

    return {
        "format": f"PAdES {Level.STAMPED if sealed.time_stamp else Level.BASIC}",
        "time_stamp": _stamp_evidence(sealed),
        "algorithm": pades.algorithm_of(certificate.pem),
        "field": field,
        "byte_range": list(sealed.byte_range),
        "certificate_sha256": certificate.fingerprint,
        "certificate_subject": certificate.subject,
        "checked": ["validity", "revocation", "holder", "key"] if certificate.kind == PERSON else ["validity", "revocation", "key"],
        "is_test": certificate.is_test,
    }


def _stamp_evidence(sealed: "Sealed") -> dict[str, str] | None:
    """Return who vouches for which time, or why nobody does though a server was named; None where none was."""
    token = sealed.time_stamp
    if token is not None:
        return {"at": token.at.isoformat(), "by": token.by, "certificate_ends_at": token.ends_at.isoformat()}
    return {"missing": sealed.no_stamp} if sealed.no_stamp else None


def location_of(commune_id: UUID | None) -> str:
    """Return where a signature says it was made: the commune's name."""
    return people.commune_of(commune_id).name if commune_id else ""
