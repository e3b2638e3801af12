"""What this room adds to the worker's round and to a backup."""

from xaso.apps.audit.actions.anchoring import anchor_daily
from xaso.apps.audit.actions.recording import note_list
from xaso.apps.audit.actions.sealing import seal_waiting
from xaso.apps.audit.options import ANCHORS, anchors_folder
from xaso.platform.registries import SavedFolder, saved_folders
from xaso.platform.sheets import SheetNote, sheet_notes
from xaso.platform.worker import WorkerStep, steps

steps.add(WorkerStep("seal the audit record", seal_waiting, order=20))
steps.add(WorkerStep("anchor the audit record", anchor_daily, order=92))
saved_folders.add(SavedFolder("anchors", anchors_folder, ANCHORS.name, before_database=True))
sheet_notes.add(SheetNote("audit", note_list))
