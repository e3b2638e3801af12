"""Reads the stored document of a version into its value. The document was checked when it was loaded."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from xaso.apps.procedures.shapes import (
    CHANNELS,
    Confirm,
    Exemptions,
    FeeRule,
    FilingPlace,
    Guidance,
    Late,
    Law,
    National,
    Paper,
    Part,
    Printed,
    ProcedureVersion,
    Result,
    ResultField,
    Step,
    TermCase,
    TermExtra,
    Tier,
)
from xaso.kernel.forms import Condition, FormSpec, Option
from xaso.kernel.worktime import Term, Unit

Document = Mapping[str, Any]


def read_version(version_id: UUID, digest: str, document: Document) -> ProcedureVersion:
    """Return the version that the document describes."""
    guidance = document["guidance"]
    return ProcedureVersion(
        id=version_id,
        code=document["code"],
        slug=document["slug"],
        field=document["field"],
        popular=document.get("popular"),
        plain_name=document["plain_name"],
        legal_name=document["legal_name"],
        summary=document["summary"],
        synonyms={language: tuple(words) for language, words in document["synonyms"].items()},
        life_events=tuple(document["life_events"]),
        decision=document.get("decision", {}).get("number", ""),
        decided_by=document["decided_by"],
        issued_by=document["issued_by"],
        filing={channel: _filing_place(body) for channel, body in document["filing"].items()},
        terms={channel: _term(body) for channel, body in document["term"].items() if channel in CHANNELS},
        term_cases={channel: _term_cases(body) for channel, body in document["term"].items() if channel in CHANNELS},
        term_extras=tuple(_extra(body) for body in document["term"].get("extra", ())),
        restarts_after_supplement=document.get("restarts_after_supplement", False),
        papers=tuple(_paper(body) for body in document["papers"]),
        fees=tuple(_fee(body) for body in document["fees"]),
        exemptions=_exemptions(document.get("exemptions")),
        guidance=Guidance(
            prepare=guidance["prepare"],
            cost=guidance["cost"],
            time=guidance["time"],
            good_to_know=tuple(guidance.get("good_to_know", ())),
            refused_when=tuple(guidance.get("refused_when", ())),
        ),
        steps=tuple(Step(body["role"], body["title"], body.get("note", {})) for body in document["steps"]),
        form=read_form(document),
        form_definition=document.get("form", {}),
        result=_result(document["result"]),
        sign_roles=frozenset(document.get("sign_roles", ())),
        legal_basis=tuple(Law(body["number"], body["name"]) for body in document["legal_basis"]),
        valid_from=date.fromisoformat(document["valid_from"]),
        valid_until=_day(document.get("valid_until")),
        replaced_by=tuple(document.get("replaced_by", ())),
        source=document["source"],
        checked_on=date.fromisoformat(document["checked_on"]),
        checked_by=document["checked_by"],
        confirm=tuple(Confirm(body["about"], body["text"]) for body in document["confirm"]),
        digest=digest,
        national=read_national(document.get("national")),
        parts=tuple(_part(body) for body in document.get("parts", ())),
    )


def read_form(document: Document) -> FormSpec:
    """Return the questions; none for a procedure that is only guided. Raises FormDefinitionError."""
    return FormSpec.from_dict(document["form"]) if "form" in document else FormSpec([], [])


def read_conditions(body: Document | None) -> tuple[Condition, ...]:
    """Return what must all hold, from {question: answer or [answers]}."""
    if not body:
        return ()
    return tuple(Condition(name, tuple(values) if isinstance(values, list) else (values,)) for name, values in body.items())


def read_national(body: Document | None) -> National | None:
    """Return what an imported version holds of its own; None for one of the catalogue."""
    if body is None:
        return None
    return National(
        decides=body["decides"],
        levels=tuple(body["levels"]),
        channels=tuple(_printed(one) for one in body["channels"]),
        results=tuple((one["name"], one["code"]) for one in body["results"]),
        doubts=tuple(body["doubts"]),
        cells=body["cells"],
        valid_from=_day(body["valid_from"]),
    )


def _filing_place(body: Document) -> FilingPlace:
    return FilingPlace(
        body["place"], body.get("name", {}), body["source"], body.get("how", {}), body.get("url", ""), body.get("identity_level", 0)
    )


def _printed(body: Document) -> Printed:
    charge = body["charge"] or {"amount_vnd": None, "per": ""}
    term = _term(body["term"]) if body["term"] else None
    return Printed(body["channel"], term, charge["amount_vnd"], charge["per"], tuple(body["printed"]))


def _term(body: Document) -> Term:
    until = body.get("same_day_until")
    return Term(body["amount"], Unit(body["unit"]), time.fromisoformat(until) if until else None)


def _term_cases(body: Document) -> tuple[TermCase, ...]:
    return tuple(TermCase(read_conditions(case["when"]), _term(case)) for case in body.get("cases", ()))


def _extra(body: Document) -> TermExtra:
    return TermExtra(read_conditions(body["when"]), body["amount"], body["why"])


def _paper(body: Document) -> Paper:
    return Paper(
        id=body["id"],
        name=body["name"],
        kind=body["kind"],
        count=body.get("count", 1),
        required=body["required"],
        conditions=read_conditions(body.get("when")),
        channels=frozenset(body.get("channels", CHANNELS)),
        note=body.get("note", {}),
    )


def _fee(body: Document) -> FeeRule:
    late = body.get("late")
    return FeeRule(
        id=body["id"],
        name=body["name"],
        kind=body["kind"],
        amount_vnd=body.get("amount_vnd", 0),
        tiers=tuple(Tier(one["from_page"], one["amount_vnd"]) for one in body.get("tiers", ())),
        max_vnd_per_copy=body.get("max_vnd_per_copy"),
        rows=body.get("rows", ""),
        copies=body.get("copies", ""),
        pages=body.get("pages", ""),
        conditions=read_conditions(body.get("when")),
        late=Late(late["since"], late["days"]) if late else None,
        exemptible=body.get("exemptible", False),
        confirm=body.get("confirm", False),
        source=body.get("source", ""),
        legal_basis=body.get("legal_basis", ""),
    )


def _part(body: Document) -> Part:
    return Part(
        id=body["id"],
        name=body["name"],
        office=body["office"],
        procedure=body.get("procedure", ""),
        conditions=read_conditions(body.get("when")),
        if_refused=body["if_refused"],
        confirm=body["confirm"],
    )


def _exemptions(body: Document | None) -> Exemptions | None:
    return Exemptions(body["field"], body["groups"]) if body else None


def _result(body: Document) -> Result:
    return Result(
        code=body.get("code", ""),
        name=body["name"],
        series=body.get("series", ""),
        symbol=body.get("symbol", ""),
        valid_months=body.get("valid_months"),
        fields=tuple(_result_field(one) for one in body.get("fields", ())),
        paper=body.get("paper"),
    )


def _result_field(body: Document) -> ResultField:
    return ResultField(
        name=body["name"],
        label=body["label"],
        answer=body.get("answer", ""),
        long=body.get("long", False),
        format=body.get("format", ""),
        compose=body.get("compose", ""),
        required=body.get("required", False),
        hint=body.get("hint", {}),
        options=tuple(Option(one["value"], one["label"]) for one in body.get("options", ())),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
