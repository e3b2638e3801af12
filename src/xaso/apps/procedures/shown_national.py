"""An imported procedure laid out for its page: what could be read, the source's own words beside it, and what nobody could prove."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xaso.apps.procedures import decided, words
from xaso.apps.procedures.memory import Snapshot
from xaso.apps.procedures.national.results import FURNITURE
from xaso.apps.procedures.shapes import CHANNELS, Printed, ProcedureVersion
from xaso.apps.procedures.shown import filing_ways, guidance_context, term_in_words
from xaso.kernel.forms import in_language
from xaso.kernel.money import format_vnd

STEPS_SHOWN, LINE_SHOWN, PAPERS_SHOWN = 2500, 280, 40
NO_INFORMATION = "không có thông tin"


def national_context(snapshot: Snapshot, commune_id: UUID, version: ProcedureVersion, language: str, on: date) -> dict[str, Any]:
    """Return what the page of an imported procedure shows in a commune on a day. Long cells are shown short; all is on another page."""
    national = version.national
    assert national is not None
    issuer = decided.issuer(snapshot, commune_id, version, on)
    ways = filing_ways(snapshot, commune_id, version, language, on)
    steps = text_of(national.cells, "trinh_tu_thuc_hien")
    return {
        "version": version,
        "national": national,
        "name": version.name(language),
        **guidance_context(snapshot, commune_id, version, on),
        "agencies": in_language(version.decided_by, language),
        "issuer": words.issuer(issuer.value) if issuer.value else "",
        "ways": ways,
        "online": next((way for way in ways if way["id"] == "online"), None),
        "channels": _together([channel_in_words(channel) for channel in national.channels]),
        "own_terms": own_terms(snapshot, commune_id, version, on),
        "tables": _papers(version, language),
        "papers_left": max(len(version.papers) - PAPERS_SHOWN, 0),
        "papers_unread": "papers" in national.doubts,
        "steps": shortened(steps, STEPS_SHOWN),
        "conditions": shortened(text_of(national.cells, "yeu_cau_dieu_kien"), STEPS_SHOWN),
        "who": text_of(national.cells, "doi_tuong_thuc_hien"),
        "confirm": [in_language(one.text, language) for one in version.confirm],
    }


def channel_in_words(channel: Printed) -> dict[str, Any]:
    """Return a channel's time and fee in words, empty where unknown, and what the source prints."""
    return {
        "label": words.CHANNELS[channel.channel],
        "term": term_in_words(channel.term) if channel.term else "",
        "fee": _fee(channel),
        "lines": [shortened(line, LINE_SHOWN) for line in channel.lines],
    }


def own_terms(snapshot: Snapshot, commune_id: UUID, version: ProcedureVersion, on: date) -> list[dict[str, Any]]:
    """Return the terms that the commune entered, each with its channel, where it stands and when that was read."""
    found = [(channel, decided.own_term(snapshot, commune_id, version, channel, on)) for channel in CHANNELS]
    return [{"label": words.CHANNELS[channel], **_own_term(own)} for channel, own in found if own]


def term_shown(snapshot: Snapshot, commune_id: UUID, version: ProcedureVersion, channel: str, on: date) -> dict[str, Any] | None:
    """Return the term of a channel in words, with where it stands if the commune entered it; None where nobody knows one."""
    own = decided.own_term(snapshot, commune_id, version, channel, on)
    printed = version.term(channel)
    if own:
        return {**_own_term(own), "is_own": True}
    return {"term": term_in_words(printed), "is_own": False} if printed else None


def _own_term(own: decided.OwnTerm) -> dict[str, Any]:
    return {"term": term_in_words(own.term), "source": own.source, "checked_on": own.checked_on}


def _together(channels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return channels of which the source says the same as one, with all their names."""
    found: dict[tuple[Any, ...], list[str]] = {}
    for channel in channels:
        found.setdefault((channel["term"], channel["fee"], tuple(channel["lines"])), []).append(str(channel["label"]))
    return [{"label": ", ".join(labels), "term": term, "fee": fee, "lines": lines} for (term, fee, lines), labels in found.items()]


def cells_in_words(cells: Mapping[str, str]) -> list[tuple[Any, str]]:
    """Return every cell that holds something with its column's name, word for word: the usual columns in order, then others."""
    others = [column for column in cells if column not in words.CELLS]
    return [(words.CELLS.get(column, column), cells[column]) for column in (*words.CELLS, *others) if cells.get(column, "").strip()]


def text_of(cells: Mapping[str, str], column: str) -> str:
    """Return a cell for people, empty where the source has no information."""
    text = cells.get(column, "").strip()
    if column == "ket_qua_xu_ly":
        text = FURNITURE.sub("", text).strip()
    return "" if text.lower() == NO_INFORMATION else text


def shortened(text: str, longest: int) -> str:
    """Return the text, cut at a word where it is too long for a phone."""
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]}…"


def _fee(channel: Printed) -> str:
    if channel.amount_vnd is None:
        return ""
    if channel.amount_vnd == 0:
        return _("không mất tiền")
    amount = format_vnd(channel.amount_vnd)
    return _("%(amount)s / %(per)s") % {"amount": amount, "per": channel.per} if channel.per else amount


def _papers(version: ProcedureVersion, language: str) -> list[dict[str, Any]]:
    """Return the first papers in tables, each with its title, as they follow each other in the source."""
    tables: list[dict[str, Any]] = []
    for paper in version.papers[:PAPERS_SHOWN]:
        title = in_language(paper.note, language)
        if not tables or tables[-1]["title"] != title:
            tables.append({"title": title, "papers": []})
        shown = {"name": in_language(paper.name, language), "kind": words.PAPER_KINDS[paper.kind], "count": paper.count}
        tables[-1]["papers"].append(shown)
    return tables
