"""A dossier's answers as papers say them: in Vietnamese, one text each."""

from collections.abc import Iterator

from xaso.apps.dossiers.form_choices import form_choices
from xaso.apps.dossiers.models import Dossier
from xaso.apps.procedures import facade as procedures
from xaso.kernel.forms import Row


def shown_answers(version: procedures.ProcedureVersion, dossier: Dossier) -> dict[str, str]:
    """Return the answers as people read them, by name: the label of a choice, a date as 05/11/2026."""
    sections = version.form.summary(dossier.answers, "vi", choices=form_choices(dossier.commune_id))
    return {row.name: in_one_line(row) for section in sections for top in section.rows for row in _with_parts(top)}


def in_one_line(row: Row) -> str:
    """Return an answer as one text; of a table's row the first answer, and the others with their names in brackets."""
    if not row.parts:
        return row.shown
    if any(part.parts for part in row.parts):
        return "; ".join(filter(None, (in_one_line(part) for part in row.parts)))
    first, *others = [part for part in row.parts if part.shown] or [row]
    named = ", ".join(f"{part.label.lower()}: {part.shown}" for part in others)
    return f"{first.shown} ({named})" if named else first.shown


def _with_parts(row: Row) -> Iterator[Row]:
    yield row
    for part in row.parts:
        yield from _with_parts(part)
