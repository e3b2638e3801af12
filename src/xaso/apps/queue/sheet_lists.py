"""Figures of waiting and service as XLSX, a row for each day and service."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xaso.apps.queue import access, times
from xaso.apps.queue.models import DayFigures, ServiceGroup
from xaso.apps.queue.queries import figures
from xaso.apps.queue.queries.figures import Figures
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, columns, sheets

DAYS = 366


def _figures(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    commune_id = access.commune_of(actor)
    rows = [_row(times.local_day(now), group, found) for group, found in figures.of_today(commune_id, now)]
    rows += [_row(found.day, found.group, found) for found in figures.of_days(commune_id, now, DAYS)]
    return Sheet(rows, len(rows))


def _row(day: date, group: ServiceGroup, found: Figures | DayFigures) -> Sequence[Any]:
    middles = (_minutes(found.wait_median_seconds), _minutes(found.service_median_seconds))
    return day, group.letter, group.name, found.taken, found.served, found.given_up, found.left_over, *middles


def _minutes(seconds: int | None) -> int | None:
    return None if seconds is None else round(seconds / 60)


sheets.add(
    SheetSource(
        "so-lieu-goi-so",
        _("Số liệu chờ và phục vụ"),
        frozenset(access.FIGURE_ROLES),
        (
            columns.DAY,
            Column(_("Chữ"), width=6),
            Column(_("Dịch vụ"), width=40),
            Column(_("Đã lấy số"), Kind.NUMBER, 12),
            Column(_("Đã xong"), Kind.NUMBER, 12),
            Column(_("Bỏ số"), Kind.NUMBER, 12),
            Column(_("Hết ngày chưa gọi xong"), Kind.NUMBER, 14),
            Column(_("Chờ, trung vị (phút)"), Kind.NUMBER, 14),
            Column(_("Phục vụ, trung vị (phút)"), Kind.NUMBER, 14),
        ),
        _figures,
    )
)
