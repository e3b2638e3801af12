"""What this room adds to pages that collect from all rooms."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xaso.apps.rights import access, queries, words
from xaso.apps.rights.actions.retention import VERBS, erase_daily, is_allowed
from xaso.apps.rights.demo import load_demo_requests
from xaso.apps.rights.models import DataRequest
from xaso.apps.rights.pages.retention import ADDRESS
from xaso.platform.actor import Actor
from xaso.platform.demo import DemoLoader, loaders
from xaso.platform.listening import Listenable, ListenSource, sources
from xaso.platform.personal_data import ConsentPurpose, consent_purposes
from xaso.platform.registries import RailEntry, SetUpPart, Standing, WorkItem, WorkSource, rail, set_up, work
from xaso.platform.worker import WorkerStep, steps

LISTED = "/yeu-cau-du-lieu/"


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
work.add(WorkSource("data_requests", _waiting, queries.ended_since))
sources.add(ListenSource("rights", lambda _commune_id: (Listenable("/du-lieu-ca-nhan/"),), order=60))
loaders.add(DemoLoader("rights", load_demo_requests, order=81))
steps.add(WorkerStep("data whose time is over", erase_daily, order=93))
ACTS = {VERBS[verb]: said for verb, said in words.STEPS.items()}
set_up.add(SetUpPart("retention", _("Xóa dữ liệu hết hạn"), "trash", ADDRESS, _standing, order=60, acts=ACTS))
