"""What this room adds to the worker's round."""

from xaso.apps.audit.actions.anchoring import anchor_daily
from xaso.apps.audit.actions.sealing import seal_waiting
from xaso.platform.worker import WorkerStep, steps

steps.add(WorkerStep("seal the audit record", seal_waiting, order=20))
steps.add(WorkerStep("anchor the audit record", anchor_daily, order=92))
