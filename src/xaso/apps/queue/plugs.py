"""What this room adds to pages and loops that collect from all rooms."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xaso.apps.people.facade import Role
from xaso.apps.queue import access, queries, specimens, words
from xaso.apps.queue.demo import load_demo_queue
from xaso.apps.queue.jobs import end_days, forget_old
from xaso.apps.queue.options import VOICE_FOLDER
from xaso.apps.queue.queries import figures
from xaso.platform import registries as r
from xaso.platform.actor import Actor
from xaso.platform.demo import DemoLoader, loaders
from xaso.platform.listening import Listenable, ListenSource, sources
from xaso.platform.worker import WorkerStep, steps


def _waiting(actor: Actor, now: datetime) -> int | None:
    return figures.waiting_now(actor.commune_id, now) if actor.commune_id else None


def _standing(commune_id: UUID) -> r.Standing:
    groups, counters = queries.groups(commune_id), queries.counters(commune_id)
    if not groups:
        return r.Standing("cham", gettext("Chưa mở lấy số"))
    served = {group.id for counter in counters for group in counter.groups.all()}
    if any(group.id not in served for group in groups):
        return r.Standing("nghe", gettext("Có dịch vụ chưa có quầy"))
    return r.Standing("la", gettext("%(groups)s dịch vụ, %(counters)s quầy") % {"groups": len(groups), "counters": len(counters)})


r.tiles.add(r.Tile("queue", _("Lấy số, đặt lịch"), "calendar", "/lay-so/", order=35))
r.rail.add(r.RailEntry("queue", _("Gọi số"), "horn", "/goi-so/", frozenset({Role.DESK.value}), order=21, count=_waiting))
r.rail.add(r.RailEntry("queue_figures", _("Số liệu chờ"), "chart", "/goi-so/so-lieu/", frozenset(access.FIGURE_ROLES), order=36))
r.set_up.add(r.SetUpPart("queue", _("Lấy số và gọi số"), "horn", "/quan-tri/goi-so/", _standing, order=60, acts=words.ACTS))
r.saved_folders.add(r.SavedFolder("giong-doc", VOICE_FOLDER.value, VOICE_FOLDER.name))
r.specimens.add(r.Specimen("queue", "citizens", "queue/specimen_citizens.html", specimens.citizens, ("queue/queue.css",)))
r.specimens.add(r.Specimen("counter", "officials", "queue/specimen_officials.html", specimens.officials, ("queue/queue.css",)))
steps.add(WorkerStep("days of the queue", end_days, order=60))
steps.add(WorkerStep("old numbers", forget_old, order=92))
loaders.add(DemoLoader("queue", load_demo_queue, order=60))
sources.add(ListenSource("queue", lambda _commune_id: (Listenable("/lay-so/"), Listenable("/dat-lich/")), order=50))
