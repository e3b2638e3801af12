"""Pieces that are kept under what they show: whatever is seen of one comes from the values it was asked for with."""

from typing import Any, NamedTuple

from django.utils import translation
from django.utils.safestring import mark_safe

from xaso.kernel.forms.fields import InVietnamese
from xaso.platform.kept_drawings import drawn, drawn_each, filled
from xaso.platform.rail import Rail, Room


class Choices(NamedTuple):
    options: tuple[tuple[Any, Any], ...]
    chosen: str


def choice(words: Any) -> str:
    return str(drawn("xaso/options.html", Choices((("a", words),), "")))


def test_other_values_are_drawn_anew_and_the_same_ones_alike() -> None:
    assert choice("Chờ ký") == '<option value="a">Chờ ký</option>'
    assert choice("Đã ký") == '<option value="a">Đã ký</option>'
    assert choice("Chờ ký") == '<option value="a">Chờ ký</option>'


def test_lines_are_drawn_one_after_the_other_each_in_its_own_words() -> None:
    lines = [Choices(((value, words),), "") for value, words in (("a", "Chờ ký"), ("b", "<Đã ký>"), ("a", "Chờ ký"))]

    once = '<option value="a">Chờ ký</option>'
    assert drawn_each("xaso/options.html", lines) == f'{once}<option value="b">&lt;Đã ký&gt;</option>{once}'
    assert drawn_each("xaso/options.html", []) == ""


def test_what_somebody_typed_is_escaped_even_after_the_same_text_came_as_safe() -> None:
    assert "<b>x</b>" in choice(mark_safe("<b>x</b>"))
    assert "&lt;b&gt;x&lt;/b&gt;" in choice("<b>x</b>")


def test_a_text_left_in_vietnamese_is_told_from_the_same_words_in_the_pages_language() -> None:
    with translation.override("en"):
        assert choice("Bao Nhai") == '<option value="a">Bao Nhai</option>'
        assert choice(InVietnamese("Bao Nhai")) == '<option value="a"><span lang="vi">Bao Nhai</span></option>'


def test_a_piece_is_kept_for_each_language() -> None:
    rail = Rail((Room("/can-bo/", "home", "Việc hôm nay", is_here=True, waiting=3),))
    assert "việc đang chờ" in drawn("xaso/rail.html", rail)
    with translation.override("en"):
        assert "việc đang chờ" not in drawn("xaso/rail.html", rail)
    assert "việc đang chờ" in drawn("xaso/rail.html", rail)


def test_what_is_put_into_holes_is_escaped_and_never_kept() -> None:
    first = filled("xaso/lock.html", seconds=60, typed='"><script>', here="/a/?x=1&y=2", token="t-one")
    second = filled("xaso/lock.html", seconds=0, typed="", here="/b/", token="t-two")

    assert 'value="t-one"' in first
    assert 'data-typed="&quot;&gt;&lt;script&gt;"' in first
    assert 'value="/a/?x=1&amp;y=2"' in first
    assert 'value="t-two"' in second
    assert 'data-lock="0"' in second
    assert "t-one" not in second
    assert "script" not in second


def test_what_looks_like_a_hole_is_not_filled() -> None:
    piece = filled("xaso/lock.html", seconds=60, typed="\ue000token\ue000", here="/", token="t-one")

    assert piece.count("t-one") == 1
