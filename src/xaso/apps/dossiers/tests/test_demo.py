"""The demo's dossiers: a commune that has been at work for half a year."""

from datetime import UTC, datetime

import pytest
from django.conf import settings

from xaso.apps.dossiers.demo import load_demo_dossiers
from xaso.apps.dossiers.flow import FLOWS
from xaso.apps.dossiers.models import Dossier
from xaso.apps.procedures import facade as procedures
from xaso.platform.demo import loaders

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.mark.once
@pytest.mark.django_db
def test_half_a_year_of_work_stands_in_all_states_under_codes_without_gaps() -> None:
    procedures.load_catalogue(settings.CATALOGUE_DIR, now=NOW)
    for loader in loaders:
        loader.load(NOW)

    assert Dossier.objects.count() > 140
    assert load_demo_dossiers(NOW) == f"{Dossier.objects.count()} hồ sơ mẫu"
    assert_each_state_is_there()
    assert_nobody_under_age_applies()
    assert_codes_of_a_day_run_without_gaps()


def assert_each_state_is_there() -> None:
    never = {"asked_before_filing", "registered", "downloaded"}
    for flow, column in (("work", "state"), ("money", "money_state"), ("delivery", "delivery_state"), ("sync", "sync_state")):
        found = set(Dossier.objects.values_list(column, flat=True))
        assert found == set(FLOWS[flow].states) - never, flow


def assert_nobody_under_age_applies() -> None:
    births = Dossier.objects.exclude(citizen=None).values_list("citizen__birth", flat=True)
    assert all(int(birth[:4]) <= 2007 for birth in births)


def assert_codes_of_a_day_run_without_gaps() -> None:
    numbers: dict[str, list[int]] = {}
    for code in Dossier.objects.values_list("code", flat=True):
        _xs, day, number = code.split("-")
        numbers.setdefault(day, []).append(int(number))

    assert max(len(found) for found in numbers.values()) > 1
    for day, found in numbers.items():
        assert sorted(found) == list(range(1, len(found) + 1)), day
