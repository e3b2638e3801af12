"""Registers certificates: those that an authority gave out, and those of the trial's own authority; ends them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people import facade as people
from xaso.apps.signing.actions.issuers_word import REVOKED, said_of
from xaso.apps.signing.keys import HeldKey, file_location, keys_directory, remove_key, require_key
from xaso.apps.signing.known_here import TRUSTED_FOLDER
from xaso.apps.signing.models import Certificate
from xaso.apps.signing.rules import CertificateFacts, agency_name, may_be_used, require_usable
from xaso.kernel.errors import Refusal
from xaso.kernel.text import same_name
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

if TYPE_CHECKING:
    from cryptography import x509

PERSON, SEAL = "person", "seal"


@dataclass(frozen=True)
class Holder:
    """Whose certificate it is: an official's, or the seal of the commune's People's Committee, which belongs to no account."""

    commune_id: UUID
    account_id: UUID | None = None
    name: str = ""

    @property
    def kind(self) -> str:
        """`person` or `seal`."""
        return PERSON if self.account_id else SEAL


def holder_for(actor: Actor, account_id: UUID | None, *, now: datetime) -> Holder:
    """Return whose certificate the administrator may register. Raises Refusal `signing.not_allowed`, `signing.not_a_signer`."""
    commune_id = commune_administered_by(actor)
    if account_id is None:
        return Holder(commune_id, name=agency_name(people.commune_of(commune_id).name))
    may_sign = people.role_holders(commune_id, people.Role.SIGNER, on=now.astimezone(VN).date())
    found = next((one for one in may_sign if one.account_id == account_id), None)
    if found is None:
        raise Refusal("signing.not_a_signer")
    return Holder(commune_id, account_id, found.name)


def register_certificate(
    actor: Actor, account_id: UUID | None, content: bytes, passphrase: str, *, name_was_checked: bool = False, now: datetime
) -> Certificate:
    """Take over a certificate and its key from a PKCS#12 file for an official, or for the seal; it replaces the one in use.

    Nothing is kept of a file that is refused, and nothing ever of the passphrase. The same file for the same holder, again, only brings
    back a key that was lost. Raises Refusal `signing.p12_*`, `signing.expired`, `signing.not_yet_valid`, `signing.revoked_by_issuer` and
    as `holder_for`.
    """
    from xaso.apps.signing.adapters.pkcs12 import read_key_file
    from xaso.apps.signing.adapters.software_keys import keep_new_key

    holder = holder_for(actor, account_id, now=now)
    read = read_key_file(content, passphrase, known=trusted_authorities(), now=now)
    fresh = read.certificate
    require_suits(fresh, holder, name_was_checked=name_was_checked, now=now)
    known = registered_before(fresh, holder)
    if known is not None and _key_works(known):
        return known
    key_name = keep_new_key(keys_directory(), read.key)
    try:
        return _put_in_use(actor, holder, _row_of(holder, fresh, read.chain_pem, file_location(key_name)), known, now=now)
    except BaseException:
        (keys_directory() / key_name).unlink(missing_ok=True)
        raise


def register_held_certificate(
    actor: Actor, account_id: UUID | None, there: Sequence[HeldKey], fingerprint: str, *, name_was_checked: bool = False, now: datetime
) -> Certificate:
    """Take into use one of the certificates whose keys a device or a service keeps, for an official or for the seal.

    The key there must answer to the certificate. Raises Refusal as `register_certificate`; `signing.token_*`, `signing.remote_*`,
    `signing.key_mismatch`.
    """
    from cryptography.hazmat.primitives import hashes, serialization

    from xaso.apps.signing.adapters.pkcs12 import checked_chain

    holder = holder_for(actor, account_id, now=now)
    found = next((one for one in there if one.certificate.fingerprint(hashes.SHA256()).hex() == fingerprint), None)
    if found is None:
        raise Refusal("signing.key_missing")
    fresh = found.certificate
    chain = checked_chain(fresh, [*found.others, *trusted_authorities()], now=now)
    require_suits(fresh, holder, name_was_checked=name_was_checked, now=now)
    known = registered_before(fresh, holder)
    if known is not None and _key_works(known):
        return known
    chain_pem = "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in chain)
    row = _row_of(holder, fresh, chain_pem, found.location)
    require_key(row)
    return _put_in_use(actor, holder, row, known, now=now)


