"""What a copy of a person's data says of a dossier in words, where the column holds a key or a form's own shape."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xaso.apps.dossiers import words
from xaso.apps.dossiers.form_choices import form_choices
from xaso.apps.dossiers.models import Dossier, Draft, Step
from xaso.apps.procedures import facade as procedures
from xaso.kernel.forms.summary import Row


def state_told(dossier: Dossier) -> str:
    """Return the state in words."""
    return str(words.STATES[dossier.state][0])


def verb_told(step: Step) -> str:
    """Return the move in words."""
    return str(words.STEPS.get(step.verb, step.verb))


def answers_told(row: Dossier | Draft) -> list[dict[str, Any]]:
    """Return the questions and answers as the form asked them; unanswered ones are left out."""
    form = procedures.get_version(row.version_id).form
    sections = form.summary(
        row.answers, get_language() or "vi", choices=form_choices(row.commune_id), yes_no=(_("Có"), _("Không")), today=None
    )
    return [{one.label: _answer(one)} for section in sections for one in _answered(section.rows)]


def _answered(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.is_answered]


def _answer(row: Row) -> Any:
    return row.shown or [{one.label: _answer(one)} for one in _answered(row.parts)]
