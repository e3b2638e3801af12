"""What the operator's commands may ask of the backups room."""

from xaso.apps.backups.actions.bringing_back import bring_back
from xaso.apps.backups.actions.restoring import mark_path
from xaso.apps.backups.actions.running import make_backup, make_drill
from xaso.apps.backups.actions.turning_back import keep_database, put_back_database
from xaso.apps.backups.age import Identity
from xaso.apps.backups.opening import read_identities
from xaso.apps.backups.queries import State, state
from xaso.apps.backups.told import made_lines, proof_lines, refusal_lines

__all__ = [
    "Identity",
    "State",
    "bring_back",
    "keep_database",
    "made_lines",
    "make_backup",
    "make_drill",
    "mark_path",
    "proof_lines",
    "put_back_database",
    "read_identities",
    "refusal_lines",
    "state",
]
