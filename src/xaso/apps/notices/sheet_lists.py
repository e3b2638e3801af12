"""The messages, and the SMS to the commune, as XLSX."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xaso.apps.notices import access, queries, words
from xaso.apps.notices.incoming_pages import read_incoming_filter
from xaso.apps.notices.models import Incoming, Message
from xaso.apps.notices.pages import read_filter
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, sheets

CHUNK = 500


def _messages(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    rows = queries.list_messages(actor, read_filter(query))
    return Sheet(_rows(rows.iterator(chunk_size=CHUNK)), rows.order_by().count())


def _rows(messages: Iterator[Message]) -> Iterator[Sequence[Any]]:
    for one in messages:
        state, channel = words.STATES[one.state][0], words.CHANNELS[one.channel]
        yield (
            one.created_at,
            one.recipient_name,
            channel,
            one.address,
            one.title,
            one.body,
            state,
            one.attempts,
            one.done_at,
            one.arrived_at,
        )


def _incoming(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    rows = queries.list_incoming(actor, read_incoming_filter(query))
    return Sheet(_incoming_rows(rows.iterator(chunk_size=CHUNK)), rows.order_by().count())


def _incoming_rows(texts: Iterator[Incoming]) -> Iterator[Sequence[Any]]:
    for one in texts:
        yield one.received_at, one.phone, one.body, words.FATES[one.fate or "waiting"][0], one.answer, one.repeats


sheets.add(
    SheetSource(
        "tin-nhan",
        _("Tin nhắn"),
        frozenset(access.ROLES),
        (
            Column(_("Lúc"), Kind.MOMENT, 17),
            Column(_("Người nhận"), width=28),
            Column(_("Kênh"), width=12),
            Column(_("Địa chỉ"), width=24),
            Column(_("Tiêu đề"), width=30),
            Column(_("Nội dung"), width=60),
            Column(_("Trạng thái"), width=26),
            Column(_("Số lần thử"), Kind.NUMBER, 10),
            Column(_("Gửi xong lúc"), Kind.MOMENT, 17),
            Column(_("Đến máy lúc"), Kind.MOMENT, 17),
        ),
        _messages,
    )
)
sheets.add(
    SheetSource(
        "tin-den",
        _("Tin nhắn đến"),
        frozenset(access.ROLES),
        (
            Column(_("Lúc"), Kind.MOMENT, 17),
            Column(_("Số gửi"), width=16),
            Column(_("Nội dung"), width=60),
            Column(_("Xử lý"), width=30),
            Column(_("Xã trả lời"), width=60),
            Column(_("Số lần nhận lặp"), Kind.NUMBER, 12),
        ),
        _incoming,
    )
)
