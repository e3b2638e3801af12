"""The result as a paper: its number, its content from the answers and the officer's fields, and its template."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from xaso.apps.dossiers.models import Dossier, Result
from xaso.apps.dossiers.papers import envelope as common
from xaso.apps.dossiers.papers.filling import Sources, filled
from xaso.apps.dossiers.papers.result_fields import applicant_facts, field_words
from xaso.apps.dossiers.papers.shown_answers import shown_answers
from xaso.apps.dossiers.papers.signers import Signer, is_chairs, post_in_full, signer_of, signing_titles
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.apps.signing import facade as signing
from xaso.kernel.text import slugify_ascii
from xaso.kernel.worktime import VN
from xaso.platform import pdf
from xaso.platform.actor import Actor

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
    signer: Signer,
    is_test: bool = False,
    now: datetime,
) -> ResultPaper:
    """Lay the content out, in Vietnamese whatever the official reads; number None is a draft, which shows dots for the number.

    `is_test` marks a paper that test certificates sign.
    """
    kind = version.result
    shown_number = number_in_words(number, kind.symbol, now)
    data = {
        **common.envelope(commune, dossier, result.token, is_test=is_test),
        "agency": common.committee(commune),
        "number": shown_number,
        "issued_at": now,
        "signer": {"name": signer.name, "post": post_in_full(signer, f"UBND {common.lower_first(commune.name)}")},
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
            "office": f"trụ sở Ủy ban nhân dân {common.lower_first(commune.name)}, {commune.province_in_full}",
            "number": shown_number,
            "plain_number": "" if number is None else f"{number:04d}",
            "year": str(now.astimezone(VN).year),
            "today": now.astimezone(VN).date().isoformat(),
            **applicant_facts(dossier),
        },
        field_words=field_words(version),
    )
    content = filled(mapping["data"], sources) if mapping else _generic(commune, version, sources)
    data["signer"]["titles"] = signing_titles(signer, of_chair=is_chairs(str(content.get("issuer_line") or version.decided_by["vi"])))
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


def preview(actor: Actor, dossier: Dossier, *, now: datetime) -> bytes:
    """Return the result as it would be signed now: by the actor where she may sign, else by the first who may.

    It is marked as a draft and has neither number nor a code that could be checked.
    """
    result = Result.objects.get(dossier=dossier)
    version = procedures.get_version(dossier.version_id)
    commune = people.commune_of(dossier.commune_id)
    account_id, signer = _who_signs(actor, dossier, now=now)
    paper = result_paper(
        commune,
        version,
        dossier,
        result,
        None,
        signer=signer,
        is_test=signing.signs_as_test(account_id=account_id, commune_id=commune.id, now=now),
        now=now,
    )
    return replace(paper, data={**paper.data, "draft": True, "verify_url": "", "verify_code": ""}).render()


def _who_signs(actor: Actor, dossier: Dossier, *, now: datetime) -> tuple[UUID | None, Signer]:
    if actor.holds(people.Role.SIGNER.value):
        return actor.account_id, signer_of(actor)
    holders = people.role_holders(dossier.commune_id, people.Role.SIGNER, on=now.astimezone(VN).date())
    first = next(iter(holders), None)
    return (first.account_id, Signer(first.name, first.title, first.in_place_of)) if first else (None, Signer("", "", ""))


def _generic(commune: people.CommuneInfo, version: procedures.ProcedureVersion, sources: Sources) -> dict[str, Any]:
    kind = version.result
    return {
        "title": kind.name["vi"],
        "subject": "",
        "issuer_line": f"Ủy ban nhân dân {common.lower_first(commune.name)}",
        "verb_line": _("Xác nhận:"),
        "grounds": [],
        "paragraphs": [],
        "rows": [{"label": entry.label["vi"], "value": str(sources.value(f"field.{entry.name}"))} for entry in kind.fields],
        "articles": [],
        "closing": [],
    }
