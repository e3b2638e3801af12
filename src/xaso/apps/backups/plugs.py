"""What this room adds to pages and loops that collect from all rooms."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xaso.apps.backups import jobs, queries
from xaso.apps.people.facade import Role
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.registries import SetUpPart, Standing, WorkItem, WorkSource, set_up, work
from xaso.platform.worker import WorkerStep, steps

PLACE = "/quan-tri/sao-luu/"


def _standing(_commune_id: UUID) -> Standing:
    state = queries.state(clock.now())
    if not state.wanted:
        return Standing("cham", gettext("Bản dùng thử chưa đặt nơi sao lưu"))
    if state.is_alarming:
        return Standing("nghe", what_is_wrong(state))
    assert state.last_backup_at is not None
    return Standing("la", gettext("Lần gần nhất %(at)s") % {"at": f"{state.last_backup_at.astimezone(VN):%d/%m/%Y %H:%M}"})


def what_is_wrong(state: queries.State) -> str:
    """Return the gravest thing in words."""
    if state.last_backup_at is None:
        return gettext("Chưa sao lưu lần nào")
    if state.backup_is_stale:
        return gettext("Bản sao lưu gần nhất đã cũ: %(at)s") % {"at": f"{state.last_backup_at.astimezone(VN):%d/%m/%Y %H:%M}"}
    if state.damaged:
        return gettext("Có tệp đã mất hoặc hỏng trên máy chủ")
    return gettext("Chưa phục hồi thử, hoặc lần thử đã quá lâu")


def _waiting(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return the alarm as one thing to do for an administrator: nobody else can do anything about it."""
    if not actor.holds(Role.ADMINISTRATOR.value):
        return []
    state = queries.state(now)
    if not state.is_alarming:
        return []
    return [
        WorkItem(
            key=gettext("Sao lưu"),
            title=what_is_wrong(state),
            detail=gettext("Mất máy lúc này là mất dữ liệu của xã. Gọi người vận hành máy chủ."),
            stage=_("Cần làm ngay"),
            stage_tone="son",
            url=PLACE,
            due_at=None,
        )
    ]


def _finished(_actor: Actor, _now: datetime) -> int:
    """Tell that nothing here is finished by a person: the alarm ends with the next good backup."""
    return 0


set_up.add(SetUpPart("backups", _("Sao lưu"), "lock", PLACE, _standing, order=75))
work.add(WorkSource("backups", _waiting, _finished))
steps.add(WorkerStep("backups", jobs.look, order=94))
