"""The scanner's folder on a page: what waits there, and taking what the official chose for which paper."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from xaso.apps.dossiers import scans
from xaso.apps.people import facade as people
from xaso.kernel.errors import Refusal

FIELD = "from-scanner-"
Add = Callable[[str, str, bytes], object]


def scans_shown(commune: people.CommuneInfo, *, now: datetime) -> list[dict[str, Any]]:
    """Return what waits in the folder, each with the name of its field."""
    return [{"scan": scan, "field": f"{FIELD}{scan.token}"} for scan in scans.list_waiting(commune, now=now)]


def taken_from_scanner(commune: people.CommuneInfo, typed: Mapping[str, str], add: Add, *, now: datetime) -> list[Refusal]:
    """Give each chosen scan to `add` (paper, name, content) and move it away; return the refusals of those that could not be taken."""
    refused: list[Refusal] = []
    for field, paper in typed.items():
        if not field.startswith(FIELD) or not paper:
            continue
        try:
            scan = scans.find(commune, field.removeprefix(FIELD), now=now)
            add(paper, scan.name, scans.read(scan))
            scans.move_away(scan, now=now)
        except Refusal as refusal:
            refused.append(refusal)
    return refused
