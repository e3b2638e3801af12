"""The lists of this room as XLSX: the register, the desk's queues, the post, open parts, fees taken, numbers given up."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xaso.apps.dossiers import access, groups, queries, words
from xaso.apps.dossiers.actions.searching import held_back
from xaso.apps.dossiers.models import Dossier, DossierPart, Payment
from xaso.apps.dossiers.outcomes import outcome_of
from xaso.apps.dossiers.pages.days import day_or_none
from xaso.apps.dossiers.pages.post import POSTERS
from xaso.apps.dossiers.pages.register import GAP_ROLES, chosen_year, read_filter
from xaso.apps.dossiers.pages.statistics import read_period, tables
from xaso.apps.dossiers.papers.fee_slip import METHODS
from xaso.apps.dossiers.procedure_names import plain_name
from xaso.apps.dossiers.shown import gap_row
from xaso.apps.people.facade import Role
from xaso.apps.procedures import facade as procedures
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, columns, in_pieces, sheets

DOSSIER_CODE = Column(_("Mã hồ sơ"), width=20)
APPLICANT = Column(_("Người nộp"), width=28)
DOSSIER_COLUMNS = (
    DOSSIER_CODE,
    Column(_("Mã quốc gia"), width=26),
    columns.PROCEDURE,
    APPLICANT,
    columns.PROCEDURE_CODE,
    columns.PHONE,
    columns.VILLAGE,
    Column(_("Kênh"), width=12),
    Column(_("Ngày nộp"), Kind.MOMENT, 17),
    Column(_("Ngày tiếp nhận"), Kind.MOMENT, 17),
    Column(_("Hẹn trả"), Kind.MOMENT, 17),
    Column(_("Gia hạn đến"), Kind.MOMENT, 17),
    Column(_("Ngày xong"), Kind.MOMENT, 17),
    columns.STATE,
    Column(_("Đánh giá"), width=24),
    Column(_("Phí"), width=20),
    Column(_("Trả kết quả"), width=20),
    Column(_("Người thụ lý"), width=24),
)
PART_COLUMNS = (
    DOSSIER_CODE,
    Column(_("Phần liên thông"), width=44),
    Column(_("Cơ quan"), width=30),
    Column(_("Mã của cơ quan đó"), width=26),
    columns.STATE,
    columns.DAY,
    columns.NOTE,
)


_READ = (
    *("code", "national_code", "procedure_code", "procedure_name", "version_id", "applicant_name", "applicant_phone", "channel"),
    *("submitted_at", "accepted_at", "paused_at", "due_at", "first_due_at", "solved_at", "state", "money_state", "delivery_state"),
)


def _dossier_rows(dossiers: QuerySet[Dossier], now: datetime) -> Iterator[Sequence[Any]]:
    """Yield the lines of the dossiers. Only what stands in them is read: in a year's register whole rows cost most of the time."""
    read = dossiers.select_related(None).only(*_READ).annotate(village_name=F("village__name"), assignee_name=F("assignee__full_name"))
    language = get_language() or ""
    return (_dossier_row(dossier, now, language) for dossier in in_pieces(read))


def _dossier_row(dossier: Any, now: datetime, language: str) -> Sequence[Any]:
    outcome = outcome_of(dossier, now)
    return (
        dossier.code,
        dossier.national_code,
        plain_name(dossier, language),
        dossier.applicant_name,
        dossier.procedure_code,
        dossier.applicant_phone,
        dossier.village_name,
        words.CHANNELS[dossier.channel],
        dossier.submitted_at,
        dossier.accepted_at,
        dossier.first_due_at or dossier.due_at,
        dossier.due_at if dossier.first_due_at else None,
        dossier.solved_at,
        words.STATES[dossier.state][0],
        words.OUTCOMES[outcome] if outcome else None,
        words.MONEY[dossier.money_state][0],
        words.DELIVERY[dossier.delivery_state][0],
        dossier.assignee_name,
    )


def _register_rows(actor: Actor, query: QueryDict, now: datetime) -> QuerySet[Dossier]:
    """Return the register's rows; none while its page still asks why somebody's number is searched."""
    wanted = read_filter(query)
    rows = queries.register_rows(actor, wanted, now=now)
    return rows.none() if held_back(actor, wanted.text, now=now) else rows


