"""Form 06: the control slip of a dossier, drawn from its steps each time it is printed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from xaso.apps.dossiers import words
from xaso.apps.dossiers.actions.moves import DEPUTISED
from xaso.apps.dossiers.hand_overs import Done, HandOver, Party, Words, hand_overs
from xaso.apps.dossiers.legal_clock import legal_clock
from xaso.apps.dossiers.models import Dossier, Step
from xaso.apps.dossiers.papers import envelope as common
from xaso.apps.dossiers.queries import CaseFile
from xaso.apps.people import facade as people
from xaso.platform import pdf

TEMPLATE = Path(__file__).resolve().parent / "control_slip.typ"


@override("vi")
def control_slip(case: CaseFile, *, now: datetime) -> bytes:
    """Return the slip as PDF."""
    return pdf.render(TEMPLATE, control_slip_data(case, now=now))


def control_slip_data(case: CaseFile, *, now: datetime) -> dict[str, Any]:
    """Return all that the slip prints. It bears no number and no code to check: it is the house's own paper, and grows with the case."""
    dossier = case.dossier
    commune = people.commune_of(dossier.commune_id)
    shared = {name: value for name, value in common.envelope(commune, dossier, "").items() if name not in {"verify_url", "verify_code"}}
    told = hand_overs(case.steps, _words(dossier), _due_as_of(case))
    return {
        **shared,
        "agency": common.desk_agency(commune),
        "issued_at": now,
        "applicant": common.applicant(dossier),
        "procedure": common.procedure(case.version),
        "received_at": dossier.accepted_at or dossier.submitted_at,
        "due_at": dossier.first_due_at or dossier.due_at,
        "extended_to": dossier.due_at if dossier.first_due_at else None,
        "hand_overs": [_line(one) for one in told],
    }


def _line(one: HandOver) -> dict[str, Any]:
    return {
        "at": one.at,
        "giver": one.giver.words,
        "receiver": one.receiver.words,
        "result": str(words.OUTCOMES[one.outcome]) if one.outcome else "",
        "note": ". ".join(filter(None, (str(words.VERBS[one.verb]), one.note))),
    }


def _due_as_of(case: CaseFile) -> Callable[[datetime], datetime | None]:
    clock = legal_clock(case.dossier, case.pauses, case.extensions)
    return clock.due_as_of if clock else lambda _moment: None


def _words(dossier: Dossier) -> Words:
    return Words(
        applicant=Party(_("Người nộp: %(name)s") % {"name": dossier.applicant_name}),
        desk=Party(_("Bộ phận một cửa")),
        signers=Party(_("Người ký (chưa mở)")),
        who=_who,
        passed_to=lambda step: Party(_data(step).get("to", "")),
    )


def _who(step: Done) -> Party:
    """Name the official of a step with her post; what she did as a deputy is told so."""
    assert isinstance(step, Step)
    if step.actor_kind in {"citizen", "anonymous"}:
        return Party(_("Người nộp: %(name)s") % {"name": step.actor_name})
    who = f"{step.actor_name}, {step.post_title}" if step.post_title else step.actor_name
    if in_place_of := step.data.get(DEPUTISED, ""):
        return Party(_("%(who)s (làm thay %(post)s)") % {"who": who, "post": in_place_of})
    return Party(who)


def _data(step: Done) -> dict[str, str]:
    return step.data if isinstance(step, Step) else {}
