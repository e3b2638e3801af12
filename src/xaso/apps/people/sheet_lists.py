"""The administrator's lists as XLSX: posts, villages, former communes."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xaso.apps.people import administration, queries
from xaso.apps.people.admin_pages.staff import read_filter
from xaso.apps.people.admin_pages.villages import narrowed
from xaso.apps.people.roles import Role
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, sheets

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR.value})


def _posts(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    assert actor.commune_id is not None
    wanted = read_filter(query)
    seats = [seat for seat in administration.seats(actor.commune_id) if wanted.lets_pass(seat)]
    rows = [
        (one.unit, one.title, one.holder_name, one.username, ", ".join(one.role_words), one.village_name, one.since, one.until)
        for one in seats
    ]
    return Sheet(rows, len(rows))


def _villages(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    assert actor.commune_id is not None
    found = narrowed(queries.villages(actor.commune_id), query)
    rows: list[tuple[Any, ...]] = [
        (one.code, one.name, one.old_unit, one.old_unit_code, one.households, _("Chưa xác nhận") if one.unverified else None)
        for one in found
    ]
    return Sheet(rows, len(rows))


def _former_units(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    assert actor.commune_id is not None
    rows = [(one.code, one.name, one.old_district, one.valid_until) for one in queries.former_units(actor.commune_id)]
    return Sheet(rows, len(rows))


sheets.add(
    SheetSource(
        "can-bo",
        _("Vị trí và cán bộ"),
        ADMINISTRATORS,
        (
            Column(_("Phòng, bộ phận"), width=30),
            Column(_("Vị trí"), width=34),
            Column(_("Người giữ"), width=28),
            Column(_("Tên đăng nhập"), width=18),
            Column(_("Vai trò"), width=40),
            Column(_("Thôn"), width=20),
            Column(_("Từ ngày"), Kind.DAY, 12),
            Column(_("Đến hết ngày"), Kind.DAY, 12),
        ),
        _posts,
    )
)
sheets.add(
    SheetSource(
        "thon",
        _("Danh sách thôn"),
        ADMINISTRATORS,
        (
            Column(_("Mã thôn"), width=14),
            Column(_("Tên thôn"), width=28),
            Column(_("Xã cũ"), width=24),
            Column(_("Mã xã cũ"), width=12),
            Column(_("Số hộ"), Kind.NUMBER, 10),
            Column(_("Ghi chú"), width=18),
        ),
        _villages,
    )
)
sheets.add(
    SheetSource(
        "don-vi-cu",
        _("Xã cũ đã sáp nhập"),
        ADMINISTRATORS,
        (
            Column(_("Mã"), width=12),
            Column(_("Tên"), width=28),
            Column(_("Huyện cũ"), width=24),
            Column(_("Đến hết ngày"), Kind.DAY, 12),
        ),
        _former_units,
    )
)
