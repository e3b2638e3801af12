"""Rounds of signatures on “Việc hôm nay”: what runs, and what waits for the official to go on."""

from datetime import datetime

from django.utils.translation import gettext as _

from xaso.apps.dossiers import words
from xaso.apps.dossiers.queries.signing_rounds import RoundLine, rounds_of
from xaso.platform.actor import Actor
from xaso.platform.registries import WorkItem


def open_rounds(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return the actor's rounds that are not at their end."""
    return [_item(line) for line in rounds_of(actor, now=now) if line.round.state != "ended" and line.left]


def _item(line: RoundLine) -> WorkItem:
    tone, state = words.ROUND_STATES[line.round.state]
    return WorkItem(
        key=_("Lượt ký"),
        title=_("Ký nhiều kết quả"),
        detail=_("đã ký %(signed)s trên %(papers)s") % {"signed": line.signed, "papers": line.papers},
        stage=state,
        stage_tone=tone,
        url=f"/ky-nhieu/{line.round.pk}/",
        due_at=None,
    )
