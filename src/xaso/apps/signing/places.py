"""Where on a paper a signature and a seal stand, in points from the lower left corner of the page."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

SEAL_DIAMETER_PT = 102.0
"""36 mm, the real size of a commune's seal."""

SEAL_REACH = 0.4
"""How far from the left edge of the signature's box the seal ends: a third of the signature's strokes lies under it."""

_SIGN_PLACE = re.compile(r"^xaso-sign-(\d+)x(\d+)$")
_LAID_ABOVE_PT = 10.0
"""typst lets a destination begin so much above its mark."""


@dataclass(frozen=True)
class Place:
    """A box on a page; `page` counts from 0."""

    page: int
    left: float
    bottom: float
    width: float
    height: float

    @property
    def box(self) -> tuple[int, int, int, int]:
        return round(self.left), round(self.bottom), round(self.left + self.width), round(self.bottom + self.height)


def seal_place(signature: Place) -> Place:
    """Return the place of the seal: real size, over the left third of the signature (Decree 30/2020/NĐ-CP, Annex I)."""
    right = signature.left + signature.width * SEAL_REACH
    middle = signature.bottom + signature.height / 2
    return Place(signature.page, right - SEAL_DIAMETER_PT, middle - SEAL_DIAMETER_PT / 2, SEAL_DIAMETER_PT, SEAL_DIAMETER_PT)


def find_sign_place(reader: "PdfFileReader") -> Place | None:
    """Return the place that the paper's layout kept, by its destination `xaso-sign-<width>x<height>`; None without one."""
    for name, target in _destinations(reader.root):
        found = _SIGN_PLACE.match(name)
        if found:
            width, height = map(float, found.groups())
            page, _fit, left, top = (target.raw_get(index) for index in range(4))
            bottom = float(top) - _LAID_ABOVE_PT - height
            return Place(_page_index(reader, page), float(left), bottom, width, height)
    return None


def _destinations(root: Any) -> list[tuple[str, Any]]:
    try:
        names = root["/Names"]["/Dests"]["/Names"]
    except KeyError:
        return []
    pairs = [(str(names[index]), names[index + 1]) for index in range(0, len(names) - 1, 2)]
    return [(name, _target(target)) for name, target in pairs]


def _target(destination: Any) -> Any:
    return destination["/D"] if isinstance(destination, dict) else destination


def _page_index(reader: Any, page: Any) -> int:
    for index in range(int(reader.root["/Pages"]["/Count"])):
        if reader.find_page_for_modification(index)[0].reference == page.reference:
            return index
    return 0
