"""The messages, the calls, and the SMS to the commune, as XLSX."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xaso.apps.notices import access, queries, words
from xaso.apps.notices.call_pages import read_call_filter
from xaso.apps.notices.incoming_pages import read_incoming_filter
from xaso.apps.notices.models import Call, Incoming, Message
from xaso.apps.notices.pages import read_filter
from xaso.apps.notices.rules import without_keys
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, columns, in_pieces, sheets


def _messages(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    rows = queries.list_messages(actor, read_filter(query))
    return Sheet(_rows(in_pieces(rows)), rows.order_by().count())


def _rows(messages: Iterator[Message]) -> Iterator[Sequence[Any]]:
    for one in messages:
        state, channel = words.STATES[one.state][0], words.CHANNELS[one.channel]
        yield (
            one.created_at,
            one.recipient_name,
            channel,
            one.address,
            one.title,
            without_keys(one.body),
            state,
            one.attempts,
            one.done_at,
            one.arrived_at,
        )


def _calls(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    rows = queries.list_calls(actor, read_call_filter(query))
    return Sheet(_call_rows(in_pieces(rows)), rows.order_by().count())


def _call_rows(calls: Iterator[Call]) -> Iterator[Sequence[Any]]:
    for one in calls:
        tries = list(one.tries.all())
        last = words.OUTCOMES[tries[-1].outcome] if tries else ""
        yield one.created_at, one.name, one.phone, one.text, words.CALL_STATES[one.state][0], len(tries), last, one.due_at, one.done_at


def _incoming(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    rows = queries.list_incoming(actor, read_incoming_filter(query))
    return Sheet(_incoming_rows(in_pieces(rows)), rows.order_by().count())


def _incoming_rows(texts: Iterator[Incoming]) -> Iterator[Sequence[Any]]:
    for one in texts:
        yield one.received_at, one.phone, one.body, words.FATES[one.fate or "waiting"][0], one.answer, one.repeats


sheets.add(
    SheetSource(
        "tin-nhan",
        _("Tin nhắn"),
        frozenset(access.ROLES),
        (
            columns.AT,
            columns.RECIPIENT,
            Column(_("Kênh"), width=12),
            Column(_("Địa chỉ"), width=24),
            Column(_("Tiêu đề"), width=30),
            columns.CONTENT,
            columns.STATE,
            columns.TRIES,
            Column(_("Gửi xong lúc"), Kind.MOMENT, 17),
            Column(_("Đến máy lúc"), Kind.MOMENT, 17),
        ),
        _messages,
        of_citizens=True,
    )
)
sheets.add(
    SheetSource(
        "tin-den",
        _("Tin nhắn đến"),
        frozenset(access.ROLES),
        (
            columns.AT,
            Column(_("Số gửi"), width=16),
            columns.CONTENT,
            Column(_("Xử lý"), width=30),
            Column(_("Xã trả lời"), width=60),
            Column(_("Số lần nhận lặp"), Kind.NUMBER, 12),
        ),
        _incoming,
        of_citizens=True,
    )
)
sheets.add(
    SheetSource(
        "goi-dien",
        _("Gọi điện"),
        frozenset(access.ROLES),
        (
            columns.AT,
            columns.RECIPIENT,
            Column(_("Số điện thoại"), width=16),
            columns.CONTENT,
            columns.STATE,
            Column(_("Số lần gọi"), Kind.NUMBER, 10),
            Column(_("Lần cuối"), width=24),
            Column(_("Gọi lúc"), Kind.MOMENT, 17),
            columns.DONE_AT,
        ),
        _calls,
        of_citizens=True,
    )
)
