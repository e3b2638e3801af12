"""The cell of results: names with codes, glued together, and behind them the furniture of the page that it was copied from."""

import re
from dataclasses import dataclass

FURNITURE = re.compile(r"Từ khóa.*", re.DOTALL)
MARK = "Mã: "
_CODE = re.compile(r"KQ\.[A-Z]\d{2}\.\d{6}(?!\d)")


@dataclass(frozen=True, slots=True)
class ListedResult:
    """A result as printed; `code` is empty where none of the national form stands."""

    name: str
    code: str


def read_results(cell: str) -> tuple[ListedResult, ...] | None:
    """Return the results; None when a code that is none of the national ones hides where the next name begins."""
    name, *marked = FURNITURE.sub("", cell).strip().split(MARK)
    results: list[ListedResult] = []
    for number, part in enumerate(marked, start=1):
        code = _CODE.match(part)
        if code is None and number < len(marked):
            return None
        results += [ListedResult(name.strip(), code[0] if code else "")] if name.strip() else []
        name = part[code.end() :] if code else ""
    if name.strip():
        results.append(ListedResult(name.strip(), ""))
    return tuple(results)
