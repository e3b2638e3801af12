"""The page of all personal fields is made from the declarations, for everybody."""

from html import unescape

import pytest
from django.test import Client

from xaso.apps.people import testing as people
from xaso.apps.rights.copies import in_words
from xaso.apps.rights.holdings import groups_shown
from xaso.platform.personal_data import holdings


@pytest.mark.django_db
def test_everybody_reads_every_field_what_it_is_for_and_how_long_it_is_kept() -> None:
    people.commune()
    page = unescape(Client().get("/du-lieu-ca-nhan/").content.decode())

    for holding in holdings:
        assert str(holding.title) in page
        assert str(holding.purpose) in page
        for one in holding.fields:
            assert str(one.label) in page
    assert "Luật 91/2025/QH15, điều 19" in page
    assert "23/11/2026" in page
    assert "7 ngày kể từ giờ hẹn" in page


def test_each_holding_stands_in_one_group() -> None:
    shown = [one.holding.name for _title, held in groups_shown() for one in held]

    assert sorted(shown) == sorted(one.name for one in holdings)
    assert len({str(title) for title, _held in groups_shown()}) == 5


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        ("", ""),
        (True, "Có"),
        ({"vi": "Lệ phí", "en": "Fee"}, "Lệ phí"),
        (0, "0"),
        ("2026-11-05", "05/11/2026"),
        ("2026-11-05T02:00:00+00:00", "09:00 05/11/2026"),
        ("2026-xy-05", "2026-xy-05"),
        ({"a": "", "b": [{"c": 1}, "x"]}, "b: c: 1\nx"),
    ],
)
def test_values_are_told_as_people_write_them(value: object, said: str) -> None:
    assert in_words(value) == said
