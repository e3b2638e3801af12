"""What an administrator does with an edition that waits: let it count, or set it aside."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.people.facade import Role
from xaso.apps.procedures import memory, queries
from xaso.apps.procedures.actions.stamp import hold_catalogue, mark_change
from xaso.apps.procedures.actions.withdrawal import tell_withdrawn
from xaso.apps.procedures.models import NATIONAL, NationalEdition, Procedure, ProcedureVersion
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor


@transaction.atomic
def approve_edition(actor: Actor, edition_id: UUID, *, withdraw: bool, now: datetime) -> NationalEdition:
    """Make versions of what is new or changed; with `withdraw`, retire what the edition has no more. Dossiers keep their versions.

    The catalogue's own files stay as they are. New versions count from today, or from the edition's day when that is still to come.
    What counts may have changed since the edition was read, so it is looked at again. Raises Refusal `procedures.not_allowed`,
    `procedures.edition_not_found`, `procedures.edition_decided`.
    """
    edition = _waiting(actor, edition_id)
    today = now.astimezone(VN).date()
    curated, live = queries.curated_documents(), queries.live_national()
    made = [
        _make(record.code, record.digest, record.document, edition, max(edition.as_of or today, today), now)
        for record in edition.records.filter(change__in=("new", "changed")).iterator(chunk_size=100)
        if record.document is not None and record.code not in curated and not _is_live(live, record.code, record.digest)
    ]
    gone = _retire(edition, live, now) if withdraw else []
    _decide(actor, edition, "approved", now)
    if made or gone:
        mark_change()
    audit.record(actor, "procedures.edition_approved", f"edition:{edition.id}", {"made": len(made), "withdrawn": gone}, now=now)
    memory.forget()
    return edition


@transaction.atomic
def set_aside_edition(actor: Actor, edition_id: UUID, *, now: datetime) -> NationalEdition:
    """Drop an edition without letting it count. Raises as `approve_edition`."""
    edition = _waiting(actor, edition_id)
    _decide(actor, edition, "set_aside", now)
    audit.record(actor, "procedures.edition_set_aside", f"edition:{edition.id}", {}, now=now)
    return edition


def _waiting(actor: Actor, edition_id: UUID) -> NationalEdition:
    if actor.commune_id is None or not actor.holds(Role.ADMINISTRATOR.value):
        raise Refusal("procedures.not_allowed")
    hold_catalogue()
    edition = NationalEdition.objects.filter(pk=edition_id).first()
    if edition is None:
        raise Refusal("procedures.edition_not_found")
    if edition.state != "waiting":
        raise Refusal("procedures.edition_decided")
    return edition


def _decide(actor: Actor, edition: NationalEdition, state: str, now: datetime) -> None:
    edition.state, edition.decided_at = state, now
    edition.decided_by_id = actor.account_id
    edition.save(update_fields=["state", "decided_at", "decided_by"])


def _is_live(live: dict[str, queries.LiveNational], code: str, digest: str) -> bool:
    return code in live and live[code].digest == digest


def _make(code: str, digest: str, document: dict[str, Any], edition: NationalEdition, counts_from: date, now: datetime) -> str:
    """Store a version. Its digest is that of what the edition prints: the days are added here and change nothing of it."""
    told = edition.as_of.isoformat() if edition.as_of else None
    procedure, _made = Procedure.objects.get_or_create(code=code, defaults={"created_at": now})
    ProcedureVersion.objects.create(
        procedure=procedure,
        digest=digest,
        document={
            **document,
            "valid_from": counts_from.isoformat(),
            "checked_on": edition.imported_at.astimezone(VN).date().isoformat(),
            "national": {**document["national"], "valid_from": told},
        },
        valid_from=counts_from,
        loaded_at=now,
        origin=NATIONAL,
    )
    return code


def _retire(edition: NationalEdition, live: dict[str, queries.LiveNational], now: datetime) -> list[str]:
    present = set(edition.records.exclude(change="withdrawn").values_list("code", flat=True))
    gone = sorted(set(live) - present)
    ProcedureVersion.objects.filter(procedure__code__in=gone, origin=NATIONAL, retired_at=None).update(retired_at=now)
    tell_withdrawn(gone, now=now)
    return gone
