"""The commune's certificates as XLSX."""

from datetime import date, datetime

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xaso.apps.people import facade as people
from xaso.apps.signing import administration
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Sheet, SheetSource, columns, sheets


def _certificates(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    assert actor.commune_id is not None
    rows = []
    for line in administration.holder_lines(actor.commune_id, now=now):
        known = line.card
        days = (_day(known.valid_from), _day(known.valid_to)) if known else (None, None)
        facts = (known.issuer, known.serial, *days, known.state) if known else ("", "", *days, _("Chưa có chứng thư số"))
        kept = (known.key_place, known.issuer_says) if known else (None, None)
        note = _("Có bản khác chờ duyệt") if line.offer else _("Bản thử") if known and known.is_test else None
        rows.append((line.name, line.title, line.in_place_of, *facts, *kept, note))
    return Sheet(rows, len(rows))


def _day(moment: datetime) -> date:
    return moment.astimezone(VN).date()


sheets.add(
    SheetSource(
        "chung-thu",
        _("Chứng thư số và con dấu"),
        frozenset({people.Role.ADMINISTRATOR.value}),
        (
            Column(_("Của ai"), width=28),
            Column(_("Chức vụ"), width=34),
            Column(_("Làm thay"), width=34),
            Column(_("Nơi cấp"), width=34),
            Column(_("Số hiệu"), width=44),
            columns.FROM_DAY,
            columns.TO_DAY,
            columns.STATE,
            Column(_("Nơi giữ khóa"), width=28),
            Column(_("Nơi cấp trả lời"), width=24),
            columns.NOTE,
        ),
        _certificates,
    )
)
