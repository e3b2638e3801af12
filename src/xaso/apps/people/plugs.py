"""What the people room hangs into the platform's registries."""

from datetime import datetime

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from xaso.apps.people import administration as a
from xaso.apps.people.actions.recovery import MAY_RECOVER
from xaso.apps.people.demo import load_demo_devices, load_demo_keys, load_demo_people
from xaso.apps.people.device_queries import StuckDevice, list_stuck_devices
from xaso.apps.people.roles import Role
from xaso.apps.people.rules import RECOVERY_STAYS_OPEN
from xaso.apps.people.second_factor_queries import RecoveryLine, open_recoveries
from xaso.kernel.forms.summary import shown_phone
from xaso.platform.actor import Actor
from xaso.platform.demo import DemoLoader, loaders
from xaso.platform.listening import Listenable, ListenSource, sources
from xaso.platform.registries import RailEntry, SetUpPart, WorkItem, WorkSource, rail, set_up, work


def _stuck(actor: Actor, now: datetime) -> list[WorkItem]:
    return [_work_item(device) for device in list_stuck_devices(actor, now)]


def _work_item(device: StuckDevice) -> WorkItem:
    waits = ngettext("%(number)s hồ sơ còn trên máy", "%(number)s hồ sơ còn trên máy", device.waiting) % {"number": device.waiting}
    reached = shown_phone(device.owner_phone) if device.owner_phone else gettext("không có số điện thoại")
    return WorkItem(
        key=device.label or gettext("Máy"),
        title=gettext("Máy còn hồ sơ chưa gửi được"),
        detail=f"{device.owner_name} · {reached} · {waits}",
        stage=_("Gọi cho người dùng máy"),
        stage_tone="son",
        url="/may-con-cho/",
        due_at=None,
    )


def _finished(_actor: Actor, _now: datetime) -> int:
    """Tell that nothing here is ever finished by the desk: an alarm ends when the phone has sent."""
    return 0


def _recoveries(actor: Actor, now: datetime) -> list[WorkItem]:
    if actor.commune_id is None or not actor.holds(*(role.value for role in MAY_RECOVER)):
        return []
    others = [line for line in open_recoveries(actor.commune_id, now) if actor.account_id not in {line.asked_by_id, line.account_id}]
    return [_recovery_item(line) for line in others]


def _recovery_item(line: RecoveryLine) -> WorkItem:
    return WorkItem(
        key=line.name,
        title=gettext("Đề nghị khôi phục tài khoản"),
        detail=f"{line.asked_by} · {line.reason}",
        stage=_("Gặp người đó rồi xác nhận"),
        stage_tone="nghe",
        url="/khoi-phuc-tai-khoan/",
        due_at=line.asked_at + RECOVERY_STAYS_OPEN,
    )


work.add(WorkSource("devices", _stuck, _finished))
work.add(WorkSource("recoveries", _recoveries, _finished))
loaders.add(DemoLoader("people", load_demo_people, order=10))
loaders.add(DemoLoader("devices", load_demo_devices, order=11))
loaders.add(DemoLoader("second factors", load_demo_keys, order=12))
rail.add(RailEntry("administration", _("Quản trị"), "gear", "/quan-tri/", frozenset({Role.ADMINISTRATOR.value}), order=90))
set_up.add(SetUpPart("names", _("Tên và mã của xã"), "home", "/quan-tri/xa/#ten", a.names_standing, order=10))
set_up.add(SetUpPart("contact", _("Địa chỉ, điện thoại"), "pin", "/quan-tri/xa/#lien-he", a.contact_standing, order=11))
set_up.add(SetUpPart("hours", _("Giờ làm việc"), "clock", "/quan-tri/xa/#gio", a.hours_standing, order=12))
DAYS = "/quan-tri/ngay-lam-viec/"
DAY_ACTS = {"people.add_local_day": _("đặt ngày nghỉ, ngày làm bù"), "people.remove_local_day": _("bỏ ngày nghỉ, ngày làm bù")}
set_up.add(SetUpPart("local_days", _("Ngày nghỉ, ngày làm bù"), "calendar", DAYS, a.days_standing, order=13, acts=DAY_ACTS))
set_up.add(SetUpPart("former_units", _("Xã cũ đã sáp nhập"), "flag", "/quan-tri/don-vi-cu/", a.old_units_standing, order=20))
set_up.add(SetUpPart("villages", _("Danh sách thôn"), "list", "/quan-tri/thon/", a.villages_standing, order=21))
set_up.add(SetUpPart("staff", _("Vị trí và cán bộ"), "people", "/quan-tri/can-bo/", a.staff_standing, order=30))
ADMINISTRATORS = "/quan-tri/can-bo/?vai-tro=administrator"
set_up.add(SetUpPart("administrators", _("Người quản trị"), "key", ADMINISTRATORS, a.administrators_standing, order=31))
set_up.add(SetUpPart("bank", _("Tài khoản nhận phí"), "money", "/quan-tri/tai-khoan/", a.bank_standing, order=50))
sources.add(ListenSource("people", lambda _commune_id: (Listenable("/dang-nhap/"), Listenable("/dang-xuat/")), order=20))
