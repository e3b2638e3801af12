"""A day as people write it."""

from datetime import date

from xaso.kernel.errors import Refusal
from xaso.kernel.partial_dates import PartialDate


def day_typed(text: str) -> date:
    """Read 05/11/2026 or 2026-11-05. Raises Refusal `dossiers.day_wrong` for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return date.fromisoformat(PartialDate.parse(text).iso)
    except (Refusal, ValueError) as error:
        raise Refusal("dossiers.day_wrong") from error
