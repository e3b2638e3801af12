"""A procedure laid out for its page: everything in words, in one language."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xaso.apps.procedures import decided, words
from xaso.apps.procedures.fees import provincial_amount
from xaso.apps.procedures.memory import Snapshot
from xaso.apps.procedures.shapes import CHANNELS, NOT_OFFERED, FeeRule, ProcedureVersion, ProvincialFee
from xaso.kernel.forms import Condition, FormSpec, Texts, in_language
from xaso.kernel.money import format_vnd
from xaso.kernel.worktime import Term


def successors(snapshot: Snapshot, version: ProcedureVersion, language: str, on: date) -> list[dict[str, str]]:
    """Return what takes a procedure's place: code, and the name where the catalogue has it."""
    found = [(code, snapshot.current(code, on)) for code in version.replaced_by]
    return [{"code": code, "name": one.name(language) if one else ""} for code, one in found]


def page_context(snapshot: Snapshot, commune_id: UUID, version: ProcedureVersion, language: str, on: date) -> dict[str, Any]:
    """Return what the page of a procedure shows in a commune on a day."""

    def say(texts: Texts) -> str:
        return in_language(texts, language)

    issuer = decided.issuer(snapshot, commune_id, version, on)
    amounts = decided.provincial_fees(snapshot, commune_id, version.code)
    ways = filing_ways(snapshot, commune_id, version, language, on)
    guidance = version.guidance
    return {
        "version": version,
        "name": version.name(language),
        "successors": successors(snapshot, version, language, on),
        **guidance_context(snapshot, commune_id, version, on),
        "summary": say(version.summary),
        "decided_by": say(version.decided_by),
        "issuer": words.ISSUERS[issuer.value],
        "issuer_is_own": issuer.is_own,
        "prepare": say(guidance.prepare),
        "cost": say(guidance.cost),
        "time": say(guidance.time),
        "good_to_know": [say(texts) for texts in guidance.good_to_know],
        "refused_when": [say(texts) for texts in guidance.refused_when],
        "papers": _papers(version, language),
        "fees": [_fee(rule, amounts, language, on) for rule in version.fees],
        "exempt": [say(texts) for texts in version.exemptions.groups.values()] if version.exemptions else [],
        "ways": ways,
        "terms_differ": len({way["term"] for way in ways}) > 1,
        "online": next((way for way in ways if way["id"] == "online"), None),
        "steps": [{"who": words.ROLES[step.role], "title": say(step.title), "note": say(step.note)} for step in version.steps],
        "result": say(version.result.name),
        "confirm": [say(one.text) for one in version.confirm],
    }


def guidance_context(snapshot: Snapshot, commune_id: UUID, version: ProcedureVersion, on: date) -> dict[str, Any]:
    """Return whether the commune only guides, and then who takes it, and whether others decide, as far as anybody said."""
    guided = decided.is_guided(snapshot, commune_id, version, on)
    taken_by = decided.taken_by(snapshot, commune_id, version, on)
    return {
        "guided": guided,
        "taken_by": words.PLACES[taken_by] if taken_by else "",
        "others_decide": guided and version.national is not None and version.national.decides == "other",
    }


def filing_ways(snapshot: Snapshot, commune_id: UUID, version: ProcedureVersion, language: str, on: date) -> list[dict[str, Any]]:
    """Return each channel that is offered with the place where it is filed and the way there."""
    shown = []
    level = int(decided.identity_level(snapshot, commune_id, version, on).value)
    for channel in CHANNELS:
        place = decided.filing_place(snapshot, commune_id, version, channel, on)
        if place.value == NOT_OFFERED:
            continue
        legal = version.filing.get(channel)
        as_law = legal if legal and legal.place == place.value else None
        own = decided.own_term(snapshot, commune_id, version, channel, on)
        term = own.term if own else version.term(channel)
        shown.append(
            {
                "id": channel,
                "label": words.CHANNELS[channel],
                "here": place.value == "here",
                "identity_level": level if channel == "online" and place.value == "here" else 0,
                "kind": words.PLACES[place.value],
                "place": (in_language(as_law.name, language) if as_law else "") or words.PLACES[place.value],
                "how": in_language(as_law.how, language) if as_law else "",
                "url": as_law.url if as_law else "",
                "source": place.source,
                "is_own": place.is_own,
                "term": term_in_words(term) if term else "",
            }
        )
    return shown


