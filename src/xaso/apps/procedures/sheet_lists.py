"""The administrator's lists of procedures as XLSX: fees that the province sets, filing places and issuers."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xaso.apps.people import facade as people
from xaso.apps.procedures import administration
from xaso.apps.procedures.admin_pages import fee_name, filing_rows
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, sheets

ADMINISTRATORS = frozenset({people.Role.ADMINISTRATOR.value})


def _fees(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    assert actor.commune_id is not None
    language = get_language() or "vi"
    rows: list[tuple[Any, ...]] = [
        (
            line.version.code,
            line.version.name(language),
            fee_name(line),
            line.now.amount_vnd if line.now else None,
            line.now.valid_from if line.now else None,
            line.coming.amount_vnd if line.coming else None,
            line.coming.valid_from if line.coming else None,
        )
        for line in administration.fee_lines(actor.commune_id)
    ]
    return Sheet(rows, len(rows))


def _filing(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    assert actor.commune_id is not None
    rows = [
        (version.code, name, choice.label, choice.value, choice.legal, choice.counts.source, _("Có") if choice.counts.is_own else None)
        for version, name, choices in filing_rows(actor.commune_id, query)
        for choice in choices
    ]
    return Sheet(rows, len(rows))


sheets.add(
    SheetSource(
        "phi-tinh",
        _("Phí, lệ phí do tỉnh quy định"),
        ADMINISTRATORS,
        (
            Column(_("Mã thủ tục"), width=12),
            Column(_("Thủ tục"), width=50),
            Column(_("Khoản"), width=40),
            Column(_("Mức phí (đồng)"), Kind.NUMBER, 14),
            Column(_("Áp dụng từ ngày"), Kind.DAY, 14),
            Column(_("Mức sắp áp dụng (đồng)"), Kind.NUMBER, 14),
            Column(_("Từ ngày"), Kind.DAY, 14),
        ),
        _fees,
    )
)
sheets.add(
    SheetSource(
        "noi-nop",
        _("Nơi nộp và nơi cấp"),
        ADMINISTRATORS,
        (
            Column(_("Mã thủ tục"), width=12),
            Column(_("Thủ tục"), width=50),
            Column(_("Mục"), width=22),
            Column(_("Đang áp dụng"), width=30),
            Column(_("Theo danh mục"), width=30),
            Column(_("Nguồn"), width=50),
            Column(_("Xã tự quy định"), width=14),
        ),
        _filing,
    )
)
