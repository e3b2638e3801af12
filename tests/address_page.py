"""Writes docs/addresses.md from the table of who may open which address: `make flows`. A test holds the page against it."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from tests.page_tables import table

PAGE = Path(__file__).resolve().parents[1] / "docs" / "addresses.md"

TOP = """\
# Who may open which address

*Made from the table of addresses by `make flows`; don't edit it by hand.* `tests/architecture/test_who_may_open.py` opens each address as
each of these people, by GET and by POST: who has no business there gets the answer of an address that does not exist, or the sign-in, and
nothing changes in any table. What somebody may do there with a thing in some state is told in [flows.md](flows.md).

`visitor` is not signed in, `owner` is the applicant, `stranger` a citizen of another village; the others are roles of a post at the
commune. A citizen of the applicant's own village is tried too: she sees what the stranger sees.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([TOP, *_sections()])


def _sections() -> Iterator[str]:
    from tests.architecture.may_open import EVERYBODY, MAY_OPEN

    people = ["visitor", "stranger", "owner", *sorted(EVERYBODY - {"visitor", "stranger", "owner"})]
    open_to_all = [f"`/{route}`" for route, may in sorted(MAY_OPEN.items()) if may == EVERYBODY]
    programs = [f"`/{route}`" for route, may in sorted(MAY_OPEN.items()) if not may]
    yield f"## Everybody\n\n{', '.join(open_to_all)}\n"
    yield f"## Programs with a token alone\n\n{', '.join(programs)}\n"
    guarded = [(route, may) for route, may in sorted(MAY_OPEN.items()) if may and may != EVERYBODY]
    for folder, rows in groupby(guarded, key=lambda row: row[0].partition("/")[0]):
        yield f"## /{folder}/\n"
        yield from table(("address", *people), [(f"`/{route}`", *("●" if who in may else "" for who in people)) for route, may in rows])