def term_in_words(term: Term) -> str:
    """Say a term: “15 ngày”, or that what comes early is done the same day."""
    if term.same_day_until is not None and term.amount == 1:
        hour = f"{term.same_day_until:%H:%M}"
        return _("trong ngày; nộp sau %(hour)s thì ngày làm việc tiếp theo") % {"hour": hour}
    return str(words.UNITS[term.unit.value] % {"amount": term.amount})


def condition_in_words(form: FormSpec, conditions: Iterable[Condition], language: str) -> str:
    """Say when a paper is asked for, with the words of the answers; of a yes-or-no question with its own words."""
    said = []
    for condition in conditions:
        field = form.field(condition.field)
        label = in_language(field.label, language)
        labels = {option.value: in_language(option.label, language) for option in field.options}
        if field.widget == "boolean":
            said.append(label if True in condition.values else _("không: %(what)s") % {"what": label})
        else:
            said.append(_(" hoặc ").join(labels.get(value, f"{label}: {value}") for value in condition.values))
    return "; ".join(said)


def _papers(version: ProcedureVersion, language: str) -> list[dict[str, Any]]:
    every = frozenset(CHANNELS)
    return [
        {
            "name": in_language(paper.name, language),
            "kind": words.PAPER_KINDS[paper.kind],
            "count": paper.count,
            "required": paper.required,
            "when": condition_in_words(version.form, paper.conditions, language),
            "channels": [words.CHANNELS[one] for one in CHANNELS if one in paper.channels and one in version.filing]
            if paper.channels != every
            else [],
            "note": in_language(paper.note, language),
        }
        for paper in version.papers
    ]


def _fee(rule: FeeRule, amounts: Iterable[ProvincialFee], language: str, on: date) -> dict[str, Any]:
    unknown = False
    basis = rule.legal_basis or rule.source
    if rule.kind == "provincial":
        known = provincial_amount(amounts, rule.id, on)
        unknown = known is None
        amount = format_vnd(known.amount_vnd) if known else _("do tỉnh quy định, xã chưa nhập mức")
        basis = known.decision if known else basis
    else:
        amount = _AMOUNTS[rule.kind](rule)
    if rule.kind == "unknown":
        unknown = True
    late = _("chỉ khi khai sau %(days)s ngày") % {"days": rule.late.days} if rule.late else ""
    return {"name": in_language(rule.name, language), "amount": amount, "late": late, "basis": basis, "unknown": unknown}


def _per_page(rule: FeeRule) -> str:
    parts = [
        (_("%(amount)s một trang") if tier.from_page == 1 else _("từ trang %(page)s: %(amount)s một trang"))
        % {"amount": format_vnd(tier.amount_vnd), "page": tier.from_page}
        for tier in rule.tiers
    ]
    if rule.max_vnd_per_copy is not None:
        parts.append(_("nhiều nhất %(amount)s một bản") % {"amount": format_vnd(rule.max_vnd_per_copy)})
    return "; ".join(parts)


_AMOUNTS: Mapping[str, Any] = {
    "free": lambda rule: _("không mất tiền"),
    "fixed": lambda rule: (_("%(amount)s một giấy tờ") if rule.rows else "%(amount)s") % {"amount": format_vnd(rule.amount_vnd)},
    "per_copy": lambda rule: _("%(amount)s một bản") % {"amount": format_vnd(rule.amount_vnd)},
    "per_page": _per_page,
    "unknown": lambda rule: _("chưa rõ"),
}
