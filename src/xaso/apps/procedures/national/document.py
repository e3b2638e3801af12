"""Makes a document of the catalogue out of a record, so that a procedure of the national database is read, kept and filed like any other.

It names no filing place and no issuer: until a commune sets both, the procedure is guidance. What could not be read stays unknown.
"""

from collections.abc import Iterator
from typing import Any

from xaso.apps.procedures.national.channels import ChannelCell
from xaso.apps.procedures.national.decides import catalogue_field
from xaso.apps.procedures.national.doubts import confirm
from xaso.apps.procedures.national.fees import Charge
from xaso.apps.procedures.national.papers import ListedPaper
from xaso.apps.procedures.national.records import Record
from xaso.kernel.worktime import Term

Document = dict[str, Any]

SOURCE = "Cơ sở dữ liệu quốc gia về thủ tục hành chính, thủ tục {code}"
LONGEST_NAME = 300
SHORT_NAME = 100
"""Legal names run to 900 characters; the plain name is their beginning, the whole stands below it."""
UNKNOWN_PAPERS = {"vi": "Giấy tờ của thủ tục (xem nguyên văn)", "en": "The papers of this procedure (see the source's own words)"}
REQUEST = "request"

GENERAL_FORM: Document = {
    "schema": {
        "type": "object",
        "required": [REQUEST],
        "properties": {
            REQUEST: {
                "type": "string",
                "maxLength": 4000,
                "x-widget": "textarea",
                "x-label": {"vi": "Nội dung đề nghị", "en": "What you ask for"},
                "x-hint": {
                    "vi": "Viết như nói ở quầy: việc gì, của ai, ở đâu.",
                    "en": "Write as you would say it at the desk: what, for whom, where.",
                },
            }
        },
    },
    "screens": [
        {"id": "de-nghi", "title": {"vi": "Anh/chị đề nghị giải quyết việc gì?", "en": "What do you ask for?"}, "fields": [REQUEST]}
    ],
}
"""Applicant and papers are asked by the application itself."""


def document_of(record: Record) -> Document:
    """Return the document. It holds no day: when it counts is told when it is approved."""
    source = SOURCE.format(code=record.code)
    name = {"vi": _short(record.name, SHORT_NAME)}
    return {
        "code": record.code,
        "slug": record.code,
        "field": catalogue_field(record.cell("linh_vuc")),
        "plain_name": name,
        "legal_name": record.name,
        "summary": {"vi": record.cell("linh_vuc")},
        "synonyms": {},
        "life_events": [],
        "decision": {"number": record.cell("so_quyet_dinh")},
        "decided_by": {"vi": "; ".join(record.agencies)},
        "issued_by": "",
        "filing": {},
        "term": {channel.channel: _term(channel.term) for channel in record.channels if channel.term},
        "restarts_after_supplement": False,
        "papers": list(_papers(record.papers)),
        "fees": [_fee(record.channels, source)],
        "guidance": {key: {"vi": ""} for key in ("prepare", "cost", "time")},
        "steps": [],
        "form": GENERAL_FORM,
        "result": _result(record),
        "sign_roles": ["signer"],
        "legal_basis": [{"number": number, "name": ""} for number in record.laws],
        "source": source,
        "checked_by": "",
        "confirm": [{"about": about, "text": text} for about, text in confirm(record)],
        "national": {
            "decides": record.decides,
            "levels": list(record.levels),
            "channels": [_channel(channel) for channel in record.channels],
            "results": [{"name": one.name, "code": one.code} for one in record.results or ()],
            "doubts": list(record.doubts),
            "cells": dict(record.cells),
        },
    }


def _term(term: Term) -> Document:
    return {"amount": term.amount, "unit": term.unit.value}


def _charge(charge: Charge) -> Document:
    return {"amount_vnd": charge.amount_vnd, "per": charge.per}


def _channel(channel: ChannelCell) -> Document:
    return {
        "channel": channel.channel,
        "term": _term(channel.term) if channel.term else None,
        "charge": _charge(channel.charge) if channel.charge else None,
        "printed": list(channel.printed),
    }


def _fee(channels: tuple[ChannelCell, ...], source: str) -> Document:
    """Return the one fee: free or an amount where all channels say so, else unknown, for the desk to find out."""
    charges = {channel.charge for channel in channels}
    only = charges.pop() if len(charges) == 1 else None
    fee = {"id": "fee", "name": {"vi": "Phí, lệ phí", "en": "Fee"}, "source": source}
    if only is None or only.per:
        return {**fee, "kind": "unknown", "confirm": True}
    if only.amount_vnd == 0:
        return {**fee, "kind": "free"}
    return {**fee, "kind": "fixed", "amount_vnd": only.amount_vnd, "confirm": True}


def _papers(papers: tuple[ListedPaper, ...] | None) -> Iterator[Document]:
    """Yield one slot a paper. None is required: the source does not say which of them apply to whom, so the desk does."""
    if papers is None:
        yield {"id": "papers", "name": UNKNOWN_PAPERS, "kind": "unknown", "required": False}
        return
    for number, paper in enumerate(papers, start=1):
        note = {"note": {"vi": _short(paper.title)}} if paper.title else {}
        yield {
            "id": f"p{number}",
            "name": {"vi": _short(paper.name)},
            "kind": _kind(paper),
            "count": max(paper.originals or 0, 1) if _kind(paper) == "original" else max(paper.copies or 0, 1),
            "required": False,
            **note,
        }


def _kind(paper: ListedPaper) -> str:
    if paper.originals:
        return "original"
    return "copy" if paper.copies else "unknown"


def _short(text: str, longest: int = LONGEST_NAME) -> str:
    """Return the text in one line, cut at a word where it would not fit a slip or a heading; the whole stands in the cell."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rpartition(' ')[0] or line[: longest - 1]}…"


def _result(record: Record) -> Document:
    first = record.results[0] if record.results else None
    return {
        "code": first.code if first else "",
        "name": {"vi": _short(first.name) if first else "Kết quả giải quyết", "en": _short(first.name) if first else "The result"},
        "series": record.code,
        "symbol": "",
        "fields": [{"name": "content", "label": {"vi": "Nội dung", "en": "Content"}, "long": True}],
    }
