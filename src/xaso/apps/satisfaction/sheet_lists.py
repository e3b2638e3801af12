"""How content people were, as XLSX: counts, not shares alone."""

from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xaso.apps.satisfaction import access, queries, words
from xaso.apps.satisfaction.rules import FACES
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, columns, sheets


def _shares(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    rows = [
        (f"{one.month:%m/%Y}", one.code, one.name or _("Các thủ tục ít câu trả lời, gộp lại"), one.total,
         *(one.counts[face] for face in FACES), round(one.percent, 1))
        for one in queries.list_shares(actor, now)
    ]  # fmt: skip
    return Sheet(rows, len(rows))


sheets.add(
    SheetSource(
        "hai-long",
        _("Mức hài lòng"),
        frozenset(access.LEADERS),
        (
            Column(_("Tháng"), width=12),
            columns.PROCEDURE_CODE,
            columns.PROCEDURE,
            Column(_("Số câu trả lời"), Kind.NUMBER, 12),
            *(Column(words.FACES[face][0], Kind.NUMBER, 12) for face in FACES),
            Column(_("Tỷ lệ hài lòng (%)"), Kind.NUMBER, 12),
        ),
        _shares,
    )
)
