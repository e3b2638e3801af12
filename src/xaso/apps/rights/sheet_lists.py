"""Requests about data, as XLSX."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xaso.apps.rights import access, breach_queries, queries
from xaso.apps.rights.breach_flow import BREACH_HANDLERS
from xaso.apps.rights.breach_words import BREACH_FACTS, BREACH_STATES, countdown
from xaso.apps.rights.models import Breach
from xaso.apps.rights.shown import RequestShown, request_shown
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, sheets


def _requests(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    found = queries.list_requests(actor, is_open=query.get("xem") != "xong")
    return Sheet([_row(request_shown(one, now)) for one in found], len(found))


def _row(one: RequestShown) -> tuple[Any, ...]:
    asked = one.request
    return asked.code, one.kind, asked.name, one.responsible, one.state.text, asked.asked_at, asked.due_at, asked.ended_at


def _breaches(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    found = breach_queries.list_breaches(actor, is_open=query.get("xem") != "xong")
    return Sheet([_breach_row(one, now) for one in found], len(found))


def _breach_row(one: Breach, now: datetime) -> tuple[Any, ...]:
    sensitive = _("Có") if one.is_sensitive else None
    known = (one.code, one.what, one.data_kinds, sensitive, one.people_count, one.happened_at, one.known_at, one.due_at)
    return (
        *known,
        one.told_at,
        one.told_on_paper,
        BREACH_STATES[one.state][0],
        countdown(one, now).text,
        one.measures,
        one.reported_by,
        one.ended_at,
    )


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
sheets.add(
    SheetSource(
        "su-co-du-lieu",
        _("Sự cố dữ liệu"),
        BREACH_HANDLERS,
        (
            Column(_("Mã"), width=18),
            Column(BREACH_FACTS["what"], width=50),
            Column(BREACH_FACTS["data_kinds"], width=36),
            Column(BREACH_FACTS["is_sensitive"], width=14),
            Column(BREACH_FACTS["people_count"], Kind.NUMBER, 14),
            Column(BREACH_FACTS["happened_at"], Kind.MOMENT, 18),
            Column(BREACH_FACTS["known_at"], Kind.MOMENT, 18),
            Column(_("Hạn báo cơ quan chức năng"), Kind.MOMENT, 18),
            Column(_("Đã báo"), Kind.MOMENT, 18),
            Column(_("Số văn bản đã gửi"), width=20),
            Column(_("Tình trạng"), width=28),
            Column(_("72 giờ"), width=18),
            Column(BREACH_FACTS["measures"], width=50),
            Column(_("Người ghi"), width=28),
            Column(_("Xong lúc"), Kind.MOMENT, 18),
        ),
        _breaches,
    )
)
