"""How a dossier came from a phone, in words: when the phone says it was made, and how far that clock can be trusted."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xaso.apps.dossiers import words
from xaso.apps.dossiers.models import Arrival

MUCH = timedelta(hours=1)
DAYS_A_YEAR = 365


def arrival_shown(arrival: Arrival | None) -> dict[str, Any]:
    """Return what the case's page says of it; nothing for a dossier that was filed otherwise.

    The phone's time stands there when it differs much from ours, and how wrong its clock was when it sent.
    """
    if arrival is None:
        return {}
    made_long_before = arrival.made_at is not None and abs(arrival.arrived_at - arrival.made_at) >= MUCH
    return {
        "confirmed_by": words.CONFIRMED_BY.get(arrival.confirmed_by, ""),
        "arrived_at": arrival.arrived_at,
        "made_at": arrival.made_at if made_long_before else None,
        "clock": _clock_in_words(arrival),
    }


def _clock_in_words(arrival: Arrival) -> str:
    if arrival.sent_at is None or abs(arrival.sent_at - arrival.arrived_at) < MUCH:
        return ""
    wrong_by = arrival.sent_at - arrival.arrived_at
    days = abs(wrong_by).days
    if days >= DAYS_A_YEAR:
        years = round(days / DAYS_A_YEAR)
        length = ngettext("%(number)s năm", "%(number)s năm", years) % {"number": years}
    elif days:
        length = ngettext("%(number)s ngày", "%(number)s ngày", days) % {"number": days}
    else:
        hours = round(abs(wrong_by) / timedelta(hours=1))
        length = ngettext("%(number)s giờ", "%(number)s giờ", hours) % {"number": hours}
    text = _("đồng hồ của máy nhanh khoảng %(length)s") if wrong_by > timedelta(0) else _("đồng hồ của máy chậm khoảng %(length)s")
    return text % {"length": length}
