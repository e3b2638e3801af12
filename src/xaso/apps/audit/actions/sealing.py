"""Seals entries soon after they were written, so that writers need not queue for the end of the chain."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import chain as chains
from xaso.apps.audit.models import AuditChain, UnsealedEntry
from xaso.apps.audit.stored import moment_text, waiting_contents, write_links

FIRST = UUID(int=0)
"""Before all entries."""

LINKS_AT_A_TIME = 500
"""So many links a transaction: others wait for the database only shortly."""


def seal_waiting(now: datetime) -> int:
    """Seal what waits now, a transaction for each `LINKS_AT_A_TIME` entries of a chain; returns how many entries were sealed.

    Killed at any moment it leaves whole transactions; several at once take turns at the chain's head, so that nothing is sealed twice.
    """
    waiting = UnsealedEntry.objects.values_list("chain", flat=True).distinct()
    return sum(_seal_chain(chain, now) for chain in sorted(waiting))


def _seal_chain(chain: UUID, now: datetime) -> int:
    """Seal what waits, from the first to the last; what slips in before the last one is the next round's."""
    sealed = 0
    last: UUID | None = FIRST
    while last:
        count, last = _seal_some(chain, last, now)
        sealed += count
    return sealed


@transaction.atomic
def _seal_some(chain: UUID, after: UUID, now: datetime) -> tuple[int, UUID | None]:
    """Seal the next entries; returns how many, and the last one that was looked at."""
    head = _locked_head(chain)
    last, contents = waiting_contents(chain, after, LINKS_AT_A_TIME)
    links = list(chains.extend(chain.hex, head.links, head.digest, contents, moment_text(now)))
    if links:
        write_links(chain, links, now)
        head.links, head.digest = links[-1].number, links[-1].digest
        head.save(update_fields=["links", "digest"])
    return len(links), last


def _locked_head(chain: UUID) -> AuditChain:
    AuditChain.objects.bulk_create([AuditChain(chain=chain, digest=chains.GENESIS)], ignore_conflicts=True)
    return AuditChain.objects.select_for_update().get(pk=chain)
