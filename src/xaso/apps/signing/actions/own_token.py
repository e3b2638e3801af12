"""Signs with the official's own USB token, which only her computer reaches: a paper is prepared here, signed there, and attached here.

In between it waits as a row of a few minutes, bound to her account, her certificate, and how its matter stood. One paper of a matter waits
at a time: who prepares it anew, in another tab, puts the earlier one out of use. What was prepared never leaves the house but for the
attributes to be signed, so that nobody else can complete it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from xaso.apps.signing import queries
from xaso.apps.signing.actions.certificates import PERSON, facts_of
from xaso.apps.signing.actions.sign import Made, Wish, keep_evidence, location_of, require_seal, seal
from xaso.apps.signing.keys import is_own_token
from xaso.apps.signing.models import Certificate, PendingSignature
from xaso.apps.signing.pictures import signature_picture
from xaso.apps.signing.places import seal_place
from xaso.apps.signing.rules import require_holder, require_usable
from xaso.apps.signing.shapes import OwnToken, SignedPdf, ToSign
from xaso.apps.signing.stampers import find_stamper
from xaso.kernel.errors import Refusal

LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Matter:
    """Whose paper it is, what the caller holds for it, and how the matter stands: opaque words of the caller."""

    subject: str
    reference: str
    mark: str


@dataclass(frozen=True)
class Taken:
    """A signature that came back, fits, and was taken out of waiting; `reference` is the caller's."""

    pending: PendingSignature
    signature: bytes

    @property
    def reference(self) -> str:
        """What the caller holds for the paper."""
        return self.pending.reference


def find_own_token(account_id: UUID, *, now: datetime) -> OwnToken | None:
    """Return the certificate that the official signs with if its key lies on her own token. One query."""
    row = queries.find_certificate_of(account_id, now=now)
    return _shown(row) if row is not None and is_own_token(row) else None


def require_ready_by_token(wish: Wish, *, now: datetime) -> bool:
    """Raise what stands in the way of signing by the token and sealing; tell whether a test certificate would be used."""
    assert wish.commune_id is not None
    own, agencys = _own_certificate(wish, now=now), require_seal(wish.commune_id, now=now)
    return own.is_test or agencys.is_test


def prepare_by_token(content: bytes, wish: Wish, matter: Matter, *, now: datetime) -> ToSign:
    """Lay the paper out but for the signature, with room for the seal, and let it wait. Writes a PendingSignature.

    Raises Refusal `signing.no_certificate`, `signing.not_own_token` and as `rules.require_usable`.
    """
    from xaso.apps.signing import pades

    assert wish.commune_id is not None
    assert wish.account_id is not None
    certificate = _own_certificate(wish, now=now)
    place = wish.place or pades.place_for_signature(content)
    picture = signature_picture(wish.name, is_test=certificate.is_test, now=now) if place else b""
    stamp = pades.Stamp(pades.SIGNATURE_FIELD, place, picture, wish.name, wish.reason, location_of(wish.commune_id))
    stamper = find_stamper()
    room = stamper.room_bytes if stamper else 0
    reserved = pades.Stamp(pades.SEAL_FIELD, seal_place(place) if place else None, b"", "", "", "")
    prepared = pades.prepare_signature(
        content,
        stamp,
        certificate.pem,
        certificate.chain_pem,
        now=now,
        reserved=reserved,
        stamp_room_bytes=room,
    )
    with transaction.atomic():
        PendingSignature.objects.filter(subject=matter.subject).delete()
        row = PendingSignature.objects.create(
            commune_id=wish.commune_id,
            account_id=wish.account_id,
            certificate=certificate,
            subject=matter.subject,
            reference=matter.reference,
            mark=matter.mark,
            name=wish.name[:200],
            reason=wish.reason[:300],
            content=prepared.content,
            room_start=prepared.room[0],
            room_end=prepared.room[1],
            attributes=prepared.attributes,
            prepared_at=now,
            ends_at=now + LASTS,
        )
    return ToSign(row.pk, certificate.fingerprint, prepared.attributes, row.ends_at)


def take_signature(pending_id: UUID, signature: bytes, account_id: UUID, matter: Matter, *, now: datetime) -> Taken:
    """Take the paper out of waiting for a signature that fits; call it in the transaction that looked at the matter.

    Nothing changes on Refusal: `signing.pending_gone` (signed already, prepared anew, given up, or somebody else's),
    `signing.pending_ended`, `signing.paper_changed`, `signing.signature_wrong`, `signing.other_persons`, and as `rules.require_usable`.
    """
    from asn1crypto import pem

    from xaso.apps.signing.fitting import require_fits

    whose = {"pk": pending_id, "account_id": account_id, "subject": matter.subject}
    row = PendingSignature.objects.select_for_update(of=("self",)).select_related("certificate").filter(**whose).first()
    if row is None:
        raise Refusal("signing.pending_gone")
    if now >= row.ends_at:
        raise Refusal("signing.pending_ended")
    if row.mark != matter.mark or row.reference != matter.reference:
        raise Refusal("signing.paper_changed")
    require_holder(facts_of(row.certificate), account_id)
    require_usable(facts_of(row.certificate), now=now)
    _, _, der = pem.unarmor(row.certificate.pem.encode())
    require_fits(der, bytes(row.attributes), signature)
    PendingSignature.objects.filter(pk=row.pk).delete()
    return Taken(row, signature)


def attach_and_seal(taken: Taken, *, now: datetime) -> SignedPdf:
    """Lay the signature into the paper that waited, then add the commune's seal. Writes both records; call it outside any transaction.

    Raises Refusal `signing.no_seal` and as `sign.seal`.
    """
    from xaso.apps.signing import pades

    row, certificate = taken.pending, taken.pending.certificate
    prepared = pades.Prepared(bytes(row.content), (row.room_start, row.room_end), bytes(row.attributes))
    sealed = pades.attach_signature(prepared, taken.signature, certificate.pem, certificate.chain_pem, now=now, stamper=find_stamper())
    made = Made(row.commune_id, row.account_id, row.name, row.reason, pades.SIGNATURE_FIELD)
    signed = keep_evidence(sealed, made, certificate, now=now)
    both = seal(signed.content, Wish(row.commune_id, row.account_id, row.name, row.reason), now=now)
    return SignedPdf(both.content, signed.records + both.records)


def forget_pending(subject: str, account_id: UUID | None = None, pending_id: UUID | None = None) -> bool:
    """Let what waits for the subject wait no more, if it is the account's and the one named, where named; tell whether there was any."""
    named = {name: value for name, value in (("account_id", account_id), ("pk", pending_id)) if value is not None}
    return bool(PendingSignature.objects.filter(subject=subject, **named).delete()[0])


def _own_certificate(wish: Wish, *, now: datetime) -> Certificate:
    assert wish.account_id is not None
    certificate = queries.find_certificate_of(wish.account_id, now=now)
    if certificate is None:
        raise Refusal("signing.no_certificate")
    if not is_own_token(certificate) or certificate.kind != PERSON:
        raise Refusal("signing.not_own_token")
    require_usable(facts_of(certificate), now=now)
    return certificate


def _shown(row: Certificate) -> OwnToken:
    from cryptography import x509

    from xaso.apps.signing.adapters.pkcs12 import common_name

    certificate = x509.load_pem_x509_certificate(row.pem.encode())
    return OwnToken(row.fingerprint, common_name(certificate.subject), common_name(certificate.issuer), row.valid_from, row.valid_to)
