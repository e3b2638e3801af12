"""The papers of this room: their content as plain data, and their typst templates beside it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from xaso.apps.people import facade as people
from xaso.apps.rights.copies import Part, as_read
from xaso.kernel.forms.summary import shown_phone
from xaso.platform.pdf import render

HERE = Path(__file__).resolve().parent


def agency_head(commune: people.CommuneInfo, now: datetime) -> dict[str, Any]:
    """Return what every paper of this room carries: the agency, the day, and whether it is a trial."""
    return {
        "demo": settings.XASO_MODE == "demo",
        "confirm_layout": True,
        "issued_at": now,
        "agency": {
            "parent": _("Ủy ban nhân dân"),
            "name": commune.name,
            "place": commune.short_name,
            "address": commune.address,
            "phone": shown_phone(commune.phone) if commune.phone else "",
        },
    }


@override("vi")
def copy_paper(parts: Sequence[Part], commune: people.CommuneInfo, name: str, *, now: datetime) -> bytes:
    """Return the copy of a person's data as PDF, in Vietnamese like every paper."""
    return render(HERE / "copy.typ", {**agency_head(commune, now), "person": name, "parts": as_read(parts)})
