"""Every column of every table is either declared as personal in a room's `privacy.py` or listed as holding nothing about a person."""

from collections import Counter
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models
from django.utils.translation import override

from xaso.platform.personal_data import Person, columns_of, holdings, no_person, subjects_of

SOMEBODY = Person(UUID(int=1), UUID(int=2), UUID(int=3))


def tables() -> dict[str, type[models.Model]]:
    """Return every table of the program, those of the libraries too."""
    return {model._meta.label: model for model in apps.get_models()}


def test_every_table_is_declared_once() -> None:
    declared = Counter([one.name for one in holdings] + [one.name for one in no_person])

    assert sorted(set(tables()) ^ set(declared)) == []
    assert [name for name, times in declared.items() if times > 1] == []


def test_every_column_is_declared_and_none_that_is_gone() -> None:
    declared = {one.name: one.columns for one in (*holdings, *no_person)}
    differing = {name: sorted(set(columns_of(model)) ^ declared[name]) for name, model in tables().items() if name in declared}

    assert {name: columns for name, columns in differing.items() if columns} == {}


def test_no_column_is_called_personal_and_not_at_once() -> None:
    doubled = {one.name: sorted({field.column for field in one.fields} & set(one.beside.split())) for one in holdings}

    assert {name: columns for name, columns in doubled.items() if columns} == {}


def test_what_is_told_beside_is_a_column_of_the_table() -> None:
    strange = {one.name: sorted({field.column for field in one.tells} - one.columns) for one in holdings}

    assert {name: columns for name, columns in strange.items() if columns} == {}


@pytest.mark.parametrize("language", ["vi", "en", "bn"])
def test_each_field_says_in_words_what_it_is_for_and_how_long_it_is_kept(language: str) -> None:
    with override(language):
        silent = [
            one.name
            for one in holdings
            if not all(map(str, (one.title, one.whose, one.purpose, one.basis.text, one.kept.text, one.seen_by, one.erased)))
            or not all(str(field.label) for field in (*one.fields, *one.tells))
        ]

    assert silent == []


def test_an_unproven_time_or_ground_is_marked() -> None:
    assert [one.name for one in holdings if one.kept.days is None and "xác nhận" in str(one.kept.text) and not one.kept.confirm] == []


@pytest.mark.django_db
def test_rows_of_a_person_nobody_knows_are_none_and_their_fields_can_be_read() -> None:
    assert [subject for subject in subjects_of(SOMEBODY) if not subject.startswith(("citizen:", "account:"))] == []
    for holding in holdings:
        if holding.rows is None:
            continue
        found = holding.rows(SOMEBODY)
        assert list(found) == []
        paths = [one.path or one.column for one in holding.given if one.told is None]
        assert list(found.values_list(*paths)) == []
