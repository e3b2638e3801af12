"""What was typed on a screen of an application: read and kept as it stands, right or wrong."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from xaso.apps.dossiers.actions import drafts
from xaso.apps.dossiers.contact import read_contact
from xaso.apps.dossiers.form_choices import form_choices
from xaso.apps.dossiers.models import Draft
from xaso.apps.dossiers.pages.journey import Stop
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.procedures import facade as procedures
from xaso.kernel.forms import FormSpec
from xaso.kernel.forms.reading import SHOWN
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

ADD = "add-"


@dataclass(frozen=True)
class Kept:
    """The draft with what was typed. `anchor` names the question that was opened or the row that was added, to go on at."""

    draft: Draft
    errors: Any = ()
    asks_again: bool = False
    anchor: str = ""


def keep_typed(actor: Actor, draft: Draft, stop: Stop, typed: QueryDict, *, now: datetime) -> Kept:
    """Keep what was typed on a screen of questions or about the applicant."""
    if stop.kind == "applicant":
        applicant, faults = read_contact(typed, Applicant.from_json(draft.applicant))
        return Kept(drafts.save_applicant(actor, draft.id, applicant, now=now), faults)
    form = procedures.get_version(draft.version_id).form
    choices = form_choices(draft.commune_id)
    reading = form.parse(form.screen(stop.key), typed, known=draft.answers, today=now.astimezone(VN).date(), choices=choices)
    changed = {name: value for name, value in reading.answers.items() if draft.answers.get(name) != value}
    cleared = draft.answers.keys() - reading.answers.keys()
    saved = drafts.save_answers(actor, draft.id, changed, screen=stop.slug, now=now, cleared=cleared)
    anchor = _anchor(form, stop, typed, reading.answers) if reading.asks_again else ""
    return Kept(saved, reading.errors, reading.asks_again, anchor)


def _anchor(form: FormSpec, stop: Stop, typed: QueryDict, answers: dict[str, Any]) -> str:
    table = next((name.removeprefix(ADD) for name in typed if name.startswith(ADD)), "")
    if table and answers.get(table):
        return f"f-{table}-{len(answers[table]) - 1}"
    screen = form.screen(stop.key)
    shown = typed.get(SHOWN, "").split()
    asked = form.asked_on(screen, answers) if screen else ()
    return next((f"f-{field.name}" for field in asked if field.name not in shown), "")
