"""What waits for an official today, as XLSX."""

from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xaso.apps.people.facade import Role
from xaso.apps.portal.pages.today import narrowed, work_of
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, sheets


def _today(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    items = narrowed(work_of(actor, now), query.get("loc", ""))
    rows = [(item.key, item.title, item.detail, item.stage, item.due_at, _("Có") if item.clock_stopped else None) for item in items]
    return Sheet(rows, len(rows))


sheets.add(
    SheetSource(
        "viec-hom-nay",
        _("Việc hôm nay"),
        frozenset(role.value for role in Role),
        (
            Column(_("Mã"), width=20),
            Column(_("Việc"), width=44),
            Column(_("Ai, ở đâu"), width=36),
            Column(_("Đang ở bước"), width=24),
            Column(_("Hạn"), Kind.MOMENT, 17),
            Column(_("Tạm dừng thời hạn"), width=18),
        ),
        _today,
        of_citizens=True,
    )
)
