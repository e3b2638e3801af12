"""Reads printed Vietnamese off pictures and PDF pages with tesseract, each page in a process of its own with bounded memory and time.

Both programs are optional system packages; where they are missing, a person types what stands on the paper.
"""

import csv
import io
import shutil
import subprocess
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

LANGUAGE = "vie"
DPI = 250
LONG_SIDE_PX, MOST_ENLARGED = 2800, 2
LIGHT_SCALE, LIGHT_REACH, LIGHT_BLUR = 8, 5, 6
INK_PART, PAPER_PART = 0.25, 0.86
"""Of the light around: what is as dark as ink or darker turns black, what is as light as paper or lighter white."""
CPU_SECONDS = 30
WALL_SECONDS = 120
MEMORY_BYTES = 1024**3
INK_LEVEL, LEAST_INK = 128, 0.0002
GOOD_CONFIDENCE = 70.0
TURNS = (0, 180, 90, 270)
PACKAGES = {"tesseract": "tesseract-ocr", "pdftoppm": "poppler-utils"}
LANGUAGE_PACKAGE = "tesseract-ocr-vie"
_BOUNDED = ("prlimit", f"--as={MEMORY_BYTES}", f"--cpu={CPU_SECONDS}", "--core=0")


class Unreadable(Exception):
    """A page that no program could open, or that took more memory or time than it may."""


@dataclass(frozen=True)
class Word:
    """A word and where it stands on the upright page, in pixels; `confidence` is 0–100, `line` numbers the lines of the page."""

    text: str
    line: int
    left: int
    top: int
    width: int
    height: int
    confidence: float

    def as_json(self) -> dict[str, Any]:
        """Return the value for a JSON column."""
        return asdict(self)


@dataclass(frozen=True)
class ReadPage:
    """What stands on a page. `turned` is by how many degrees the page was turned to be upright; `picture` is the upright page as PNG."""

    words: tuple[Word, ...]
    turned: int
    picture: bytes

    @property
    def lines(self) -> list[str]:
        """Return the words as lines."""
        lines: dict[int, list[str]] = {}
        for word in self.words:
            lines.setdefault(word.line, []).append(word.text)
        return [" ".join(words) for words in lines.values()]


def missing_packages() -> list[str]:
    """Return the system packages that reading needs and that are not here."""
    missing = [package for program, package in PACKAGES.items() if shutil.which(program) is None]
    return [*missing, LANGUAGE_PACKAGE] if "tesseract-ocr" in missing or LANGUAGE not in _languages() else missing


def count_pages(content: bytes, media_type: str) -> int:
    """Return how many pages an admitted file has. Raises Unreadable."""
    if media_type != "application/pdf":
        return 1
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return len(pdf.pages)
    except (pikepdf.PdfError, ValueError) as error:
        raise Unreadable from error


def read_page(path: Path, media_type: str, number: int) -> ReadPage:
    """Return what stands on the page (from 1) of an admitted file, turned upright. Raises Unreadable.

    A photo is read at one size and in even light; `picture` shows it as it was taken.
    """
    is_drawn = media_type == "application/pdf"
    picture = _picture(_drawn(path, number)) if is_drawn else _sized(_picture(path.read_bytes()))
    if _is_empty(picture):
        return ReadPage((), 0, _png(picture))
    legible = picture if is_drawn else _evenly_lit(picture)
    best: tuple[float, tuple[Word, ...], int] | None = None
    for turn in TURNS:
        content = _png(_turned(legible, turn))
        words = _words(_run(["tesseract", "-", "-", "-l", LANGUAGE, "--dpi", str(DPI), "--psm", "3", "tsv"], content))
        lies = _lies_sideways(words)
        merit = sum(word.confidence * len(word.text) for word in words) * (0.5 if lies else 1.0)
        if best is None or merit > best[0]:
            best = merit, words, turn
        if words and not lies and fmean(word.confidence for word in words) >= GOOD_CONFIDENCE:
            break
    assert best is not None
    _merit, words, turned = best
    return ReadPage(words, turned, _png(_turned(picture, turned)))


