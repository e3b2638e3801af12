"""The cell of papers: tables with a title each, glued together; a paper ends with how many originals and copies are wanted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

HEAD = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"

_END = re.compile(r"(?:(?<!\s)(?<!\d)|(?<=\s)(?=\d{3}))(\d+) (?:bản chính(?:, ?(\d{1,2}) bản sao)?|(bản sao))")
_LETTER = re.compile(r"[a-zđ]{1,2}\d?[).]")
NO_TITLE = frozenset({"", "--", "bao gồm", "bao gồm:"})


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """One paper as printed; `title` is that of its table. A count that ran into the name's last digits is None."""

    name: str
    title: str
    originals: int | None
    copies: int | None


def read_papers(cell: str) -> tuple[ListedPaper, ...] | None:
    """Return the papers in the order in which they are printed; None when the cell is no such table or not to its end."""
    title, *bodies = cell.strip().split(HEAD)
    if not bodies:
        return None
    found: list[ListedPaper] = []
    for body in bodies:
        papers, rest = _table(body, "" if title.strip().lower() in NO_TITLE else title.strip())
        found += papers
        title = rest
    return tuple(found) if found and not title.strip() else None


def _table(body: str, title: str) -> tuple[list[ListedPaper], str]:
    """Return a table's papers and what follows them."""
    papers: list[ListedPaper] = []
    place = 0
    for end in _END.finditer(body):
        if not _ends_a_row(body[end.end() : end.end() + 4]):
            continue
        papers += _paper(body[place : end.start()].strip(), end, title)
        place = end.end()
    return papers, body[place:]


def _paper(name: str, end: re.Match[str], title: str) -> Iterator[ListedPaper]:
    name = name.removeprefix("-").removeprefix("+").lstrip()
    if not name:
        return
    digits, copies, only_copies = end.groups()
    if len(digits) > 1:
        yield ListedPaper(f"{name}{digits}", title, None, None)
    elif only_copies:
        yield ListedPaper(name, title, 0, int(digits))
    else:
        yield ListedPaper(name, title, int(digits), int(copies or 0))


def _ends_a_row(after: str) -> bool:
    """Tell whether a count closes its row, by what follows: nothing, or the next name's beginning (a capital, a dash, “b)”)."""
    if not after or _LETTER.match(after):
        return True
    return not (after[0].isspace() or after[0].islower() or after[0] in ",;.:)")
