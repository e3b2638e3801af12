"""The words and pieces that templates are built of."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template

from tests.architecture.reading import SRC
from xaso.platform.templatetags import xaso as components

AFTERNOON = datetime(2026, 11, 25, 7, 30, tzinfo=UTC)
NIGHT_IN_LONDON = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


def drawn(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (AFTERNOON, "25/11/2026"),
        (NIGHT_IN_LONDON, "25/11/2026"),
        (date(2026, 1, 2), "02/01/2026"),
        ("1952", "1952"),
        ("1952-11", "11/1952"),
        (None, ""),
        ("", ""),
    ],
)
def test_day_is_shown_as_people_write_it(value: date | datetime | str | None, shown: str) -> None:
    assert components.day(value) == shown


def test_clock_shows_the_time_in_vietnam() -> None:
    assert components.clock(AFTERNOON) == "14:30"
    assert components.clock(None) == ""


def test_long_day_has_its_name() -> None:
    assert components.long_day(AFTERNOON) == "Thứ Tư, 25/11/2026"


@pytest.mark.parametrize(("amount", "shown"), [(0, "0 đ"), (15000, "15.000 đ"), (None, "")])
def test_money(amount: int | None, shown: str) -> None:
    assert components.vnd(amount) == shown


@pytest.mark.parametrize(("number", "shown"), [("999195001214", "999*****1214"), ("12345", "1*****5"), ("", "")])
def test_masked_number_tells_its_bearer_only(number: str, shown: str) -> None:
    assert components.masked(number) == shown


def test_tag_has_an_icon_beside_its_word_and_escapes_it() -> None:
    tag = drawn('{% tone_tag "son" text %}', text="<b>quá hạn</b>")

    assert tag.startswith('<span class="the son"><svg class="svg" aria-hidden="true"><use href="/static/xaso/sprite.svg#warn"/></svg>')
    assert tag.endswith("&lt;b&gt;quá hạn&lt;/b&gt;</span>")


def test_tag_without_words_is_not_drawn() -> None:
    assert drawn('{% tone_tag "son" text %}', text="") == ""


def test_qr_is_a_drawing_that_does_not_hold_its_text() -> None:
    picture = drawn("{% qr text %}", text="<script>")

    assert picture.startswith("<svg")
    assert "script" not in picture


def test_qr_has_a_name_for_who_does_not_see_it() -> None:
    assert "<title>Mã QR</title>" in drawn("{% qr text %}", text="XS-261125-0001")


def test_pager_keeps_the_filters() -> None:
    page = Paginator(range(2000), 50).page(7)

    assert 'href="?q=a&amp;trang=8" rel="next"' in drawn('{% pager page "q=a" %}', page=page)


def test_pager_of_one_page_is_empty() -> None:
    assert drawn("{% pager page %}", page=Paginator([1], 50).page(1)).strip() == ""


def test_catalogue_text_falls_back_to_vietnamese() -> None:
    assert drawn("{% local texts %}", texts={"vi": "Khai sinh"}) == "Khai sinh"


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = (SRC / "xaso/platform/static/xaso/sprite.svg").read_text(encoding="utf-8")
    there = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    named = {
        name for path in (SRC / "xaso").rglob("templates/**/*.html") for name in re.findall(r'{% icon "([\w-]+)"', path.read_text("utf-8"))
    }

    assert named - there == set()
    assert set(components.TONE_ICONS.values()) - there == set()
