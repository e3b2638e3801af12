"""What rests on consent asks for it where it is done; a purpose that nothing asks about is named here with the reason."""

import re
from pathlib import Path

from tests.architecture.reading import SRC
from xaso.platform.personal_data import consent_purposes

NOTHING_DOES_IT_YET = {
    "news": "no room sends news of the commune yet; whoever builds it asks `rights.has_consent`",
    "publish": "no room makes anybody's name, picture or voice public yet but officials' own recordings, which they press for",
}
ASKS = re.compile(r"has_consent\([^)]*?(?:\"([a-z_]+)\"|[a-z_]+\.([A-Z_]+))\)")
CONSTANTS = {"ASKED": "satisfaction"}


def _asked_for() -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in Path(SRC).glob("xaso/apps/*/**/*.py") if "/tests/" not in str(path)]
    return {found[1] or CONSTANTS[found[2]] for source in sources for found in ASKS.finditer(source)}


def test_each_purpose_is_asked_for_where_it_is_done_or_is_done_nowhere() -> None:
    declared = {purpose.name for purpose in consent_purposes}

    assert _asked_for() & NOTHING_DOES_IT_YET.keys() == set()
    assert _asked_for() | NOTHING_DOES_IT_YET.keys() == declared
