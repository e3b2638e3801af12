"""What the tests of this room share."""

import pytest

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.testing import Office


@pytest.fixture
def office() -> Office:
    """Return a commune at work that files and issues everything itself; a test that needs more of it overrides this."""
    return testing.office()
