"""What a copy of a person's data says of a dossier in words, where the column holds a key or a form's own shape."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from xaso.apps.dossiers import words
from xaso.apps.dossiers.form_choices import form_choices
from xaso.apps.dossiers.models import Dossier, Draft, Result, Slip, Step
from xaso.apps.dossiers.papers.result_fields import field_words
from xaso.apps.procedures import facade as procedures
from xaso.kernel.forms import in_language
from xaso.kernel.forms.summary import Row
from xaso.kernel.money import format_vnd


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


def papers_told(dossier: Dossier) -> list[dict[str, str]]:
    """Return which papers were given, each with its kind and number of sheets."""
    names = {paper.id: paper.name for paper in procedures.get_version(dossier.version_id).papers}
    return [
        {_in_words(names[paper_id]): f"{words.PAPER_KINDS.get(given['kind'], given['kind'])} · {given['count']}"}
        for paper_id, given in dossier.papers.items()
        if paper_id in names
    ]


def fee_told(dossier: Dossier) -> list[dict[str, str]]:
    """Return the lines of the fee with their amounts, and why nothing is to be paid."""
    if not dossier.fee:
        return []
    lines = [{_in_words(line["name"]): _amount(line)} for line in dossier.fee["lines"]]
    reason = dossier.fee.get("exempt_reason")
    return [*lines, *([{_("Được miễn"): _in_words(reason)}] if reason else [])]


def result_told(result: Result) -> list[dict[str, str]]:
    """Return the lines of a result as its officer filled them."""
    version = procedures.get_version(result.dossier.version_id)
    choices = field_words(version)
    filled = ((line, result.fields.get(line.name, "")) for line in version.result.fields)
    return [{_in_words(line.label): choices.get(line.name, {}).get(value, value)} for line, value in filled if value]


def slip_told(slip: Slip) -> list[dict[str, str]]:
    """Return which form it is, and what it says of the person; the rest stands with the dossier."""
    applicant = slip.data.get("applicant", {})
    said = (
        (_("Giấy"), str(words.FORMS[slip.form])),
        (_("Số"), slip.data.get("number", "")),
        *((label, applicant.get(name, "")) for name, label in _ON_SLIPS.items()),
    )
    return [{str(label): value} for label, value in said if value]


_ON_SLIPS = {"name": _lazy("Họ tên"), "personal_number": _lazy("Số định danh"), "address": _lazy("Địa chỉ"), "phone": _lazy("Điện thoại")}


def _amount(line: dict[str, Any]) -> str:
    if line["exempt"]:
        return _("Được miễn")
    return _("chưa rõ") if line["amount_vnd"] is None else format_vnd(line["amount_vnd"])


def _in_words(texts: Mapping[str, str]) -> str:
    return str(in_language(texts, get_language() or "vi"))


def _answered(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.is_answered]


def _answer(row: Row) -> Any:
    return row.shown or [{one.label: _answer(one)} for one in _answered(row.parts)]
