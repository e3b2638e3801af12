"""The result as a paper: its number, its content from the answers and the officer's fields, and its template."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from xaso.apps.dossiers.form_choices import form_choices
from xaso.apps.dossiers.models import Dossier, Result
from xaso.apps.dossiers.papers import envelope as common
from xaso.apps.dossiers.papers.filling import Sources, filled
from xaso.apps.dossiers.queries import CaseFile
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.forms import Row, in_language
from xaso.kernel.text import slugify_ascii
from xaso.kernel.worktime import VN
from xaso.platform import pdf

HERE = Path(__file__).resolve().parent
NO_NUMBER = "…"


@dataclass(frozen=True)
class ResultPaper:
    """A result ready to be laid out."""

    title: str
    number: str
    file_name: str
    template: Path
    data: Mapping[str, Any]

    def render(self) -> bytes:
        """Return the PDF that will be signed."""
        return pdf.render(self.template, self.data)


@override("vi")
def result_paper(
    commune: people.CommuneInfo,
    version: procedures.ProcedureVersion,
    dossier: Dossier,
    result: Result,
    number: int | None,
    *,
    signer_name: str,
    signer_title: str,
    now: datetime,
) -> ResultPaper:
    """Lay the content out, in Vietnamese whatever the official reads; number None is a draft, which shows dots for the number."""
    kind = version.result
    shown_number = number_in_words(number, kind.symbol, now)
    data = {
        **common.envelope(commune, dossier, result.token),
        "agency": common.committee(commune),
        "number": shown_number,
        "issued_at": now,
        "signer": {
            "titles": signing_titles(signer_title),
            "name": signer_name,
            "post": f"{signer_title.removesuffix(' UBND')} UBND {common.lower_first(commune.name)}",
        },
        "receivers": [_("Như trên;"), _("Lưu: VT, HS.")],
    }
    mapping = kind.paper
    template = mapping["template"] if mapping else "generic"
    sources = Sources(
        answers=dossier.answers,
        shown=shown_answers(version, dossier),
        fields=result.fields,
        facts={
            "commune": commune.name,
            "committee": f"Ủy ban nhân dân {common.lower_first(commune.name)}",
            "office": f"trụ sở Ủy ban nhân dân {common.lower_first(commune.name)}, {commune.province}",
            "number": shown_number,
            "plain_number": "" if number is None else f"{number:04d}",
            "year": str(now.astimezone(VN).year),
            "today": now.astimezone(VN).date().isoformat(),
            "applicant": dossier.applicant_name,
            "applicant_number": dossier.applicant_personal_number,
            "applicant_address": dossier.applicant_address,
        },
    )
    content = filled(mapping["data"], sources) if mapping else _generic(commune, version, result)
    return ResultPaper(
        title=kind.name["vi"],
        number=shown_number,
        file_name=f"{slugify_ascii(kind.name['vi'])}-{dossier.code}.pdf",
        template=HERE / f"result_{template}.typ",
        data={**data, **content},
    )


def number_in_words(number: int | None, symbol: str, now: datetime) -> str:
    """Return `15/QĐ-UBND`, two digits below ten; `15/2026` for a series without a symbol. Source: Decree 30/2020/NĐ-CP."""
    if number is None:
        return NO_NUMBER
    return f"{number:02d}/{symbol or now.astimezone(VN).year}"


def signing_titles(title: str) -> list[str]:
    """Return the lines above the signature; a deputy signs for the chair. Source: Decree 30/2020/NĐ-CP, annex I."""
    lines = [_("TM. Ủy ban nhân dân")]
    if title.startswith("Phó Chủ tịch"):
        return [*lines, _("KT. Chủ tịch"), _("Phó Chủ tịch")]
    return [*lines, title]


def shown_answers(version: procedures.ProcedureVersion, dossier: Dossier) -> dict[str, str]:
    """Return the answers as people read them, by name: the label of a choice, a date as 05/11/2026."""
    sections = version.form.summary(dossier.answers, "vi", choices=form_choices(dossier.commune_id))
    return {row.name: in_one_line(row) for section in sections for top in section.rows for row in _with_parts(top)}


def in_one_line(row: Row) -> str:
    """Return an answer as one text; of a table's row the first answer, and the others with their names in brackets."""
    if not row.parts:
        return row.shown
    if any(part.parts for part in row.parts):
        return "; ".join(filter(None, (in_one_line(part) for part in row.parts)))
    first, *others = [part for part in row.parts if part.shown] or [row]
    named = ", ".join(f"{part.label.lower()}: {part.shown}" for part in others)
    return f"{first.shown} ({named})" if named else first.shown


def _with_parts(row: Row) -> Iterator[Row]:
    yield row
    for part in row.parts:
        yield from _with_parts(part)


def default_fields(case: CaseFile, typed: Mapping[str, str] | None) -> list[dict[str, Any]]:
    """Return the fields the officer fills for the result: what was typed, else what was prepared, else the answer that belongs there."""
    prepared = case.result.fields if case.result else {}
    shown = shown_answers(case.version, case.dossier)
    fields = []
    for entry in case.version.result.fields:
        name = entry.name
        first = prepared.get(name) or shown.get(entry.answer, "")
        fields.append(
            {
                "name": name,
                "label": in_language(entry.label, get_language() or "vi"),
                "long": entry.long,
                "value": (typed or {}).get(f"field-{name}", first),
            }
        )
    return fields


def preview(dossier: Dossier, *, now: datetime) -> bytes:
    """Return the result as it would be signed, without a number."""
    result = Result.objects.get(dossier=dossier)
    version = procedures.get_version(dossier.version_id)
    commune = people.commune_of(dossier.commune_id)
    paper = result_paper(commune, version, dossier, result, None, signer_name="", signer_title="Phó Chủ tịch", now=now)
    return paper.render()


def _generic(commune: people.CommuneInfo, version: procedures.ProcedureVersion, result: Result) -> dict[str, Any]:
    kind = version.result
    return {
        "title": kind.name["vi"],
        "subject": "",
        "issuer_line": f"Ủy ban nhân dân {common.lower_first(commune.name)}",
        "verb_line": _("Xác nhận:"),
        "grounds": [],
        "paragraphs": [],
        "rows": [{"label": entry.label["vi"], "value": str(result.fields.get(entry.name, ""))} for entry in kind.fields],
        "articles": [],
        "closing": [],
    }
