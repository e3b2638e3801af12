"""Where a record of the national database differs: from the version that was imported before, or from the catalogue's own file."""

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

Document = dict[str, Any]
Difference = dict[str, str]

SHOWN = 600
BEFORE_AND_AFTER = 80


def from_edition_before(ours: Document, theirs: Document) -> list[Difference]:
    """Return the cells that are printed differently now; empty when only the way of reading them has changed."""
    before, after = ours["national"]["cells"], theirs["national"]["cells"]
    columns = [*after, *(column for column in before if column not in after)]
    return [
        _difference(f"cell:{column}", before.get(column, ""), after.get(column, ""))
        for column in columns
        if before.get(column, "") != after.get(column, "")
    ]


def from_curated(ours: Document, theirs: Document) -> list[Difference]:
    """Return where the record contradicts the catalogue's file. What the record leaves unknown contradicts nothing."""
    return [_difference(what, mine, printed) for what, mine, printed in _contradictions(ours, theirs) if mine != printed]


def _contradictions(ours: Document, theirs: Document) -> Iterator[tuple[str, str, str]]:
    printed = theirs["decision"]["number"]
    yield "decision", ours.get("decision", {}).get("number", "") if printed else printed, printed
    for channel, term in theirs["term"].items():
        mine = ours["term"].get(channel) or ours["term"].get("counter") or {}
        terms, read = [_term(one) for one in (mine, *mine.get("cases", ()))], _term(term)
        yield f"term:{channel}", read if read in terms else ", ".join(terms), read
    yield "fee", *_fees(ours["fees"], theirs["national"]["channels"])
    codes = [result["code"] for result in theirs["national"]["results"] if result["code"]]
    own = ours["result"].get("code", "")
    yield "result", own if codes and own not in codes else "", ", ".join(codes) if own not in codes else ""
    known = {law["number"] for law in ours["legal_basis"]}
    yield "laws", "", ", ".join(law["number"] for law in theirs["legal_basis"] if law["number"] not in known)


def _fees(ours: list[Document], channels: list[Document]) -> tuple[str, str]:
    """Return both sides where the record prints an amount that the file does not have."""
    printed = {channel["charge"]["amount_vnd"] for channel in channels if channel["charge"]}
    mine = {amount for fee in ours for amount in _amounts(fee)}
    if not printed - mine:
        return "", ""
    return _sums(mine), _sums(printed)


def _amounts(fee: Document) -> Iterator[int]:
    yield 0 if fee["kind"] == "free" else fee.get("amount_vnd", 0)
    yield from (tier["amount_vnd"] for tier in fee.get("tiers", ()))


def _sums(amounts: set[int]) -> str:
    return ", ".join(f"{amount:,}".replace(",", ".") + " đ" for amount in sorted(amounts))


def _term(term: Mapping[str, Any] | None) -> str:
    return f"{term['amount']} {_UNITS[term['unit']]}" if term else ""


_UNITS = {"hour": "giờ", "day": "ngày", "working_day": "ngày làm việc"}


def _difference(what: str, ours: str, theirs: str) -> Difference:
    mine, printed = _around_the_change(ours, theirs)
    return {"what": what, "ours": mine, "theirs": printed}


def _around_the_change(ours: str, theirs: str) -> tuple[str, str]:
    """Return both sides as they are, or of long ones the stretch that differs, with some words before and after; at most 600 characters."""
    if max(len(ours), len(theirs)) <= SHOWN:
        return ours, theirs
    alike = _alike(ours, theirs)
    alike_at_end = min(_alike(ours[::-1], theirs[::-1]), len(ours) - alike, len(theirs) - alike)
    return _stretch(ours, alike, len(ours) - alike_at_end), _stretch(theirs, alike, len(theirs) - alike_at_end)


def _alike(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _stretch(text: str, begins: int, ends: int) -> str:
    first, last = max(0, begins - BEFORE_AND_AFTER), min(len(text), ends + BEFORE_AND_AFTER)
    shown = text[first:last][:SHOWN]
    return f"{'… ' if first else ''}{shown}{' …' if first + len(shown) < len(text) else ''}"