def _register(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    rows = _register_rows(actor, query, now)
    return Sheet(_dossier_rows(rows, now), rows.order_by().count())


def _desk(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    rows = queries.desk_rows(actor, query.get("hang", "intake"))
    return Sheet(_dossier_rows(rows, now), rows.order_by().count())


def _parts(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    rows = queries.parts_among(_register_rows(actor, query, now))
    return Sheet(_part_rows(in_pieces(rows.select_related("dossier"))), rows.count())


def _part_rows(parts: Iterator[DossierPart]) -> Iterator[Sequence[Any]]:
    for part in parts:
        about = next(one for one in procedures.get_version(part.dossier.version_id).parts if one.id == part.part_id)
        name, office = about.name["vi"], about.office["vi"]
        yield (part.dossier.code, name, office, part.official_code, words.PARTS[part.state][0], part.changed_on, part.note)


def _open_parts(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    parts = queries.open_part_list(actor)
    return Sheet(_part_rows(iter(parts)), len(parts))


def _post(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    queue = query.get("hang", "")
    rows = queries.post_rows(actor, queue if queue in queries.POST_QUEUES else "to_post")
    return Sheet(map(_post_row, in_pieces(rows)), rows.order_by().count())


def _post_row(dossier: Dossier) -> Sequence[Any]:
    last = next(iter(dossier.postings.all()), None)
    sent = (last.tracking_number, last.posted_on, last.note) if last else (None, None, None)
    who = (dossier.applicant_name, dossier.applicant_phone, dossier.return_address, dossier.return_area)
    return dossier.code, plain_name(dossier), *who, *sent


def _unconfirmed(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    language = get_language() or "vi"
    rows = [
        (
            one.arrival.number,
            procedures.get_version(one.draft.version_id).name(language),
            one.applicant.name,
            one.applicant.phone,
            one.arrival.arrived_at,
            words.DOUBTS.get(one.arrival.doubt),
            one.erased_at,
        )
        for one in queries.list_unconfirmed(actor, now=now)
    ]
    return Sheet(rows, len(rows))


def _fees(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    rows = queries.payments_taken(actor, day_or_none(query.get("tu", "")), day_or_none(query.get("den", "")))
    return Sheet(_fee_rows(in_pieces(rows.select_related("dossier"))), rows.count())


def _fee_rows(payments: Iterator[Payment]) -> Iterator[Sequence[Any]]:
    for payment in payments:
        dossier, method = payment.dossier, METHODS.get(payment.method, payment.method)
        yield (
            payment.taken_at, payment.receipt_number, payment.amount_vnd, method, dossier.code, plain_name(dossier),
            dossier.applicant_name, payment.taken_by,
        )  # fmt: skip


def _statistics(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    found = queries.statistics(actor, read_period(query), now=now)
    lines = [(str(_("Cả xã")), "", found.total)]
    lines += [(title, name, line) for title, _head, all_lines in tables(actor, found) for name, line, _key, _value in all_lines]
    rows = [
        (title, name, one.received, *(one.channels[key] for key in words.CHANNELS), *(one.groups[key] for key in groups.WORDS),
         None if one.median_days is None else round(one.median_days, 2))
        for title, name, one in lines
    ]  # fmt: skip
    return Sheet(rows, len(rows))


def _gaps(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    year = chosen_year(queries.years_of_gaps(actor), query)
    found = [gap_row(number) for number in queries.list_gaps(actor, year)] if year else []
    rows = [
        (row["number"].series, row["number"].year, row["number"].number, row["dossier"].code, row["number"].closed_at, row["reason"])
        for row in found
    ]
    return Sheet(rows, len(rows))


sheets.add(SheetSource("so-theo-doi", _("Sổ theo dõi"), access.CASE_ROLES, DOSSIER_COLUMNS, _register, of_citizens=True))
sheets.add(SheetSource("mot-cua", _("Một cửa"), frozenset({Role.DESK.value}), DOSSIER_COLUMNS, _desk, of_citizens=True))
sheets.add(
    SheetSource(
        "phan-lien-thong",
        _("Phần liên thông"),
        access.CASE_ROLES,
        PART_COLUMNS,
        _parts,
    )
)
sheets.add(
    SheetSource(
        "phi-da-thu",
        _("Phí, lệ phí đã thu"),
        access.CASE_ROLES,
        (
            Column(_("Thu lúc"), Kind.MOMENT, 17),
            Column(_("Số biên lai"), width=16),
            Column(_("Số tiền (đồng)"), Kind.NUMBER, 16),
            Column(_("Cách nộp"), width=16),
            DOSSIER_CODE,
            columns.PROCEDURE,
            APPLICANT,
            Column(_("Người thu"), width=24),
        ),
        _fees,
        of_citizens=True,
    )
)
sheets.add(
    SheetSource(
        "so-bo",
        _("Số bỏ"),
        frozenset(GAP_ROLES),
        (
            Column(_("Sổ"), width=24),
            Column(_("Năm"), Kind.NUMBER, 8),
            Column(_("Số"), Kind.NUMBER, 8),
            DOSSIER_CODE,
            Column(_("Bỏ lúc"), Kind.MOMENT, 17),
            Column(_("Lý do"), width=44),
        ),
        _gaps,
    )
)
sheets.add(
    SheetSource(
        "thong-ke",
        _("Thống kê một cửa"),
        access.STATISTICS_ROLES,
        (
            Column(_("Bảng"), width=18),
            Column(_("Mục"), width=44),
            Column(_("Đã nộp"), Kind.NUMBER, 10),
            *(Column(label, Kind.NUMBER, 12) for label in words.CHANNELS.values()),
            *(Column(label, Kind.NUMBER, 14) for label in groups.WORDS.values()),
            Column(_("Số ngày giải quyết (trung vị)"), Kind.NUMBER, 14),
        ),
        _statistics,
    )
)
sheets.add(SheetSource("lien-thong-cho", _("Phần liên thông đang chờ"), access.CASE_ROLES, PART_COLUMNS, _open_parts))
sheets.add(
    SheetSource(
        "buu-chinh",
        _("Gửi kết quả qua bưu chính"),
        frozenset(POSTERS),
        (
            DOSSIER_CODE,
            columns.PROCEDURE,
            APPLICANT,
            columns.PHONE,
            Column(_("Địa chỉ nhận bưu chính"), width=44),
            Column(_("Xã, tỉnh"), width=30),
            Column(_("Mã vận đơn"), width=20),
            Column(_("Ngày gửi"), Kind.DAY, 12),
            columns.NOTE,
        ),
        _post,
        of_citizens=True,
    )
)
sheets.add(
    SheetSource(
        "cho-xac-nhan",
        _("Chờ xác nhận người nộp"),
        frozenset({Role.DESK.value}),
        (
            Column(_("Số"), width=10),
            columns.PROCEDURE,
            APPLICANT,
            columns.PHONE,
            Column(_("Đến lúc"), Kind.MOMENT, 17),
            Column(_("Lý do"), width=44),
            Column(_("Sẽ xóa"), Kind.MOMENT, 17),
        ),
        _unconfirmed,
        of_citizens=True,
    )
)
