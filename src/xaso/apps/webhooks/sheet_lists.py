"""What programs outside were told, as XLSX."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xaso.apps.people import facade as people
from xaso.apps.webhooks import queries, words
from xaso.apps.webhooks.flow import FLOW
from xaso.apps.webhooks.models import WebhookDelivery
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, sheets

CHUNK = 500


def _deliveries(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    """Return what the program of the query was told; nothing of a program that the actor may not see."""
    try:
        webhook = queries.get_webhook(actor, UUID(query.get("phan-mem", "")))
    except (Refusal, ValueError):
        return Sheet((), 0)
    state = query.get("trang-thai", "")
    rows = queries.list_deliveries(webhook, state if state in FLOW.states else "")
    return Sheet(_rows(rows.iterator(chunk_size=CHUNK)), rows.order_by().count())


def _rows(deliveries: Iterator[WebhookDelivery]) -> Iterator[Sequence[Any]]:
    for one in deliveries:
        state, problem = words.STATES[one.state][0], words.PROBLEMS.get(one.last_problem)
        yield one.occurred_at, one.topic, str(one.event_id), state, one.attempts, one.last_status, problem, one.done_at


sheets.add(
    SheetSource(
        "tin-phan-mem",
        _("Tin báo cho phần mềm"),
        frozenset({people.Role.ADMINISTRATOR.value}),
        (
            Column(_("Lúc"), Kind.MOMENT, 17),
            Column(_("Loại tin"), width=28),
            Column(_("Mã tin"), width=38),
            Column(_("Trạng thái"), width=26),
            Column(_("Số lần thử"), Kind.NUMBER, 10),
            Column(_("Mã trả lời"), Kind.NUMBER, 10),
            Column(_("Lỗi"), width=30),
            Column(_("Xong lúc"), Kind.MOMENT, 17),
        ),
        _deliveries,
    )
)
