"""docs/flows.md and docs/addresses.md say what the tables of the code say."""

from types import ModuleType

import pytest
from django.utils import translation

from tests import address_page, flow_page


@pytest.mark.parametrize("made", [flow_page, address_page])
def test_the_page_is_current(made: ModuleType) -> None:
    with translation.override("vi"):
        assert made.PAGE.read_text(encoding="utf-8") == made.page(), "run `make flows`"