def issue_test_certificate(account_id: UUID, commune_id: UUID, *, name: str, now: datetime) -> Certificate:
    """Give an official a certificate of the trial's authority. Writes the key file, the certificate and an audit entry."""
    return _issue(Actor.system(commune_id, "signing"), Holder(commune_id, account_id, name), now=now)


def issue_test_seal(commune_id: UUID, *, now: datetime) -> Certificate:
    """Give a commune's People's Committee a seal certificate of the trial's authority."""
    name = agency_name(people.commune_of(commune_id).name)
    return _issue(Actor.system(commune_id, "signing"), Holder(commune_id, name=name), now=now)


def issue_knowingly(actor: Actor, account_id: UUID | None, *, now: datetime) -> Certificate:
    """Give a holder a test certificate because an administrator wants one; whoever has one already keeps it.

    Raises Refusal `signing.has_certificate` where a real one is in use, and as `holder_for`.
    """
    holder = holder_for(actor, account_id, now=now)
    in_use = [row for row in _current(holder) if may_be_used(facts_of(row), now=now)]
    if any(not row.is_test for row in in_use):
        raise Refusal("signing.has_certificate")
    working = next((row for row in in_use if _key_works(row)), None)
    return working or _issue(actor, holder, now=now)


def revoke(actor: Actor, certificate_id: UUID, *, now: datetime) -> None:
    """End a certificate and delete its key: it signs no more, and what it signed later checks as invalid.

    What it signed before stays valid. Raises Refusal `signing.not_allowed`.
    """
    commune_id = commune_administered_by(actor)
    with transaction.atomic():
        row = Certificate.objects.select_for_update().filter(pk=certificate_id, commune_id=commune_id, revoked_at=None).first()
        if row is None:
            return
        _end(actor, [row], "signing.certificate_revoked", now=now)
    remove_key(row)


def facts_of(row: Certificate) -> CertificateFacts:
    """Return what the rules look at."""
    return CertificateFacts(
        row.account_id,
        row.valid_from,
        row.valid_to,
        row.revoked_at,
        row.authority_state == "revoked",
        _earliest_end(row.chain_pem),
    )


@lru_cache(maxsize=256)
def _earliest_end(chain_pem: str) -> datetime | None:
    """Return when the first certificate of the chain ends; None without a chain."""
    from cryptography import x509

    ends = [one.not_valid_after_utc for one in x509.load_pem_x509_certificates(chain_pem.encode())] if chain_pem else []
    return min(ends, default=None)


def _issue(actor: Actor, holder: Holder, *, now: datetime) -> Certificate:
    from xaso.apps.signing.adapters.test_authority import ensure_test_authority, issue

    commune = people.commune_of(holder.commune_id)
    organisation = agency_name(commune.name) if holder.account_id else commune.province_in_full
    authority = ensure_test_authority(keys_directory(), now=now)
    issued = issue(authority, name=holder.name, organisation=organisation, now=now)
    return _put_in_use(actor, holder, _row_of(holder, issued.certificate, authority.pem, file_location(issued.key_name)), None, now=now)


def _put_in_use(actor: Actor, holder: Holder, row: Certificate, known: Certificate | None, *, now: datetime) -> Certificate:
    """Save the certificate and end those of the holder that were in use; `known` is the same one, whose key was lost."""
    verb = "signing.certificate_issued" if row.is_test else "signing.certificate_registered"
    if not row.is_test and said_of(row.pem, row.chain_pem, now=now) == REVOKED:
        raise Refusal("signing.revoked_by_issuer")
    with transaction.atomic():
        before = [one for one in _current(holder) if known is None or one.pk != known.pk]
        _end(actor, before, "signing.certificate_replaced", now=now)
        if known is not None:
            Certificate.objects.filter(pk=known.pk).update(key_location=row.key_location, chain_pem=row.chain_pem)
            row.pk = known.pk
        else:
            row.save(force_insert=True)
        audit.record(actor, verb, _subject(row), _detail(row, holder.name), now=now)
    for one in [*before, *([known] if known else [])]:
        remove_key(one)
    return row


