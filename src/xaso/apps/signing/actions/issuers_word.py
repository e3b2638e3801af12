"""Writes down what the issuer of a certificate says of it."""

from datetime import datetime

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.signing.keys import keys_directory
from xaso.apps.signing.known_here import known_of
from xaso.apps.signing.models import Certificate
from xaso.platform.actor import Actor

GOOD, REVOKED, UNTOLD = "good", "revoked", "untold"


def said_of(pem: str, chain_pem: str, *, now: datetime) -> str:
    """Return what the kept lists and answers say of a certificate: good, revoked or untold."""
    from xaso.apps.signing import trust

    chain = trust.registered_chain(pem, chain_pem, known_of(chain_pem, keys_directory()), now=now)
    return {"": GOOD, trust.REVOKED: REVOKED}.get(chain.trouble, UNTOLD)


def write_down(row: Certificate, *, now: datetime) -> bool:
    """Keep what the lists and answers in the folder say of a registered certificate; tell whether that is something else than before.

    Revoked stays, and good is not unlearnt by an answer that failed to come. Writes the certificate and, of a revocation, an audit entry.
    """
    state = said_of(row.pem, row.chain_pem, now=now)
    with transaction.atomic():
        before = Certificate.objects.select_for_update().get(pk=row.pk).authority_state
        if before == REVOKED or (state == UNTOLD and before == GOOD):
            return False
        Certificate.objects.filter(pk=row.pk).update(authority_state=state, authority_told_at=now)
        if state == REVOKED:
            detail = {"kind": row.kind, "subject": row.subject, "serial": row.serial, "value": row.serial}
            actor = Actor.system(row.commune_id, "signing")
            audit.record(actor, "signing.certificate_revoked_by_issuer", f"certificate:{row.pk}", detail, now=now)
    return before != state
