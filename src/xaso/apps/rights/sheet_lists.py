"""Requests about data, as XLSX."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xaso.apps.rights import access, queries
from xaso.apps.rights.shown import RequestShown, request_shown
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, sheets


def _requests(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    found = queries.list_requests(actor, is_open=query.get("xem") != "xong")
    return Sheet([_row(request_shown(one, now)) for one in found], len(found))


def _row(one: RequestShown) -> tuple[Any, ...]:
    asked = one.request
    return asked.code, one.kind, asked.name, one.responsible, one.state.text, asked.asked_at, asked.due_at, asked.ended_at


sheets.add(
    SheetSource(
        "yeu-cau-du-lieu",
        _("Yêu cầu về dữ liệu"),
        access.TAKE_IN,
        (
            Column(_("Mã"), width=18),
            Column(_("Yêu cầu"), width=28),
            Column(_("Người yêu cầu"), width=28),
            Column(_("Người chịu trách nhiệm"), width=28),
            Column(_("Tình trạng"), width=28),
            Column(_("Gửi lúc"), Kind.MOMENT, 18),
            Column(_("Hạn trả lời"), Kind.MOMENT, 18),
            Column(_("Xong lúc"), Kind.MOMENT, 18),
        ),
        _requests,
        of_citizens=True,
    )
)
