"""What this room adds to loops that collect from all rooms."""

from xaso.apps.reminders.jobs import forget_old, remind
from xaso.platform.worker import WorkerStep, steps

steps.add(WorkerStep("reminders", remind, order=39))
steps.add(WorkerStep("old reminders", forget_old, order=93))
