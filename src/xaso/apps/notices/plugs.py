"""What this room adds to pages and loops that collect from all rooms."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from xaso.apps.notices import access, queries
from xaso.apps.notices.jobs import deliver_due, note_receipts, take_incoming, tidy_incoming
from xaso.platform.actor import Actor
from xaso.platform.registries import RailEntry, rail
from xaso.platform.worker import WorkerStep, steps


def _given_up(actor: Actor, now: datetime) -> int:
    return queries.count_given_up(actor)


rail.add(RailEntry("notices", _("Tin nhắn"), "chat", "/tin-nhan/", access.ROLES, order=60, count=_given_up))
steps.add(WorkerStep("notices", deliver_due, order=40))
steps.add(WorkerStep("receipts", note_receipts, order=41))
steps.add(WorkerStep("incoming", take_incoming, order=9))
steps.add(WorkerStep("old incoming", tidy_incoming, order=91))
