"""The lines of a result that the officer fills: what stands in them first, how they are shown, what may stand in them."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.papers.filling import Sources, filled
from xaso.apps.dossiers.papers.shown_answers import shown_answers
from xaso.apps.dossiers.queries import CaseFile
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.kernel.forms import in_language

TYPED = "field-"
PERSONAL_NUMBER = re.compile(r"[0-9]{12}")


def first_values(version: procedures.ProcedureVersion, dossier: Dossier) -> dict[str, str]:
    """Return, by name, what each line says before the officer has touched it: what is composed for it, else its answer."""
    sources = Sources(answers=dossier.answers, shown=shown_answers(version, dossier), fields={}, facts=applicant_facts(dossier))
    return {line.name: _first_value(line, sources) for line in version.result.fields}


def lines_to_fill(case: CaseFile, typed: Mapping[str, str] | None, refusal: Refusal | None = None) -> list[dict[str, Any]]:
    """Return the lines for the page, in the user's language: with what was typed, else what was prepared, else what stands there first."""
    language = get_language() or "vi"
    first = first_values(case.version, case.dossier) | (case.result.fields if case.result else {})
    faulty = refusal.params.get("line") if refusal else None
    shown = []
    for line in case.version.result.fields:
        value = (typed or {}).get(f"{TYPED}{line.name}", first[line.name])
        options = [{"value": one.value, "label": in_language(one.label, language), "chosen": one.value == value} for one in line.options]
        shown.append(
            {
                "name": line.name,
                "label": in_language(line.label, language),
                "hint": in_language(line.hint, language) if line.hint else "",
                "long": line.long,
                "required": line.required,
                "options": options,
                "value": value,
                "faulty": line.name == faulty,
            }
        )
    return shown


def field_words(version: procedures.ProcedureVersion) -> dict[str, dict[str, str]]:
    """Return the Vietnamese words of each choice, by line and value."""
    return {line.name: {one.value: one.label["vi"] for one in line.options} for line in version.result.fields if line.options}


def applicant_facts(dossier: Dossier) -> dict[str, str]:
    """Return what papers may say of the applicant."""
    return {
        "applicant": dossier.applicant_name,
        "applicant_number": dossier.applicant_personal_number,
        "applicant_address": dossier.applicant_address,
    }


def check_values(version: procedures.ProcedureVersion, values: Mapping[str, Any], *, missing: str) -> None:
    """Raise a Refusal that names the first line that can't stand as it is: code `missing` for an empty one that is required.

    Others are `dossiers.field_not_offered` and `dossiers.number_wrong`. Its parameter `line` is the line's name.
    """
    for line in version.result.fields:
        value = str(values.get(line.name, "")).strip()
        if not value and line.required:
            raise Refusal(missing, field=line.label["vi"], line=line.name)
        if value and not line.offers(value):
            raise Refusal("dossiers.field_not_offered", field=line.label["vi"], line=line.name)
        if value and line.format == "personal-number" and not PERSONAL_NUMBER.fullmatch(value):
            raise Refusal("dossiers.number_wrong", field=line.label["vi"], line=line.name)


def in_users_language(version: procedures.ProcedureVersion, refusal: Refusal) -> Refusal:
    """Return the refusal with the line's label as the user reads it."""
    labels = {line.name: line.label for line in version.result.fields}
    label = labels.get(refusal.params.get("line", ""))
    if label is None:
        return refusal
    return Refusal(refusal.code, **{**refusal.params, "field": in_language(label, get_language() or "vi")})


def _first_value(line: procedures.ResultField, sources: Sources) -> str:
    if line.compose:
        return str(filled(line.compose, sources))
    if line.options:
        answer = str(sources.raw(line.answer)) if line.answer else ""
        return answer if line.offers(answer) else ""
    return sources.shown.get(line.answer, "")
