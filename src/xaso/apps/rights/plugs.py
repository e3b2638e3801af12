"""What this room adds to pages that collect from all rooms."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xaso.apps.rights import access, breach_queries, queries, words
from xaso.apps.rights.actions.retention import VERBS, erase_daily, is_allowed
from xaso.apps.rights.breach_access import MAY_REPORT
from xaso.apps.rights.breach_flow import BREACH_HANDLERS
from xaso.apps.rights.breach_words import countdown
from xaso.apps.rights.demo import load_demo_breach, load_demo_requests
from xaso.apps.rights.models import Breach, DataRequest
from xaso.apps.rights.pages.retention import ADDRESS
from xaso.platform.actor import Actor
from xaso.platform.demo import DemoLoader, loaders
from xaso.platform.listening import Listenable, ListenSource, sources
from xaso.platform.personal_data import ConsentPurpose, consent_purposes
from xaso.platform.registries import RailEntry, SetUpPart, Standing, WorkItem, WorkSource, rail, set_up, work
from xaso.platform.worker import WorkerStep, steps

LISTED, BREACHES = "/yeu-cau-du-lieu/", "/su-co-du-lieu/"


def _waiting(actor: Actor, _now: datetime) -> list[WorkItem]:
    return [_work_item(one) for one in queries.waiting_for(actor)]


def _work_item(one: DataRequest) -> WorkItem:
    label, tone = words.STATES[one.state]
    return WorkItem(
        key=one.code,
        title=str(words.KINDS[one.kind][0]),
        detail=one.name,
        stage=label,
        stage_tone=tone,
        url=f"{LISTED}{one.id}/",
        due_at=queries.next_due_at(one),
    )


def _untold(actor: Actor, now: datetime) -> list[WorkItem]:
    return [_breach_item(one, now) for one in breach_queries.untold_breaches(actor)]


def _breach_item(one: Breach, now: datetime) -> WorkItem:
    clock = countdown(one, now)
    return WorkItem(
        key=one.code,
        title=gettext("Sự cố dữ liệu: báo cơ quan chức năng"),
        detail=f"{one.what[:80]} · {clock.text}",
        stage=clock.text,
        stage_tone=clock.tone,
        url=f"{BREACHES}{one.id}/",
        due_at=one.due_at,
    )


def _no_breach_finished(_actor: Actor, _now: datetime) -> int:
    """Tell that a breach is no piece of work that one is glad to have finished."""
    return 0


def _standing(commune_id: UUID) -> Standing:
    """Tell whether the job may erase what has had its time."""
    if is_allowed(commune_id):
        return Standing("la", _("mỗi ngày một lần"))
    return Standing("cham", _("chưa cho phép, dữ liệu hết hạn còn nguyên"))


consent_purposes.add(
    ConsentPurpose(
        "news",
        _("Nhắn tin, gọi điện về việc chung của xã"),
        _(
            "Tôi đồng ý để xã nhắn tin, gọi điện cho tôi về việc chung như lớp học, hỗ trợ, họp thôn, ngoài hồ sơ của tôi. "
            "Tôi rút lại lúc nào cũng được."
        ),
        version=1,
        order=10,
    )
)
consent_purposes.add(
    ConsentPurpose(
        "publish",
        _("Đăng tên, ảnh, giọng nói"),
        _(
            "Tôi đồng ý để xã đăng tên, ảnh, giọng nói của tôi trên trang, loa, bảng tin của xã khi đưa tin về việc làng việc xã. "
            "Tôi rút lại lúc nào cũng được, xã gỡ khỏi trang của mình."
        ),
        version=1,
        publishes=True,
        order=20,
    )
)
rail.add(RailEntry("data_requests", _("Yêu cầu dữ liệu"), "key", LISTED, access.TAKE_IN, order=37, count=queries.open_count))
rail.add(RailEntry("breaches", _("Sự cố dữ liệu"), "warn", BREACHES, BREACH_HANDLERS, order=38, count=breach_queries.open_breach_count))
rail.add(RailEntry("breach_report", _("Báo sự cố dữ liệu"), "warn", f"{BREACHES}bao/", MAY_REPORT - BREACH_HANDLERS, order=95))
work.add(WorkSource("breaches", _untold, _no_breach_finished))
work.add(WorkSource("data_requests", _waiting, queries.ended_since))
sources.add(ListenSource("rights", lambda _commune_id: (Listenable("/du-lieu-ca-nhan/"),), order=60))
loaders.add(DemoLoader("rights", load_demo_requests, order=81))
loaders.add(DemoLoader("breaches", load_demo_breach, order=82))
steps.add(WorkerStep("data whose time is over", erase_daily, order=93))
ACTS = {VERBS[verb]: said for verb, said in words.STEPS.items()}
set_up.add(SetUpPart("retention", _("Xóa dữ liệu hết hạn"), "trash", ADDRESS, _standing, order=60, acts=ACTS))
