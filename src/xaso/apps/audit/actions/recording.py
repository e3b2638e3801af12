"""Writes down what was done and seen: the only writer of entries."""

from datetime import datetime
from typing import Any

from xaso.apps.audit.models import AuditEntry
from xaso.platform import rows
from xaso.platform.actor import Actor

LIST_TAKEN = "audit.list_taken"


def note_list(actor: Actor, name: str, rows_count: int, now: datetime) -> None:
    """Write down that an official takes a list of people out of the house, as a workbook or on paper: which, and how long it is."""
    record(actor, LIST_TAKEN, f"commune:{actor.commune_id}", {"list": name, "rows": rows_count}, now=now)


def record(actor: Actor, verb: str, subject: str, detail: dict[str, Any] | None = None, *, now: datetime) -> None:
    """Write down one act in the caller's transaction. `subject` is opaque (`"dossier:<uuid>"`); `detail` holds plain values, no secrets."""
    rows.insert(entry(actor, verb, subject, detail, now=now))


def entry(actor: Actor, verb: str, subject: str, detail: dict[str, Any] | None = None, *, now: datetime) -> AuditEntry:
    """Return the entry of one act, which its caller writes together with the change."""
    return rows.new(
        AuditEntry,
        commune_id=actor.commune_id,
        at=now,
        actor_kind=actor.kind,
        actor_id=actor.account_id,
        actor_name=actor.name,
        post_title=_post_of(actor),
        verb=verb,
        subject=subject,
        detail=detail or {},
        address=actor.address,
        channel=actor.channel,
    )


def _post_of(actor: Actor) -> str:
    return f"{actor.post_title} (thay {actor.deputising_for})" if actor.deputising_for else actor.post_title
