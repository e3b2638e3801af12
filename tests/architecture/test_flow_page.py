"""docs/flows.md says what the flow tables say."""

from django.utils import translation

from tests.flow_page import PAGE, page


def test_the_page_of_flows_is_current() -> None:
    with translation.override("vi"):
        assert PAGE.read_text(encoding="utf-8") == page(), "run `make flows`"
