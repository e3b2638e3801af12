"""The lists of this room as XLSX: posts, villages, former communes, own days, acts of administration; phones with something unsent."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xaso.apps.audit import facade as audit
from xaso.apps.people import administration, queries
from xaso.apps.people.admin_pages.record import verbs_wanted
from xaso.apps.people.admin_pages.staff import read_filter
from xaso.apps.people.admin_pages.villages import narrowed
from xaso.apps.people.admin_pages.words import DAY_KINDS, shown_acts
from xaso.apps.people.device_queries import list_stuck_devices
from xaso.apps.people.roles import Role
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, columns, sheets

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


def _days(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    assert actor.commune_id is not None
    rows = [(one.day, DAY_KINDS[one.kind], one.ground, one.added_by, one.added_at) for one in queries.list_local_days(actor.commune_id)]
    return Sheet(rows, len(rows))


def _acts(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    assert actor.commune_id is not None
    acts = shown_acts(audit.last_acts(actor.commune_id, verbs_wanted(query), limit=None))
    rows = [(line.at, name, about, line.actor_name, line.post_title, line.address) for line, name, about in acts]
    return Sheet(rows, len(rows))


def _stuck(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    rows = [
        (one.owner_name, one.owner_phone, one.village_name, one.label, one.waiting, one.since, one.heard_at)
        for one in list_stuck_devices(actor, now)
    ]
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
            columns.VILLAGE,
            columns.FROM_DAY,
            columns.TO_DAY,
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
            columns.NOTE,
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
            columns.TO_DAY,
        ),
        _former_units,
    )
)
sheets.add(
    SheetSource(
        "ngay-lam-viec",
        _("Ngày của xã"),
        ADMINISTRATORS,
        (
            columns.DAY,
            Column(_("Xã làm thế nào"), width=16),
            Column(_("Căn cứ"), width=44),
            Column(_("Ai ghi"), width=28),
            columns.AT,
        ),
        _days,
    )
)
sheets.add(
    SheetSource(
        "nhat-ky",
        _("Nhật ký quản trị"),
        ADMINISTRATORS,
        (
            columns.AT,
            Column(_("Việc"), width=36),
            columns.CONTENT,
            Column(_("Người làm"), width=28),
            Column(_("Chức vụ"), width=34),
            Column(_("Địa chỉ"), width=20),
        ),
        _acts,
    )
)
sheets.add(
    SheetSource(
        "may-chua-gui",
        _("Máy còn hồ sơ chưa gửi được"),
        frozenset({Role.DESK.value}),
        (
            Column(_("Người dùng máy"), width=28),
            columns.PHONE,
            columns.VILLAGE,
            Column(_("Máy"), width=28),
            Column(_("Còn trên máy"), Kind.NUMBER, 12),
            Column(_("Từ khi"), Kind.MOMENT, 17),
            Column(_("Máy báo lần cuối"), Kind.MOMENT, 17),
        ),
        _stuck,
    )
)
