"""An official offers the certificate of her own token; an administrator takes it into use or declines. Until then it signs nothing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people import facade as people
from xaso.apps.signing import offer_notices
from xaso.apps.signing.actions.certificates import (
    Holder,
    commune_administered_by,
    register_held_certificate,
    registered_before,
    require_suits,
    trusted_authorities,
)
from xaso.apps.signing.actions.issuers_word import REVOKED, said_of
from xaso.apps.signing.keys import HOLDERS_OWN, HeldKey
from xaso.apps.signing.models import OfferedCertificate
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

LONGEST_REASON = 300
NO_ISSUER = {"signing.p12_no_chain", "signing.p12_chain_broken"}


def offer(actor: Actor, there: Sequence[HeldKey], fingerprint: str, *, now: datetime) -> OfferedCertificate:
    """Ask that one of the certificates on her token be taken into use; what she offered before is an offer no more.

    Raises Refusal `signing.not_a_signer`, `signing.certificate_unreadable`, `signing.issuer_unknown`, `signing.offer_other_name`,
    `signing.offer_in_use`, `signing.p12_*`, and as `rules.require_usable`.
    """
    from cryptography.hazmat.primitives import hashes

    holder = _own(actor, now=now)
    found = next((one for one in there if one.certificate.fingerprint(hashes.SHA256()).hex() == fingerprint), None)
    if found is None:
        raise Refusal("signing.certificate_unreadable")
    row = _judged(found, holder, now=now)
    try:
        with transaction.atomic():
            OfferedCertificate.objects.filter(fingerprint=row.fingerprint).exclude(declined_at=None).delete()
            OfferedCertificate.objects.filter(account_id=row.account_id).delete()
            row.save(force_insert=True)
            audit.record(actor, "signing.certificate_offered", _subject(row), _detail(row, holder.name), now=now)
            offer_notices.tell_administrators(row, holder.name, now=now)
    except IntegrityError as error:
        raise Refusal("signing.p12_taken") from error
    return row


def take_back(actor: Actor, *, now: datetime) -> None:
    """Let the actor's offer wait no more; none is no matter."""
    assert actor.account_id is not None
    with transaction.atomic():
        row = OfferedCertificate.objects.select_for_update().filter(account_id=actor.account_id).first()
        if row is None:
            return
        OfferedCertificate.objects.filter(pk=row.pk).delete()
        audit.record(actor, "signing.offer_taken_back", _subject(row), _detail(row, people.account_name(row.account_id)), now=now)


def approve(actor: Actor, offer_id: UUID, *, now: datetime) -> None:
    """Take an offered certificate into use, judged anew; the one in use ends. Tells the official.

    Raises Refusal `signing.not_allowed`, `signing.offer_gone`, `signing.offer_own`, and as `register_held_certificate`.
    """
    from cryptography import x509

    with transaction.atomic():
        row = _waiting(actor, offer_id)
        if said_of(row.pem, row.chain_pem, now=now) == REVOKED:
            raise Refusal("signing.revoked_by_issuer")
        OfferedCertificate.objects.filter(pk=row.pk).delete()
        offer_notices.tell_official(row, offer_notices.APPROVED, now=now)
        there = [HeldKey(HOLDERS_OWN, x509.load_pem_x509_certificate(row.pem.encode()))]
        register_held_certificate(actor, row.account_id, there, row.fingerprint, now=now)


def decline(actor: Actor, offer_id: UUID, reason: str, *, now: datetime) -> None:
    """Answer an offer with a reason; she reads it on her page and is told. Raises Refusal as `approve`, and `signing.reason_missing`."""
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise Refusal("signing.reason_missing")
    with transaction.atomic():
        row = _waiting(actor, offer_id)
        row.declined_at, row.reason = now, reason
        row.save(update_fields=["declined_at", "reason"])
        detail = {**_detail(row, people.account_name(row.account_id)), "reason": reason}
        audit.record(actor, "signing.offer_declined", _subject(row), detail, now=now)
        offer_notices.tell_official(row, offer_notices.DECLINED, now=now)


def _own(actor: Actor, *, now: datetime) -> Holder:
    may_sign = people.role_holders(actor.commune_id, people.Role.SIGNER, on=now.astimezone(VN).date()) if actor.commune_id else []
    found = next((one for one in may_sign if one.account_id == actor.account_id), None)
    if found is None or actor.commune_id is None:
        raise Refusal("signing.not_a_signer")
    return Holder(actor.commune_id, found.account_id, found.name)


def _judged(held: HeldKey, holder: Holder, *, now: datetime) -> OfferedCertificate:
    """Return the offer that a certificate makes, once nothing speaks against it."""
    from cryptography.hazmat.primitives import hashes, serialization

    from xaso.apps.signing.adapters.pkcs12 import checked_chain, common_name

    fresh = held.certificate
    try:
        chain = checked_chain(fresh, list(trusted_authorities()), now=now)
        require_suits(fresh, holder, name_was_checked=False, now=now)
    except Refusal as refusal:
        raise _in_her_words(refusal, holder, common_name(fresh.issuer)) from refusal
    if registered_before(fresh, holder) is not None:
        raise Refusal("signing.offer_in_use")
    pem, *others = (one.public_bytes(serialization.Encoding.PEM).decode() for one in (fresh, *chain))
    if said_of(pem, "".join(others), now=now) == REVOKED:
        raise Refusal("signing.revoked_by_issuer")
    assert holder.account_id is not None
    return OfferedCertificate(
        commune_id=holder.commune_id,
        account_id=holder.account_id,
        subject=fresh.subject.rfc4514_string()[:250],
        serial=f"{fresh.serial_number:x}",
        fingerprint=fresh.fingerprint(hashes.SHA256()).hex(),
        pem=pem,
        chain_pem="".join(others),
        offered_at=now,
    )


def _in_her_words(refusal: Refusal, holder: Holder, issuer: str) -> Refusal:
    """Return what an administrator would be told as it is told to the official herself: she can't vouch for her own name."""
    if refusal.code == "signing.p12_other_name":
        return Refusal("signing.offer_other_name", **refusal.params, own=holder.name)
    return Refusal("signing.issuer_unknown", issuer=issuer) if refusal.code in NO_ISSUER else refusal


def _waiting(actor: Actor, offer_id: UUID) -> OfferedCertificate:
    """Return the offer, locked, that the administrator may answer."""
    commune_id = commune_administered_by(actor)
    rows = OfferedCertificate.objects.select_for_update().filter(pk=offer_id, commune_id=commune_id, declined_at=None)
    row = rows.first()
    if row is None:
        raise Refusal("signing.offer_gone")
    if row.account_id == actor.account_id:
        raise Refusal("signing.offer_own")
    return row


def _subject(row: OfferedCertificate) -> str:
    return f"{offer_notices.PREFIX}{row.pk}"


def _detail(row: OfferedCertificate, name: str) -> dict[str, str]:
    return {"name": name, "subject": row.subject, "serial": row.serial, "value": row.serial}
