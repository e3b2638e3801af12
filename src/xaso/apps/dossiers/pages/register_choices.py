"""The choices of the register's filter, as plain values under which they are kept once they are drawn."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from xaso.apps.dossiers import words
from xaso.apps.dossiers.queries import RegisterFilter
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures

UNKNOWN = "khong"
"""What the address says for dossiers of no known village."""
GIVEN = ("ready", "downloaded", "handed_over")


class Choices(NamedTuple):
    """The choices of one field, (value, words), and the value that is chosen."""

    options: tuple[tuple[str, str], ...]
    chosen: str


def choices_of(wanted: RegisterFilter, commune_id: UUID, language: str) -> dict[str, Choices]:
    """Return the choices of each field of the filter by its name in the template. One query."""
    villages = [*((one.id, one.label) for one in people.villages(commune_id)), (UNKNOWN, _("Chưa rõ thôn"))]
    return {
        "states": _or_all(((state, label) for state, (label, _tone) in words.STATES.items()), wanted.state),
        "channels": _or_all(words.CHANNELS.items(), wanted.channel),
        "procedures": _or_all(((one.code, one.name) for one in procedures.listed(commune_id, language)), wanted.procedure_code),
        "villages": _or_all(villages, UNKNOWN if wanted.village_unknown else wanted.village_id or ""),
        "deliveries": _or_all(((state, words.DELIVERY[state][0]) for state in GIVEN), wanted.delivery_state),
        "orders": _choices(words.REGISTER_ORDERS.items(), wanted.order),
    }


def _or_all(options: Iterable[tuple[Any, Any]], chosen: Any) -> Choices:
    return _choices([("", _("Tất cả")), *options], chosen)


def _choices(options: Iterable[tuple[Any, Any]], chosen: Any) -> Choices:
    """Plain texts alone: an option has no place for a mark of its language."""
    return Choices(tuple((str(value), str(label)) for value, label in options), str(chosen))
