"""Reading pages with the real program: upright, upside down, skewed, empty, broken; bounded."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from xaso.platform import ocr
from xaso.platform.tests.ocr_samples import NUMBER, paper, photo

pytestmark = pytest.mark.skipif(bool(ocr.missing_packages()), reason="tesseract, its Vietnamese or poppler-utils is not installed")
PDF, JPEG = "application/pdf", "image/jpeg"


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "paper"
    path.write_bytes(content)
    return path


def dimmed(paper: bytes, *, sides_px: int) -> bytes:
    """Return the page small and lit from one side, with a pale date at the foot, where the light is."""
    with Image.open(BytesIO(paper)) as page:
        ImageDraw.Draw(page).text((300, page.height - 300), "31/12/2026", fill=150, font=ImageFont.load_default(48))
        light = Image.linear_gradient("L").point(lambda level: 70 + level * 170 // 255).resize(page.size)
        lit = ImageChops.multiply(page, light)
    lit.thumbnail((sides_px, sides_px))
    target = BytesIO()
    lit.save(target, "JPEG", quality=85)
    return target.getvalue()


def mean(picture: Image.Image) -> float:
    return ImageStat.Stat(picture).mean[0]


def text_of(page: ocr.ReadPage) -> str:
    return " ".join(page.lines)


def test_a_page_of_a_pdf_is_read_with_its_marks_and_numbers(tmp_path: Path) -> None:
    page = ocr.read_page(kept(tmp_path, paper()), PDF, 1)

    assert page.turned == 0
    assert "Giàng A Pao" in text_of(page)
    assert NUMBER in text_of(page)


@pytest.mark.parametrize(("turn", "found"), [(180, 180), (90, 270), (270, 90)])
def test_a_page_that_lies_wrong_is_turned_upright(tmp_path: Path, turn: int, found: int) -> None:
    page = ocr.read_page(kept(tmp_path, photo(turn)), JPEG, 1)

    assert (page.turned, NUMBER in text_of(page)) == (found, True)


def test_a_skewed_page_is_read(tmp_path: Path) -> None:
    assert "Giàng A Pao" in text_of(ocr.read_page(kept(tmp_path, photo(3)), JPEG, 1))


def test_a_small_photo_is_read_to_its_darkest_and_its_palest_line(tmp_path: Path) -> None:
    dark = dimmed(photo(0), sides_px=1600)
    page = ocr.read_page(kept(tmp_path, dark), JPEG, 1)

    words = [word.text for word in page.words]
    assert NUMBER in words
    assert words.count("Nậm") == 12
    assert "31/12/2026" in words
    with Image.open(BytesIO(page.picture)) as shown, Image.open(BytesIO(dark)) as taken:
        assert mean(shown) == pytest.approx(mean(taken.convert("L")), abs=1), "a person sees the photo as it was taken"


def test_an_empty_page_has_no_words_and_costs_no_reading(tmp_path: Path) -> None:
    blank = BytesIO()
    Image.new("L", (1654, 2339), 250).save(blank, "JPEG")

    assert ocr.read_page(kept(tmp_path, blank.getvalue()), JPEG, 1).words == ()


@pytest.mark.parametrize("media_type", [PDF, JPEG])
def test_a_broken_file_is_unreadable_and_nothing_worse(tmp_path: Path, media_type: str) -> None:
    with pytest.raises(ocr.Unreadable):
        ocr.read_page(kept(tmp_path, b"\xff\xd8\xff" + b"x" * 500), media_type, 1)


def test_a_program_that_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    with pytest.raises(ocr.Unreadable):
        ocr._run(["python3", "-c", "print(len(bytearray(2_000_000_000)))"], b"")


def test_a_word_is_cut_out_of_the_picture(tmp_path: Path) -> None:
    page = ocr.read_page(kept(tmp_path, paper()), PDF, 1)
    word = next(one for one in page.words if NUMBER in one.text)
    with Image.open(BytesIO(ocr.cut_out(page.picture, word))) as cut:
        assert word.width < cut.width <= word.width + 24
        assert sum(cut.convert("L").histogram()[: ocr.INK_LEVEL]) > 0


def test_where_the_programs_are_missing_their_packages_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert ocr.missing_packages() == ["tesseract-ocr", "poppler-utils", "tesseract-ocr-vie"]