def _row_of(holder: Holder, fresh: "x509.Certificate", chain_pem: str, key_location: str) -> Certificate:
    from cryptography.hazmat.primitives import hashes, serialization

    from xaso.apps.signing.adapters.test_authority import TEST_MARK

    subject, issuer = fresh.subject.rfc4514_string(), fresh.issuer.rfc4514_string()
    return Certificate(
        kind=holder.kind,
        commune_id=holder.commune_id,
        account_id=holder.account_id,
        subject=subject[:250],
        issuer=issuer[:250],
        serial=f"{fresh.serial_number:x}",
        fingerprint=fresh.fingerprint(hashes.SHA256()).hex(),
        valid_from=fresh.not_valid_before_utc,
        valid_to=fresh.not_valid_after_utc,
        pem=fresh.public_bytes(serialization.Encoding.PEM).decode(),
        chain_pem=chain_pem,
        key_location=key_location,
        is_test=TEST_MARK in subject + issuer,
    )


def require_suits(fresh: "x509.Certificate", holder: Holder, *, name_was_checked: bool, now: datetime) -> None:
    """Raise Refusal unless the certificate is valid now and names the holder, or an administrator compared."""
    from xaso.apps.signing.adapters.pkcs12 import common_name

    require_usable(CertificateFacts(holder.account_id, fresh.not_valid_before_utc, fresh.not_valid_after_utc, None), now=now)
    name = common_name(fresh.subject)
    if holder.account_id and not name_was_checked and not same_name(name, holder.name):
        raise Refusal("signing.p12_other_name", name=name)


def registered_before(fresh: "x509.Certificate", holder: Holder) -> Certificate | None:
    """Return the holder's own row of the same certificate. Raises Refusal `signing.p12_taken` if it is withdrawn, or somebody else's."""
    from cryptography.hazmat.primitives import hashes

    row = Certificate.objects.filter(fingerprint=fresh.fingerprint(hashes.SHA256()).hex()).first()
    if row is not None and (row.revoked_at or (row.commune_id, row.account_id) != (holder.commune_id, holder.account_id)):
        raise Refusal("signing.p12_taken")
    return row


def _current(holder: Holder) -> list[Certificate]:
    rows = Certificate.objects.filter(kind=holder.kind, commune_id=holder.commune_id, account_id=holder.account_id, revoked_at=None)
    return list(rows)


def _end(actor: Actor, rows: list[Certificate], verb: str, *, now: datetime) -> None:
    Certificate.objects.filter(pk__in=[row.pk for row in rows]).update(revoked_at=now)
    for row in rows:
        audit.record(actor, verb, _subject(row), _detail(row, _name_of(row)), now=now)


def _key_works(row: Certificate) -> bool:
    try:
        require_key(row)
    except Refusal:
        return False
    return True


def _name_of(row: Certificate) -> str:
    if row.account_id:
        return people.account_name(row.account_id)
    return agency_name(people.commune_of(row.commune_id).name) if row.commune_id else ""


def trusted_authorities() -> "Iterable[x509.Certificate]":
    """Yield the certificates of the authorities that the operator trusts."""
    from cryptography import x509

    for path in sorted((keys_directory() / TRUSTED_FOLDER).glob("*.pem")):
        yield from x509.load_pem_x509_certificates(path.read_bytes())


def commune_administered_by(actor: Actor) -> UUID:
    """Return the administrator's commune. Raises Refusal `signing.not_allowed`."""
    if actor.commune_id is None or not actor.holds(people.Role.ADMINISTRATOR.value):
        raise Refusal("signing.not_allowed")
    return actor.commune_id


def _subject(row: Certificate) -> str:
    return f"certificate:{row.pk}"


def _detail(row: Certificate, name: str) -> dict[str, str]:
    return {"kind": row.kind, "name": name, "subject": row.subject, "serial": row.serial, "value": row.serial}
