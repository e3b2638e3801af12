"""The administrator's lists of procedures as XLSX: fees that the province sets, filing places and issuers, editions and their records."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xaso.apps.people import facade as people
from xaso.apps.procedures import administration, queries, words
from xaso.apps.procedures.admin_pages import fee_name, filing_rows
from xaso.apps.procedures.edition_pages import LISTS, shown_record
from xaso.apps.procedures.models import NationalRecord
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, columns, in_pieces, sheets

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


def _editions(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    rows = []
    for one in queries.editions():
        counts = [one.counts.get(kind, 0) for kind in ("new", "changed", "withdrawn", "doubtful")]
        decider = one.decided_by.full_name if one.decided_by else None
        rows.append((one.imported_at, one.file_name, one.as_of, words.EDITION_STATES[one.state], *counts, decider, one.decided_at))
    return Sheet(rows, len(rows))


def _edition(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    """Return one list of the edition that the query names; nothing for one that is not there."""
    try:
        edition = queries.find_edition(UUID(query.get("ban", "")))
    except ValueError:
        edition = None
    kind = query.get("loc", "")
    if edition is None or kind not in LISTS:
        return Sheet((), 0)
    records = queries.records_of(edition, kind)
    return Sheet(_record_rows(in_pieces(records)), records.order_by().count())


def _record_rows(records: Iterator[NationalRecord]) -> Iterator[Sequence[Any]]:
    for record in records:
        row = shown_record(record)
        differences = "\n".join(f"{one['label']}: {one['ours']} → {one['theirs']}" for one in row["differences"])
        yield row["line"] or None, row["code"], row["name"], row["change"], differences, "\n".join(row["doubts"])


sheets.add(
    SheetSource(
        "phi-tinh",
        _("Phí, lệ phí do tỉnh quy định"),
        ADMINISTRATORS,
        (
            columns.PROCEDURE_CODE,
            columns.PROCEDURE,
            Column(_("Khoản"), width=40),
            Column(_("Mức phí (đồng)"), Kind.NUMBER, 14),
            Column(_("Áp dụng từ ngày"), Kind.DAY, 14),
            Column(_("Mức sắp áp dụng (đồng)"), Kind.NUMBER, 14),
            columns.FROM_DAY,
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
            columns.PROCEDURE_CODE,
            columns.PROCEDURE,
            Column(_("Mục"), width=22),
            Column(_("Đang áp dụng"), width=30),
            Column(_("Theo danh mục"), width=30),
            columns.SOURCE,
            Column(_("Xã tự quy định"), width=14),
        ),
        _filing,
    )
)
sheets.add(
    SheetSource(
        "thu-tuc-quoc-gia",
        _("Thủ tục của quốc gia"),
        ADMINISTRATORS,
        (
            columns.AT,
            Column(_("Bản công bố"), width=44),
            Column(_("Áp dụng từ ngày"), Kind.DAY, 14),
            columns.STATE,
            Column(_("Mới"), Kind.NUMBER, 10),
            Column(_("Thay đổi"), Kind.NUMBER, 10),
            Column(_("Không còn"), Kind.NUMBER, 10),
            Column(_("Có ô chưa đọc được"), Kind.NUMBER, 12),
            Column(_("Người xử lý"), width=28),
            columns.DONE_AT,
        ),
        _editions,
    )
)
sheets.add(
    SheetSource(
        "ban-cong-bo",
        _("Bản công bố"),
        ADMINISTRATORS,
        (
            Column(_("Dòng"), Kind.NUMBER, 8),
            columns.PROCEDURE_CODE,
            columns.PROCEDURE,
            columns.STATE,
            Column(_("Khác ở"), width=60),
            Column(_("Chưa đọc được"), width=60),
        ),
        _edition,
    )
)
