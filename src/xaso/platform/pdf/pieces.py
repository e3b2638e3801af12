"""Prints a long paper in pieces and lays them one behind the other, so that no year of rows stands in memory at once."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from xaso.platform.pdf import picture

Piece = Callable[[int], Mapping[str, Any]]
"""Gives the data of a piece, told how many pages stand before it."""


def print_pieces(template: Path, pieces: Iterable[Piece], *, title: str) -> IO[bytes]:
    """Return an open file with all pieces as one PDF, in order. It is for print: it has the text, and no structure for readers aloud."""
    import pikepdf

    whole, pages, parts = pikepdf.new(), 0, []
    for piece in pieces:
        part = pikepdf.open(BytesIO(picture(template, piece(pages))))
        parts.append(part)
        whole.pages.extend(part.pages)
        pages += len(part.pages)
    whole.docinfo["/Title"] = title
    whole.Root.Lang = pikepdf.String("vi")
    file = TemporaryFile()  # noqa: SIM115  the caller sends and closes it
    whole.save(file)
    for part in parts:
        part.close()
    file.seek(0)
    return file
