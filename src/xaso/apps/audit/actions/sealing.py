"""Seals entries soon after they were written, so that writers need not queue for the end of the chain."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import chain as chains
from xaso.apps.audit.models import AuditChain, AuditLink, UnsealedEntry
from xaso.apps.audit.stored import moment_text, waiting_contents

LINKS_AT_A_TIME = 500
"""So many links a transaction: others wait for the database only shortly."""


def seal_waiting(now: datetime) -> int:
    """Seal what waits now, a transaction for each `LINKS_AT_A_TIME` entries of a chain; returns how many entries were sealed.

    Killed at any moment it leaves whole transactions; several at once take turns at the chain's head, so that nothing is sealed twice.
    """
    waiting = UnsealedEntry.objects.values_list("chain", flat=True).distinct()
    return sum(_seal_chain(chain, now) for chain in sorted(waiting))


def _seal_chain(chain: UUID, now: datetime) -> int:
    sealed = 0
    while done := _seal_some(chain, now):
        sealed += done
    return sealed


@transaction.atomic
def _seal_some(chain: UUID, now: datetime) -> int:
    head = _locked_head(chain)
    contents = waiting_contents(chain, LINKS_AT_A_TIME)
    links = list(chains.extend(chain.hex, head.links, head.digest, contents, moment_text(now)))
    if not links:
        return 0
    AuditLink.objects.bulk_create(
        AuditLink(entry_id=UUID(link.entry), chain=chain, number=link.number, sealed_at=now, content=link.content, digest=link.digest)
        for link in links
    )
    head.links, head.digest = links[-1].number, links[-1].digest
    head.save(update_fields=["links", "digest"])
    UnsealedEntry.objects.filter(pk__in=[link.entry for link in links]).delete()
    return len(links)


def _locked_head(chain: UUID) -> AuditChain:
    AuditChain.objects.bulk_create([AuditChain(chain=chain, digest=chains.GENESIS)], ignore_conflicts=True)
    return AuditChain.objects.select_for_update().get(pk=chain)
