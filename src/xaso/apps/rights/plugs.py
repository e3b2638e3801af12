"""What this room adds to pages that collect from all rooms."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from xaso.apps.rights import access, queries, words
from xaso.apps.rights.demo import load_demo_requests
from xaso.apps.rights.models import DataRequest
from xaso.platform.actor import Actor
from xaso.platform.demo import DemoLoader, loaders
from xaso.platform.listening import Listenable, ListenSource, sources
from xaso.platform.registries import RailEntry, WorkItem, WorkSource, rail, work

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


rail.add(RailEntry("data_requests", _("Yêu cầu dữ liệu"), "key", LISTED, access.TAKE_IN, order=37, count=queries.open_count))
work.add(WorkSource("data_requests", _waiting, queries.ended_since))
sources.add(ListenSource("rights", lambda _commune_id: (Listenable("/du-lieu-ca-nhan/"),), order=60))
loaders.add(DemoLoader("rights", load_demo_requests, order=81))
