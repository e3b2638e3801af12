"""The procedures that ship, loaded."""

import pytest

from xaso.apps.procedures import memory, testing


@pytest.fixture
def catalogue(db: None) -> None:
    """Load the catalogue that ships."""
    testing.catalogue()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    memory.forget()
