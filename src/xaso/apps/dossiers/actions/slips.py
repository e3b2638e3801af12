"""Issues a numbered slip as part of the move it belongs to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xaso.apps.dossiers.models import Dossier, Slip
from xaso.apps.dossiers.papers.slips import slip_data
from xaso.kernel.identifiers import new_paper_code
from xaso.kernel.worktime import VN
from xaso.platform import pdf
from xaso.platform.actor import Actor
from xaso.platform.counters import next_number


def issue_slip(actor: Actor, dossier: Dossier, form: str, extra: Mapping[str, Any], *, now: datetime) -> Slip:
    """Number the slip within its form and year and keep all that it prints, in the caller's transaction."""
    number = next_number(dossier.commune_id, f"slip:{form}", str(now.astimezone(VN).year))
    token = new_paper_code()
    return Slip.objects.create(
        dossier=dossier,
        form=form,
        number=number,
        issued_at=now,
        issued_by=actor.name,
        token=token,
        data=pdf.frozen(slip_data(actor, dossier, form, number, token, extra, now)),
    )
