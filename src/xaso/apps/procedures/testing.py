"""Builders for tests of this room and of rooms above."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from xaso.apps.procedures import memory
from xaso.apps.procedures.actions.load import load_catalogue
from xaso.apps.procedures.actions.overrides import Ground, set_filing_place, set_issuer
from xaso.apps.procedures.catalogue import read_catalogue
from xaso.apps.procedures.shapes import ProcedureVersion
from xaso.platform.actor import Actor

LOADED_AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
ON = date(2026, 11, 23)


def codes_filed_here() -> list[str]:
    """Return the codes of the shipped procedures that the commune's own desk takes in; needs no database."""
    home = Path(settings.CATALOGUE_DIR)
    return sorted(
        file.document["code"] for file in read_catalogue(home, home) if file.document["filing"].get("counter", {}).get("place") == "here"
    )


def codes_filed_here_and_online() -> list[str]:
    """Return those of them that the law lets people file online too."""
    home = Path(settings.CATALOGUE_DIR)
    online = {file.document["code"] for file in read_catalogue(home, home) if "online" in file.document["filing"]}
    return [code for code in codes_filed_here() if code in online]


def catalogue() -> None:
    """Load the procedures that ship."""
    load_catalogue(Path(settings.CATALOGUE_DIR), now=LOADED_AT)


def procedure(code: str, on: date = ON) -> ProcedureVersion:
    """Return the version of a shipped procedure for the day; loads the catalogue if need be."""
    memory.forget()
    if memory.snapshot().current(code, on) is None:
        catalogue()
    found = memory.snapshot().current(code, on)
    assert found is not None, code
    return found


def filed_and_issued_here(commune_id: UUID, *codes: str) -> None:
    """Let a commune file and issue these procedures itself, on every channel that they have."""
    actor = Actor.system(commune_id, "test")
    ground = Ground(date(2026, 1, 1), source="thử")
    for code in codes:
        for channel in procedure(code).filing:
            set_filing_place(actor, code, channel, "here", ground, now=LOADED_AT)
        set_issuer(actor, code, "commune", ground, now=LOADED_AT)
