"""The parts of an interlinked dossier that other offices decide, noted by hand: sent on, accepted, done, refused, left out."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.dossiers import access, rules
from xaso.apps.dossiers.actions.moves import Change, write_step
from xaso.apps.dossiers.flow import PART, PART_BEGINS
from xaso.apps.dossiers.models import Dossier, DossierPart
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

WITH_REASON = frozenset({"part_refused", "leave_part_out"})


@dataclass(frozen=True)
class Heard:
    """What was heard of a part: on which day, under which code, and what the office said."""

    on: date
    official_code: str = ""
    note: str = ""


def open_parts(dossier: Dossier, *, now: datetime) -> None:
    """Write the parts that the dossier's answers ask for, in the act that takes it in; doing it twice writes none a second time."""
    wanted = procedures.get_version(dossier.version_id).parts_of(dossier.answers)
    day = now.astimezone(VN).date()
    rows = [
        DossierPart(dossier=dossier, part_id=part.id, place=place, state=PART_BEGINS, changed_on=day)
        for place, part in enumerate(wanted, start=1)
    ]
    DossierPart.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def move_part(actor: Actor, dossier_id: UUID, part_id: str, verb: str, heard: Heard, *, now: datetime) -> DossierPart:
    """Move one part; the dossier's own states stay as they are, whatever another office decides.

    Raises MoveRefused, Refusal `dossiers.not_found`, `dossiers.parts_stand` (the dossier was refused, withdrawn or stopped),
    `dossiers.reason_missing`, `dossiers.day_wrong`.
    """
    dossier = access.locked(actor, dossier_id)
    part = DossierPart.objects.select_for_update().filter(dossier=dossier, part_id=part_id).first()
    if part is None:
        raise Refusal("dossiers.not_found")
    if dossier.state not in rules.PARTS_GO_ON:
        raise Refusal("dossiers.parts_stand")
    before = part.state
    after = PART.after(verb, before, access.roles_on(actor, dossier))
    if verb in WITH_REASON and not heard.note.strip():
        raise Refusal("dossiers.reason_missing")
    if not part.changed_on <= heard.on <= now.astimezone(VN).date():
        raise Refusal("dossiers.day_wrong")
    part.state, part.changed_on, part.note = after, heard.on, heard.note.strip()[:500]
    part.official_code = heard.official_code.strip()[:60] or part.official_code
    part.save()
    data = {"part": part_id, "on": heard.on.isoformat(), "official_code": part.official_code}
    name = next((one.name["vi"] for one in procedures.get_version(dossier.version_id).parts if one.id == part_id), part_id)
    note = f"{name}: {part.note}" if part.note else name
    write_step(actor, dossier, Change(PART.name, verb, before, after), now=now, note=note, data=data)
    dossier.save(update_fields=["steps_count"])
    return part
