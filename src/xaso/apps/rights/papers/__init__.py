"""The papers of this room: their content as plain data, and their typst templates beside it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from xaso.apps.people import facade as people
from xaso.apps.rights.breach_words import BREACH_FACTS, BREACH_VERBS, fact_in_words
from xaso.apps.rights.copies import Part, as_read
from xaso.apps.rights.models import Breach, BreachStep
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


@override("vi")
def breach_paper(breach: Breach, commune: people.CommuneInfo, *, now: datetime) -> bytes:
    """Return the draft of the notice of a breach to the authority, with its minutes, as PDF in Vietnamese."""
    facts = [(str(label), fact_in_words(getattr(breach, name))) for name, label in BREACH_FACTS.items()]
    who = f"{breach.reported_by}, {breach.reporter_post}" if breach.reporter_post else breach.reported_by
    told = _("%(number)s người") % {"number": sum(line.told_at is not None for line in breach.people.all())}
    told_facts = [
        (_("Người ghi"), who),
        (_("Đã báo cho người bị ảnh hưởng"), told),
        (_("Liên hệ"), f"{commune.name}, {shown_phone(commune.phone)}"),
    ]
    steps = [_step(step) for step in breach.steps.all()]
    note = _("Luật 91/2025/QH15, điều 23: báo trong 72 giờ kể từ khi phát hiện. Mẫu và nội dung chưa đối chiếu với văn bản: cần xác nhận.")
    content = {
        **agency_head(commune, now),
        "draft": True,
        "code": breach.code,
        "facts": [*facts, *told_facts],
        "steps": steps,
        "note": note,
    }
    return render(HERE / "breach.typ", content)


def _step(step: BreachStep) -> tuple[str, str, str]:
    who = f"{step.actor_name}, {step.post_title}" if step.post_title else step.actor_name
    said = str(BREACH_VERBS[step.verb])
    return fact_in_words(step.at), who, f"{said}: {step.note}" if step.note else said
