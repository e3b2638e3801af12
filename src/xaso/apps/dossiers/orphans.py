"""What the administration is told about open work: who leaves with how much of it, and what nobody works on any more."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xaso.apps.dossiers import queries
from xaso.platform import clock
from xaso.platform.registries import Standing


def left_behind(commune_id: UUID, account_id: UUID, now: datetime) -> int:
    """Return how many open dossiers an official has whom no post lets work on them any more."""
    holders = queries.holders_of_work(commune_id, now=now)
    return next((one.number for one in holders if one.account_id == account_id and not one.examines), 0)


def passing_on_standing(commune_id: UUID) -> Standing:
    """Tell whether open dossiers are with somebody who has left."""
    number = sum(one.number for one in queries.holders_of_work(commune_id, now=clock.now()) if not one.examines)
    if not number:
        return Standing("la", _("Mọi hồ sơ đang có người giữ vị trí thụ lý"))
    words = ngettext("%(number)s hồ sơ ở người đã thôi vị trí", "%(number)s hồ sơ ở người đã thôi vị trí", number)
    return Standing("nghe", words % {"number": number})
