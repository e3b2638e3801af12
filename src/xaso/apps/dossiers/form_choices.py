"""The lists that forms do not carry themselves: the commune's villages and the ethnic groups."""

import time
from functools import cache
from uuid import UUID

import yaml
from django.conf import settings

from xaso.apps.people import facade as people

REMEMBERED_SECONDS = 5.0
Choices = dict[str, dict[str, str]]
_remembered: dict[UUID, tuple[float, Choices]] = {}


def form_choices(commune_id: UUID) -> Choices:
    """Return, by widget, each value with its label; villages as they were at most REMEMBERED_SECONDS ago."""
    moment = time.monotonic()
    known = _remembered.get(commune_id)
    if known is not None and moment - known[0] < REMEMBERED_SECONDS:
        return known[1]
    choices = {
        "village": {str(village.id): village.label for village in people.villages(commune_id)},
        "ethnicity": {name: name for name in ethnic_groups()},
    }
    _remembered[commune_id] = (moment, choices)
    return choices


@cache
def ethnic_groups() -> tuple[str, ...]:
    """Return the groups of the catalogue, those that are frequent here first."""
    listed = yaml.safe_load((settings.CATALOGUE_DIR / "ethnic-groups.yaml").read_text(encoding="utf-8"))
    return tuple(dict.fromkeys([*listed["often"], *listed["groups"]]))
