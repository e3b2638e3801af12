"""What the rooms declared of personal data, as people read it."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xaso.apps.rights.models import RetentionStep
from xaso.apps.rights.words import STEPS
from xaso.platform.personal_data import ARCHIVES, Holding, PersonalField, holdings

GROUPS = (
    (95, _("Điều phần mềm tự giữ để chạy")),
    (80, _("Cán bộ và nhật ký")),
    (60, _("Tệp giấy tờ")),
    (40, _("Tin nhắn, lịch hẹn, ý kiến")),
    (0, _("Người dân và hồ sơ")),
)
"""From which order on a holding belongs to which group."""


@dataclass(frozen=True)
class HeldShown:
    """One holding as the page shows it; `days` None where no number of days is held by a job."""

    holding: Holding
    days: int | None
    fields: tuple[PersonalField, ...]

    @property
    def is_sensitive(self) -> bool:
        """Tell whether one of its fields is sensitive."""
        return any(one.sensitive for one in self.fields)


def groups_shown() -> list[tuple[Any, list[HeldShown]]]:
    """Return all holdings in groups, in the registry's order."""
    return [(words, [_shown(one) for one in found]) for words, found in groupby(holdings, key=_group)]


def _group(holding: Holding) -> Any:
    return next(words for first, words in GROUPS if holding.order >= first)


def _shown(holding: Holding) -> HeldShown:
    return HeldShown(holding, holding.kept.days() if holding.kept.days else None, holding.fields)


def ending_shown(counts: dict[str, int]) -> list[tuple[HeldShown, int]]:
    """Return what the retention job erases, each with how many rows have had their time."""
    return [(_shown(one), counts.get(one.name, 0)) for one in holdings if one.ending]


def archived_shown() -> list[Holding]:
    """Return what is kept by the archives law and so never erased by the job."""
    return [one for one in holdings if one.kept is ARCHIVES]


@dataclass(frozen=True)
class RetentionShown:
    """One step of retention: what it is called, of which holdings how many rows it was about, and who did it, a person or the program."""

    words: Any
    step: RetentionStep
    rows: int
    counts: list[tuple[Any, int]]
    by: Any


def steps_shown(commune_id: UUID, *, limit: int = 30) -> list[RetentionShown]:
    """Return the last steps of retention. One query."""
    return [_step_shown(row) for row in RetentionStep.objects.filter(commune_id=commune_id)[:limit]]


def _step_shown(row: RetentionStep) -> RetentionShown:
    counts = [(holding.title, row.counts[holding.name]) for holding in holdings if holding.name in row.counts]
    by = _("phần mềm tự làm") if row.verb == "erase" else row.by
    return RetentionShown(STEPS[row.verb], row, sum(row.counts.values()), counts, by)
