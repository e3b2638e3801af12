"""Programs outside, what each was told, and which may call the API, as XLSX."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xaso.apps.people import facade as people
from xaso.apps.webhooks import queries, rules, token_queries, token_scopes, words
from xaso.apps.webhooks.flow import FLOW
from xaso.apps.webhooks.models import WebhookDelivery
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, columns, in_pieces, sheets

ADMINISTRATORS = frozenset({people.Role.ADMINISTRATOR.value})


def _programs(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    rows = [
        (one.name, one.url, words.STOPPED[one.stopped][0], one.waiting, one.given_up, one.last_delivered_at)
        for one in queries.list_webhooks(actor)
    ]
    return Sheet(rows, len(rows))


def _tokens(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    rows = [
        (
            one.name,
            ", ".join(token_scopes.in_words(one.scopes)),
            words.TOKEN_STATES[rules.token_standing(one.expires_at, one.revoked_at, now)][0],
            one.created_at,
            one.made_by,
            one.last_used_at,
            rules.last_day_of(one.expires_at),
            one.revoked_at,
        )
        for one in token_queries.list_tokens(actor)
    ]
    return Sheet(rows, len(rows))


def _deliveries(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    """Return what the program of the query was told; nothing of a program that the actor may not see."""
    try:
        webhook = queries.get_webhook(actor, UUID(query.get("phan-mem", "")))
    except (Refusal, ValueError):
        return Sheet((), 0)
    state = query.get("trang-thai", "")
    rows = queries.list_deliveries(webhook, state if state in FLOW.states else "")
    return Sheet(_rows(in_pieces(rows)), rows.order_by().count())


def _rows(deliveries: Iterator[WebhookDelivery]) -> Iterator[Sequence[Any]]:
    for one in deliveries:
        state, problem = words.STATES[one.state][0], words.PROBLEMS.get(one.last_problem)
        yield one.occurred_at, one.topic, str(one.event_id), state, one.attempts, one.last_status, problem, one.done_at


sheets.add(
    SheetSource(
        "tin-phan-mem",
        _("Tin báo cho phần mềm"),
        ADMINISTRATORS,
        (
            columns.AT,
            Column(_("Loại tin"), width=28),
            Column(_("Mã tin"), width=38),
            columns.STATE,
            columns.TRIES,
            Column(_("Mã trả lời"), Kind.NUMBER, 10),
            Column(_("Lỗi"), width=30),
            columns.DONE_AT,
        ),
        _deliveries,
    )
)
sheets.add(
    SheetSource(
        "noi-phan-mem",
        _("Báo tin cho phần mềm khác"),
        ADMINISTRATORS,
        (
            Column(_("Phần mềm"), width=28),
            Column(_("Địa chỉ"), width=50),
            columns.STATE,
            Column(_("Chờ gửi"), Kind.NUMBER, 10),
            Column(_("Không gửi được"), Kind.NUMBER, 12),
            Column(_("Nhận tin gần nhất"), Kind.MOMENT, 17),
        ),
        _programs,
    )
)
sheets.add(
    SheetSource(
        "ma-truy-cap",
        _("Mã truy cập của phần mềm"),
        ADMINISTRATORS,
        (
            Column(_("Phần mềm"), width=28),
            Column(_("Được làm gì"), width=60),
            columns.STATE,
            Column(_("Lập lúc"), Kind.MOMENT, 17),
            Column(_("Người lập"), width=28),
            Column(_("Dùng gần nhất"), Kind.MOMENT, 17),
            Column(_("Ngày dùng cuối cùng"), Kind.DAY, 14),
            Column(_("Thu hồi lúc"), Kind.MOMENT, 17),
        ),
        _tokens,
    )
)
