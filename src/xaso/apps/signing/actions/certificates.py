"""Issues certificates of the trial's own authority, and registers them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people import facade as people
from xaso.apps.signing.keys import file_location, keys_directory
from xaso.apps.signing.models import Certificate
from xaso.apps.signing.rules import agency_name, province_name
from xaso.platform.actor import Actor

PERSON, SEAL = "person", "seal"


def issue_test_certificate(account_id: UUID, commune_id: UUID, *, name: str, now: datetime) -> Certificate:
    """Give an official a certificate of the trial's authority. Writes the key file, the certificate and an audit entry."""
    commune = people.commune_of(commune_id)
    return _issue(PERSON, commune_id, account_id, name=name, organisation=agency_name(commune.name), now=now)


def issue_test_seal(commune_id: UUID, *, now: datetime) -> Certificate:
    """Give a commune's People's Committee a seal certificate of the trial's authority."""
    commune = people.commune_of(commune_id)
    return _issue(SEAL, commune_id, None, name=agency_name(commune.name), organisation=province_name(commune.province), now=now)


def _issue(kind: str, commune_id: UUID, account_id: UUID | None, *, name: str, organisation: str, now: datetime) -> Certificate:
    from cryptography.hazmat.primitives import hashes, serialization

    from xaso.apps.signing.adapters.test_authority import ensure_test_authority, issue

    authority = ensure_test_authority(keys_directory(), now=now)
    issued = issue(authority, name=name, organisation=organisation, now=now)
    fresh = issued.certificate
    with transaction.atomic():
        row = Certificate.objects.create(
            kind=kind,
            commune_id=commune_id,
            account_id=account_id,
            subject=fresh.subject.rfc4514_string()[:250],
            issuer=fresh.issuer.rfc4514_string()[:250],
            serial=f"{fresh.serial_number:x}",
            fingerprint=fresh.fingerprint(hashes.SHA256()).hex(),
            valid_from=fresh.not_valid_before_utc,
            valid_to=fresh.not_valid_after_utc,
            pem=fresh.public_bytes(serialization.Encoding.PEM).decode(),
            chain_pem=authority.pem,
            key_location=file_location(issued.key_name),
            is_test=True,
        )
        detail = {"kind": kind, "subject": row.subject, "serial": row.serial}
        audit.record(Actor.system(commune_id, "signing"), "signing.certificate_issued", f"certificate:{row.pk}", detail, now=now)
    return row


@transaction.atomic
def revoke(actor: Actor, certificate_id: UUID, *, now: datetime) -> None:
    """End a certificate: it signs no more, and what it signs later checks as invalid. What it signed before stays valid."""
    ended = Certificate.objects.filter(pk=certificate_id, commune_id=actor.commune_id, revoked_at=None).update(revoked_at=now)
    if ended:
        audit.record(actor, "signing.certificate_revoked", f"certificate:{certificate_id}", now=now)
