"""Tells administrators that files wait for the virus scanner: nobody else can do anything about it, and nobody opens those files."""

from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.files.models import WAITING, StoredFile
from xaso.platform.registries import WorkItem, WorkSource, work
from xaso.platform.viruses.options import find_scanner

WHO, PLACE = "administrator", "/quan-tri/"
PATIENCE = timedelta(minutes=10)
"""A scanner that reads its signatures anew is away for a minute or two."""


def waiting_too_long(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return one thing to do while files of the actor's commune wait for the scanner longer than PATIENCE. One query."""
    if actor.commune_id is None or not actor.holds(WHO) or find_scanner() is None:
        return []
    waiting = StoredFile.objects.filter(virus_check=WAITING, commune_id=actor.commune_id).aggregate(
        many=Count("id"), since=Min("created_at")
    )
    if not waiting["many"] or waiting["since"] > now - PATIENCE:
        return []
    many, since = waiting["many"], waiting["since"].astimezone(VN)
    return [
        WorkItem(
            key=gettext("Quét vi-rút"),
            title=ngettext("%(count)s tệp chưa quét vi-rút, chưa ai mở được", "%(count)s tệp chưa quét vi-rút, chưa ai mở được", many)
            % {"count": many},
            detail=gettext("Chờ từ %(since)s. Gọi người vận hành máy chủ xem ClamAV; máy tự quét khi nó chạy lại.")
            % {"since": f"{since:%H:%M %d/%m/%Y}"},
            stage=_("Cần làm ngay"),
            stage_tone="son",
            url=PLACE,
            due_at=None,
        )
    ]


def _finished(_actor: Actor, _now: datetime) -> int:
    """Tell that nothing here is finished by a person: it ends when the scanner has seen the files."""
    return 0


work.add(WorkSource("viruses", waiting_too_long, _finished))
