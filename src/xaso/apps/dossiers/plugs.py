"""What this room adds to pages and loops that collect from all rooms."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from xaso.apps.dossiers import access, queries, specimens, words
from xaso.apps.dossiers.actions.reading import read_next_page
from xaso.apps.dossiers.actions.results import void_abandoned_numbers
from xaso.apps.dossiers.demo import load_demo_dossiers
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.outside import MOVES, outside_view
from xaso.apps.dossiers.procedure_names import plain_name
from xaso.apps.dossiers.verification import find_card
from xaso.apps.people.facade import Role
from xaso.platform import registries as r
from xaso.platform.actor import Actor
from xaso.platform.demo import DemoLoader, loaders
from xaso.platform.worker import WorkerStep, steps


def _waiting(actor: Actor, now: datetime) -> list[r.WorkItem]:
    return [_work_item(dossier) for dossier in queries.waiting_for(actor)]


def _work_item(dossier: Dossier) -> r.WorkItem:
    label, tone = words.STATES[dossier.state]
    village = dossier.village.name if dossier.village else ""
    return r.WorkItem(
        key=dossier.code,
        title=plain_name(dossier),
        detail=" · ".join(filter(None, (dossier.applicant_name, village))),
        stage=label,
        stage_tone=tone,
        url=f"/ho-so/{dossier.code}/",
        due_at=dossier.due_at,
        clock_stopped=dossier.paused_at is not None,
    )


def _find(actor: Actor, text: str, limit: int) -> list[r.SearchHit]:
    return [
        r.SearchHit(f"{dossier.code} · {dossier.applicant_name}", plain_name(dossier), f"/ho-so/{dossier.code}/")
        for dossier in queries.find_dossiers(actor, text, limit)
    ]


def _desk_count(actor: Actor, now: datetime) -> int:
    return queries.intake_count(actor)


r.tiles.add(r.Tile("follow", _("Hồ sơ của tôi đến đâu?"), "clock", "/ho-so-cua-toi/", order=20))
r.rail.add(r.RailEntry("desk", _("Một cửa"), "people", "/mot-cua/", frozenset({Role.DESK.value}), order=20, count=_desk_count))
r.rail.add(r.RailEntry("register", _("Hồ sơ"), "file", "/so-theo-doi/", access.CASE_ROLES, order=30))
r.rail.add(r.RailEntry("statistics", _("Thống kê"), "list", "/thong-ke/", access.STATISTICS_ROLES, order=33))
r.rail.add(r.RailEntry("gaps", _("Số bỏ"), "list", "/so-theo-doi/so-bo/", frozenset({Role.CLERK.value, Role.CENTRE_HEAD.value}), order=35))
r.work.add(r.WorkSource("dossiers", _waiting, queries.finished_since))
r.searches.add(r.SearchSource("dossiers", _("Hồ sơ"), _find))
r.verifiable.add(r.VerifiableSource("dossiers", find_card))
r.specimens.add(r.Specimen("filing", "citizens", "dossiers/specimen_citizens.html", specimens.citizens))
r.specimens.add(r.Specimen("desk", "officials", "dossiers/specimen_officials.html", specimens.officials, ("dossiers/desk.css",)))
for number, verb in enumerate(MOVES):
    r.outside_events.add(r.OutsideEvent(f"dossiers.{verb}", words.VERBS[verb], outside_view, order=number))
steps.add(WorkerStep("reading of papers", read_next_page, order=85))
steps.add(WorkerStep("abandoned numbers", void_abandoned_numbers, order=90))
loaders.add(DemoLoader("dossiers", load_demo_dossiers, order=70))
