"""Form 07: the register of a filtered period as it prints."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from xaso.apps.dossiers import words
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.outcomes import outcome_of
from xaso.apps.dossiers.papers import envelope as common
from xaso.apps.people import facade as people
from xaso.kernel.worktime import VN
from xaso.platform.pdf.pieces import print_pieces

TEMPLATE = Path(__file__).resolve().parent / "register.typ"
ROWS_A_PIECE = 150
"""More at once take more memory than they save time: 20,000 rows in such pieces take 19 s of a core and 0.5 GB, in one 3.5 GB."""


@override("vi")
def register_print(rows: QuerySet[Dossier], commune_id: UUID, head: dict[str, str], *, now: datetime) -> IO[bytes]:
    """Return an open file with the rows as a PDF, pages numbered through. `head` are `span` and `filter`, in words.

    Rows hold `given_at`, when the result was handed over.
    """
    shared = {**_envelope(commune_id, now), **head}
    pieces = (partial(_piece, shared, piece) for piece in _pieces(rows, now))
    return print_pieces(TEMPLATE, pieces, title=_("Sổ theo dõi hồ sơ"))


def _piece(shared: dict[str, Any], rows: list[list[str]], pages_before: int) -> dict[str, Any]:
    return {**shared, "rows": rows, "pages_before": pages_before}


def _pieces(rows: QuerySet[Dossier], now: datetime) -> Iterator[list[list[str]]]:
    """Yield the rows in pieces; an empty register has one without rows, so that it prints its head."""
    lines = (_line(number, dossier, now) for number, dossier in enumerate(rows.iterator(chunk_size=500), start=1))
    piece = list(islice(lines, ROWS_A_PIECE))
    yield piece
    while piece := list(islice(lines, ROWS_A_PIECE)):
        yield piece


def _envelope(commune_id: UUID, now: datetime) -> dict[str, Any]:
    commune = people.commune_of(commune_id)
    return {"demo": common.is_trial(), "confirm_layout": True, "agency": common.desk_agency(commune), "issued_at": now}


def _line(number: int, dossier: Dossier, now: datetime) -> list[str]:
    outcome = outcome_of(dossier, now)
    moved = dossier.first_due_at is not None
    return [
        str(number),
        "\n".join(filter(None, (dossier.code, dossier.national_code))),
        dossier.procedure_name,
        dossier.applicant_name,
        dossier.village.name if dossier.village else dossier.applicant_address,
        str(words.CHANNELS[dossier.channel]),
        _moment(dossier.accepted_at or dossier.submitted_at),
        _moment(dossier.first_due_at or dossier.due_at),
        _moment(dossier.due_at) if moved else "",
        _moment(dossier.solved_at or dossier.ended_at),
        _moment(getattr(dossier, "given_at", None)),
        str(words.OUTCOMES[outcome]) if outcome else "",
        str(words.STATES[dossier.state][0]),
    ]


def _moment(instant: datetime | None) -> str:
    return instant.astimezone(VN).strftime("%H:%M %d/%m/%Y") if instant else ""
