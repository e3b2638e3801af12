"""Makes PDF files out of typst templates: shipped fonts only, data never read as markup, the same bytes for the same data."""

import json
import threading
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from xaso.kernel.worktime import VN
from xaso.platform.pdf.fonts import SUBSTITUTE, printable_characters

PACKAGE = Path(__file__).resolve().parents[2]
FONTS = Path(__file__).resolve().parents[1] / "pdf_assets" / "fonts"
FONT_FAMILY = "Xa So Serif"
PAPER_STANDARDS = ("a-2a", "ua-1")
PICTURE_STANDARDS = ("a-2b",)
LONGEST_WORD_CHARS = 40

_ZERO_WIDTH_SPACE = "\u200b"


class TemplateFault(Exception):
    """A template that must not be used as it is: an unknown font, a letter that no shipped font holds, or an error in its markup."""


def render(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return the template filled with the data as PDF/A-2a and PDF/UA-1.

    Texts are data: whatever they hold is printed as it stands, with `□` for what the fonts lack. A `verify_url` becomes the QR of the
    paper; `issued_at` becomes the file's own date, so the same data give the same bytes. Raises TemplateFault.
    """
    shown = frozen(data)
    inputs = {"data": json.dumps(printable(shown), ensure_ascii=False)}
    if url := shown.get("verify_url"):
        inputs["qr"] = qr_svg(url)
    return _press(template.resolve()).print(inputs, PAPER_STANDARDS, timestamp=_timestamp(shown.get("issued_at")))


def picture(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return a drawing as a PDF of one page, to be laid into another PDF: its fonts are embedded, it has no structure of its own."""
    inputs = {"data": json.dumps(printable(frozen(data)), ensure_ascii=False)}
    return _press(template.resolve()).print(inputs, PICTURE_STANDARDS, timestamp=0)


def frozen(data: Any) -> Any:
    """Return the data as plain JSON values: instants as ISO 8601 in Vietnam's time, days as ISO, other objects as their text."""
    if isinstance(data, Mapping):
        return {str(key): frozen(value) for key, value in data.items()}
    if isinstance(data, (list, tuple, set, frozenset)):
        return [frozen(item) for item in data]
    if isinstance(data, datetime):
        return data.astimezone(VN).isoformat(timespec="seconds")
    if isinstance(data, date):
        return data.isoformat()
    return data if data is None or isinstance(data, (str, bool, int, float)) else str(data)


def printable(data: Any) -> Any:
    """Return the data with every text in NFC, `□` for each letter that a shipped font lacks, and places to break in endless words."""
    if isinstance(data, dict):
        return {key: printable(value) for key, value in data.items()}
    if isinstance(data, list):
        return [printable(item) for item in data]
    return _printable_text(data) if isinstance(data, str) else data


def qr_svg(text: str) -> str:
    """Return a QR code (level M, no quiet zone) of the text as SVG. Raises ValueError for a text too long for one code."""
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return str(code.to_svg(add_quiet_zones=False))


class _Press:
    """One compiler that knows one template; it prints one paper at a time."""

    def __init__(self, template: Path) -> None:
        import typst

        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
        if fonts.families() != [FONT_FAMILY]:
            raise TemplateFault(f"the shipped fonts are {fonts.families()}, expected {FONT_FAMILY!r}")
        self._faults: type[Exception] = typst.TypstError
        self._compiler = typst.Compiler(template, root=PACKAGE, font_paths=fonts, ignore_system_fonts=True)
        self._turn = threading.Lock()

    def print(self, inputs: dict[str, str], standards: tuple[str, ...], *, timestamp: int) -> bytes:
        try:
            with self._turn:
                content, warnings = self._compiler.compile_with_warnings(
                    format="pdf",
                    sys_inputs=inputs,
                    pdf_standards=list(standards),  # type: ignore[arg-type]
                    timestamp=timestamp,
                    pdf_tags=standards == PAPER_STANDARDS,
                )
        except self._faults as fault:
            raise TemplateFault(str(fault)) from fault
        if warnings:
            raise TemplateFault("; ".join(str(warning) for warning in warnings))
        assert isinstance(content, bytes)
        return content


@cache
def _press(template: Path) -> _Press:
    return _Press(template)


def _timestamp(issued_at: Any) -> int:
    """Return the seconds since 1970 of an ISO instant; 0 when the data name none, so that a file never tells when it was printed."""
    try:
        return int(datetime.fromisoformat(issued_at).timestamp())
    except (TypeError, ValueError):
        return 0


def _printable_text(text: str) -> str:
    known = printable_characters(FONTS)
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    if known.issuperset(text) and max(map(len, text.split()), default=0) < LONGEST_WORD_CHARS:
        return text
    return "".join(_breakable([_letter(letter, known) for letter in text]))


def _letter(letter: str, known: frozenset[str]) -> str:
    if letter in known or letter == "\n":
        return letter
    if letter == "\t":
        return " "
    # Joiners and variation selectors shape letters that are replaced anyway; direction marks would turn the text around.
    return "" if unicodedata.category(letter) in {"Cc", "Cf", "Mn", "Me"} else SUBSTITUTE


def _breakable(letters: list[str]) -> list[str]:
    broken, run = [], 0
    for letter in letters:
        run = 0 if letter.isspace() else run + len(letter)
        broken.append(letter)
        if run >= LONGEST_WORD_CHARS:
            broken.append(_ZERO_WIDTH_SPACE)
            run = 0
    return broken
