"""What an administrator is shown of a cell that is printed otherwise in a new edition."""

from typing import Any

from xaso.apps.procedures.national.comparing import SHOWN, from_edition_before


def record(text: str) -> dict[str, Any]:
    return {"national": {"cells": {"fee": text}}}


def shown(before: str, after: str) -> tuple[str, str]:
    (one,) = from_edition_before(record(before), record(after))
    return one["ours"], one["theirs"]


def test_a_short_cell_is_shown_whole() -> None:
    assert shown("5.000 đồng", "8.000 đồng") == ("5.000 đồng", "8.000 đồng")


def test_a_change_late_in_a_long_cell_is_what_is_shown() -> None:
    long = "Người nộp thuộc hộ nghèo thì được miễn. " * 40
    ours, theirs = shown(f"{long}Lệ phí 5.000 đồng. {long}", f"{long}Lệ phí 8.000 đồng. {long}")

    assert ("5.000" in ours, "8.000" in theirs, ours == theirs) == (True, True, False)
    assert (ours[:2], ours[-2:]) == ("… ", " …")


def test_words_put_in_or_taken_out_are_shown_at_their_place() -> None:
    long = "Nộp một bộ. " * 100
    ours, theirs = shown(long, f"{long}Kèm bản chính.")

    assert "Kèm bản chính." in theirs
    assert ours.endswith("Nộp một bộ. ")


def test_a_change_longer_than_what_fits_begins_where_it_begins() -> None:
    ours, theirs = shown("a" * 50 + "b" * 5000, "a" * 50 + "c" * 5000)

    assert max(len(ours), len(theirs)) <= SHOWN + len(" …")
    assert ("b" in ours, "c" in theirs) == (True, True)
