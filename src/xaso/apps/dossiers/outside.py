"""What programs outside learn of a dossier's move: which dossier, from which state to which. Nothing about people, and no note."""

from collections.abc import Mapping
from typing import Any

from xaso.apps.dossiers.flow import FLOWS

TOLD = ("code", "flow", "from", "to", "step")
MOVES = tuple(dict.fromkeys(["submit", *(move.verb for flow in FLOWS.values() for move in flow.moves)]))


def outside_view(subject: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a stranger may know of a fact about a dossier. `step` numbers the moves of one dossier, so that a gap is seen."""
    return {"dossier_id": subject.removeprefix("dossier:"), **{name: payload.get(name) for name in TOLD}}
