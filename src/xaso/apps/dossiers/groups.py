"""How a dossier stands, as one of some groups that never overlap: what statistics count, and what the register filters by."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, CharField, Exists, F, Func, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from xaso.apps.dossiers import rules
from xaso.apps.dossiers.models import Attachment, Payment

WORDS: Mapping[str, Any] = MappingProxyType(
    {
        "early": _("Xong trước ngày hẹn"),
        "on_time": _("Xong đúng ngày hẹn"),
        "extended": _("Xong đúng hẹn mới sau gia hạn"),
        "late": _("Xong quá hạn"),
        "solved_no_term": _("Xong, không rõ hạn"),
        "open_in_term": _("Đang làm, còn hạn"),
        "open_late": _("Đang làm, quá hạn"),
        "open_no_term": _("Đang làm, không rõ hạn"),
        "paused": _("Tạm dừng thời hạn"),
        "at_intake": _("Chưa tiếp nhận"),
        "held": _("Chưa gửi lên Cổng quốc gia"),
        "stopped": _("Dừng giải quyết"),
        "refused": _("Từ chối tiếp nhận"),
        "withdrawn": _("Đã rút"),
    }
)
"""Each dossier is in exactly one of these."""

MEANINGS: Mapping[str, Any] = MappingProxyType(
    {
        "early": _("ngày ký kết quả đứng trước ngày hẹn trả"),
        "on_time": _("ký trong ngày hẹn trả, không quá giờ hẹn"),
        "extended": _("ký sau giờ hẹn đầu, không quá giờ hẹn mới sau khi xin lỗi và gia hạn; không tính là đúng hạn"),
        "late": _("ký sau giờ hẹn trả; thời gian tạm dừng không tính, vì giờ hẹn đã lùi theo"),
        "solved_no_term": _("thủ tục chưa có thời hạn được xác nhận"),
        "open_in_term": _("đã tiếp nhận, chưa đến giờ hẹn trả"),
        "open_late": _("đã tiếp nhận, giờ hẹn trả đã qua"),
        "open_no_term": _("đã tiếp nhận, thủ tục chưa có thời hạn được xác nhận"),
        "paused": _("chờ bổ sung giấy tờ hoặc chờ nộp phí, đồng hồ đang dừng"),
        "at_intake": _("đã nộp, quầy chưa xem xong"),
        "held": _("nhận giúp, chờ mã của hệ thống khác"),
        "stopped": _("xã dừng giải quyết, có lý do"),
        "refused": _("có Phiếu từ chối (mẫu 03)"),
        "withdrawn": _("người nộp rút trước khi ký"),
    }
)

SOLVED = ("early", "on_time", "extended", "late", "solved_no_term")
MARKS: Mapping[str, Any] = MappingProxyType({"digitised": _("Có giấy tờ lưu dạng tệp"), "fee_paid": _("Đã thu phí")})
BESIDE = tuple(MARKS)
"""Further marks, which a dossier may bear in any group: papers of it are kept as files; a fee was taken for it."""


PROMISED = Coalesce("first_due_at", "due_at")
"""The date that was promised first; an extension moves `due_at` alone."""


class VnDay(Func):
    """The day in Vietnam, as ISO text; `with_day` False gives year and month."""

    def __init__(self, moment: Any, *, with_day: bool = True) -> None:
        super().__init__(moment, output_field=CharField())
        self.with_day = with_day

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_more: Any) -> tuple[str, Any]:
        """Format the instant at UTC+7, which Vietnam has kept since 1975."""
        pattern = "YYYY-MM-DD" if self.with_day else "YYYY-MM"
        return self.as_sql(compiler, connection, template=f"to_char(%(expressions)s AT TIME ZONE 'UTC' + interval '7 hours', '{pattern}')")

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_more: Any) -> tuple[str, Any]:
        """Format the instant at UTC+7."""
        pattern = "%%Y-%%m-%%d" if self.with_day else "%%Y-%%m"
        return self.as_sql(compiler, connection, template=f"strftime('{pattern}', %(expressions)s, '+7 hours')".replace("%%", "%%%%"))


def conditions(now: datetime) -> dict[str, Q]:
    """Return the condition of each group. In the order of the table the first that holds is the one."""
    solved, in_work = Q(state="solved"), Q(state__in=("accepted", "examining", "in_review", "supplement_asked"))
    before = Q(day_solved__lt=F("day_due"))
    paused = Q(paused_at__isnull=False, state__in=rules.UNDER_WAY)
    running = in_work & Q(paused_at=None)
    return {
        "early": solved & before,
        "on_time": solved & ~before & Q(solved_at__lte=PROMISED),
        "extended": solved & Q(first_due_at__isnull=False, solved_at__gt=F("first_due_at"), solved_at__lte=F("due_at")),
        "late": solved & Q(solved_at__gt=F("due_at")),
        "solved_no_term": solved & Q(due_at=None),
        "open_in_term": running & Q(due_at__gte=now),
        "open_late": running & Q(due_at__lt=now),
        "open_no_term": running & Q(due_at=None),
        "paused": paused & ~Q(state__in=rules.HELD),
        "at_intake": Q(state__in=("submitted", "asked_at_intake"), paused_at=None),
        "held": Q(state__in=rules.HELD),
        "stopped": Q(state__in=("stopped", "stopped_at_intake")),
        "refused": Q(state="refused"),
        "withdrawn": Q(state="withdrawn"),
    }


def group_of(now: datetime) -> Case:
    """Return the group of a dossier as an expression, on rows that bear DAYS."""
    return Case(*(When(condition, then=Value(name)) for name, condition in conditions(now).items()), default=Value(""))


def days() -> dict[str, Any]:
    """Return the annotations that the conditions need."""
    return {"day_solved": VnDay("solved_at"), "day_due": VnDay(PROMISED)}


def bears(mark: str) -> Q:
    """Return the condition of a mark of BESIDE."""
    if mark == "digitised":
        return Q(Exists(Attachment.objects.filter(dossier=OuterRef("pk"), removed_at=None)))
    return Q(Exists(Payment.objects.filter(dossier=OuterRef("pk"))))
