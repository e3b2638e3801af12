"""The chain as a pure function: whatever is done to a sealed record is found, and found where it was done."""

import hashlib
import json
from dataclasses import astuple
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from xaso.apps.audit.chain import GENESIS, Fault, Walked, content_digest, extend, walk

CHAIN = "0" * 31 + "1"
Row = tuple[Any, ...]
tried = settings(deadline=None, max_examples=30)


def content(number: int, words: str = "Đã nhận", **more: Any) -> Row:
    detail = json.dumps({"words": words, **more})
    return (f"{number:032x}", CHAIN, "2026-11-23 02:00:00.000000", "staff", None, "Chanh", "", "accept", "dossier:1", detail, "", "page")


def sealed(contents: list[Row]) -> list[Row]:
    links = extend(CHAIN, 0, GENESIS, contents, "2026-11-23 02:00:01.000000")
    return [(*astuple(link), *one) for link, one in zip(links, contents, strict=True)]


def found(rows: list[Row]) -> set[tuple[str, int]]:
    return {(fault.kind, fault.number) for fault in walk(CHAIN, rows).faults}


records = st.lists(st.text(max_size=5), min_size=3, max_size=12).map(
    lambda words: sealed([content(number, said) for number, said in enumerate(words, start=1)])
)


documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@tried
@given(st.dictionaries(st.text(max_size=5), documents, max_size=4))
def test_what_an_entry_is_digested_from_can_be_reckoned_by_anybody(detail: dict[str, Any]) -> None:
    before = content(1)[:9]
    text = json.dumps([*before, detail, "", "page"], separators=(",", ":"), sort_keys=True)

    assert content_digest((*before, json.dumps(detail), "", "page")) == hashlib.sha256(text.encode()).hexdigest()


@tried
@given(records)
def test_an_untouched_record_is_sound_to_its_end(rows: list[Row]) -> None:
    assert walk(CHAIN, rows) == Walked(len(rows), rows[-1][4], ())


@tried
@given(records, st.data())
def test_a_changed_entry_is_found_in_its_place(rows: list[Row], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(6, 16))
    row = list(rows[place])
    row[column] = '{"words": "nothing of the kind"}' if column == 14 else f"{row[column]}x"
    rows[place] = tuple(row)

    assert found(rows) == {("changed", place + 1)}


@tried
@given(records, st.data())
def test_a_removed_entry_is_found_in_its_place(rows: list[Row], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    rows[place] = (*rows[place][:5], *[None] * 12)

    assert found(rows) == {("removed", place + 1)}


@tried
@given(records, st.data())
def test_links_cut_out_of_the_middle_are_missing(rows: list[Row], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 2))
    del rows[place]

    assert walk(CHAIN, rows).faults == (Fault("missing", place + 1, place + 1),)


@tried
@given(records, st.data())
def test_two_entries_that_changed_places_are_found_in_both(rows: list[Row], data: st.DataObject) -> None:
    one, other = sorted(data.draw(st.lists(st.integers(0, len(rows) - 1), min_size=2, max_size=2, unique=True)))
    first, second = rows[one], rows[other]
    rows[one], rows[other] = (*first[:2], second[2], *first[3:5], *second[5:]), (*second[:2], first[2], *second[3:5], *first[5:])

    assert {("moved", one + 1), ("moved", other + 1), ("relinked", one + 1), ("relinked", other + 1)} == found(rows)


@tried
@given(records, st.data())
def test_a_forged_link_breaks_the_chain_where_it_stands(rows: list[Row], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    forged = content(99, "forged")
    rows[place] = (*rows[place][:2], forged[0], content_digest(forged), rows[place][4], *forged)

    assert found(rows) == {("relinked", place + 1)}


@tried
@given(records, st.data())
def test_who_seals_a_change_anew_breaks_the_next_link(rows: list[Row], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 2))
    before = rows[place - 1][4] if place else GENESIS
    changed = content(place + 1, "forged and sealed")
    (link,) = extend(CHAIN, place, before, [changed], "2026-11-23 02:00:01.000000")
    rows[place] = (*astuple(link), *changed)

    assert found(rows) == {("relinked", place + 2)}


def test_a_database_may_space_and_order_a_detail_as_it_likes() -> None:
    spaced, ordered = '{"b": 1, "a": "Đ"}', '{"a":"\\u0110","b":1}'
    one = content(1)

    assert content_digest((*one[:9], spaced, *one[10:])) == content_digest((*one[:9], ordered, *one[10:]))


def test_a_detail_that_can_not_be_read_is_a_changed_entry() -> None:
    rows = sealed([content(1), content(2), content(3)])
    rows[1] = (*rows[1][:14], "{", *rows[1][15:])

    assert found(rows) == {("changed", 2)}