def cut_out(picture: bytes, word: Word, *, around_px: int = 12) -> bytes:
    """Return the part of the page on which the word stands, as PNG."""
    page = _picture(picture)
    left, top = max(0, word.left - around_px), max(0, word.top - around_px)
    return _png(
        page.crop((left, top, min(page.width, word.left + word.width + around_px), min(page.height, word.top + word.height + around_px)))
    )


@cache
def _languages() -> frozenset[str]:
    done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False, timeout=WALL_SECONDS)
    return frozenset(done.stdout.split())


def _drawn(path: Path, number: int) -> bytes:
    page = str(number)
    return _run(["pdftoppm", "-r", str(DPI), "-gray", "-f", page, "-l", page, "-singlefile", str(path)], b"")


def _run(command: list[str], content: bytes) -> bytes:
    """Run a program on one thread within its bounds; returns what it writes."""
    variables = {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run([*_BOUNDED, *command], input=content, capture_output=True, check=False, timeout=WALL_SECONDS, env=variables)
    except (subprocess.TimeoutExpired, OSError) as error:
        raise Unreadable from error
    if done.returncode or not done.stdout:
        raise Unreadable(done.stderr.decode(errors="replace")[-300:])
    return done.stdout


def _picture(content: bytes) -> "Picture":
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as opened:
            return opened.convert("L")
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable from error


def _sized(photo: "Picture") -> "Picture":
    """Return the photo at the size at which print of A4 is read best, so that one made small for the way reads as well as a large one."""
    from PIL import Image

    scale = min(LONG_SIDE_PX / max(photo.size), MOST_ENLARGED)
    way = Image.Resampling.LANCZOS if scale < 1 else Image.Resampling.BICUBIC
    return photo.resize((max(1, round(photo.width * scale)), max(1, round(photo.height * scale))), way)


def _evenly_lit(photo: "Picture") -> "Picture":
    """Return the photo as under even light: each place beside the lightest near it, which is paper.

    The reader tells ink from paper by one level for the whole page: it would take a shadow for ink, and pale print in the sun for paper.
    """
    from PIL import Image, ImageFilter, ImageMath

    around = photo.resize([max(1, side // LIGHT_SCALE) for side in photo.size], Image.Resampling.BOX)
    around = around.filter(ImageFilter.MaxFilter(LIGHT_REACH)).filter(ImageFilter.GaussianBlur(LIGHT_BLUR))
    light = around.resize(photo.size, Image.Resampling.BILINEAR)

    def level(bands: dict[str, Any]) -> Any:
        part = bands["float"](bands["photo"]) / bands["max"](bands["light"], 1)
        seen = (part - INK_PART) * (255 / (PAPER_PART - INK_PART))
        return bands["convert"](bands["min"](bands["max"](seen, 0), 255), "L")

    lit: Picture = ImageMath.lambda_eval(level, photo=photo, light=light)
    return lit


def _turned(picture: "Picture", degrees: int) -> "Picture":
    return picture.rotate(degrees, expand=True) if degrees else picture


def _is_empty(picture: "Picture") -> bool:
    dark = sum(picture.histogram()[:INK_LEVEL])
    return dark < LEAST_INK * picture.width * picture.height


def _lies_sideways(words: tuple[Word, ...]) -> bool:
    """Tell whether most longer words are taller than wide: the program reads such a page too, but a person would not."""
    longer = [word for word in words if len(word.text) > 2]
    return sum(word.height > word.width for word in longer) > len(longer) / 2


def _png(picture: "Picture") -> bytes:
    target = io.BytesIO()
    picture.save(target, "PNG", compress_level=1)
    return target.getvalue()


def _words(table: bytes) -> tuple[Word, ...]:
    """Read tesseract's table of words; numbers of blocks, paragraphs and lines become one number of lines."""
    lines: dict[tuple[str, str, str], int] = {}
    words = []
    for row in csv.DictReader(io.StringIO(table.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row["level"] == "5" and text:
            line = lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), len(lines))
            left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
            words.append(Word(text, line, left, top, width, height, float(row["conf"])))
    return tuple(words)
