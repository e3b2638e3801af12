"""The stand-in for a message centre, run once for a module and reset for each test."""

from collections.abc import Iterator

import pytest

from xaso.apps.notices.adapters.smpp import SmppSms
from xaso.apps.notices.testing import StandInCentre, stand_in_centre
from xaso.apps.notices.tests.smpp_calls import settings_for


@pytest.fixture(scope="module")
def stand_in() -> Iterator[StandInCentre]:
    with stand_in_centre() as centre:
        yield centre


@pytest.fixture
def centre(stand_in: StandInCentre) -> StandInCentre:
    stand_in.reset()
    return stand_in


@pytest.fixture
def port(centre: StandInCentre) -> Iterator[SmppSms]:
    made = SmppSms(settings_for(centre))
    yield made
    made.close()
