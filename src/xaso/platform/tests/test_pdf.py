"""Papers print whatever people are called, and templates that would print something else than they say are refused."""

import io
import json
import subprocess
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from xaso.platform import pdf
from xaso.platform.pdf.fonts import printable_characters

PAPERS = pdf.PACKAGE / "apps" / "dossiers" / "papers"
TEMPLATES = sorted(path.stem for path in (PAPERS / "samples").glob("*.json"))
LONG_NAME = "Hoàng Phủ Nguyễn Thị Thanh Thùy Dương Quỳnh Như Ngọc Trâm Anh"
VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


def sample(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((PAPERS / "samples" / f"{name}.json").read_text())
    return data


def text_of(content: bytes) -> str:
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    return unicodedata.normalize("NFC", told)


def stuffed(value: Any) -> Any:
    """The same data with every text as long as it gets and every list thirty long."""
    if isinstance(value, dict):
        return {key: value[key] if key in KEPT else stuffed(value[key]) for key in value}
    if isinstance(value, list):
        return [stuffed(item) for item in (value * 30)[:30]]
    return f"{value} {LONG_NAME} #set text(red) $x$ <a> @b 😀" if isinstance(value, str) else value


KEPT = {
    "issued_at",
    "received_at",
    "due_at",
    "paid_at",
    "respond_by",
    "valid_from",
    "registered_on",
    "verify_url",
    "kind",
    "titles",
    "columns",
}


@pytest.fixture
def template(tmp_path: Path) -> Any:
    folder = PAPERS / "samples"

    def write(markup: str) -> Path:
        path = folder / f"_{tmp_path.name}.typ"
        path.write_text(markup)
        written.append(path)
        return path

    written: list[Path] = []
    yield write
    for path in written:
        path.unlink(missing_ok=True)


PAGES = {"result_land_mediation": 2}
"""Papers that take more than one page: minutes tell what everybody said."""


def test_there_is_a_sample_for_every_template() -> None:
    shared = {"slip", "result"}
    assert {path.stem for path in PAPERS.glob("*.typ")} - shared == set(TEMPLATES)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_typical_paper_keeps_to_its_pages_with_shipped_fonts_language_and_title(name: str) -> None:
    with pikepdf.open(io.BytesIO(pdf.render(PAPERS / f"{name}.typ", sample(name)))) as file:
        fonts = {str(font.BaseFont).partition("+")[2] for page in file.pages for font in page.Resources.Font.values()}
        assert len(file.pages) == PAGES.get(name, 1)
        assert str(file.Root.Lang).startswith("vi")
        assert str(file.docinfo["/Title"])
        assert "pdfaid" in bytes(file.Root.Metadata.read_bytes()).decode()
    assert fonts <= {"XaSoSerif", "XaSoSerif-Bold", "XaSoSerif-Italic", "XaSoSerif-BoldItalic"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_overfull_paper_prints_all_it_holds_as_text(name: str) -> None:
    content = pdf.render(PAPERS / f"{name}.typ", stuffed(sample(name)))

    told = " ".join(text_of(content).split())
    assert "#set text(red) $x$ <a> @b □" in told
    assert told.count("BẢN THỬ – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ") == len(pikepdf.open(io.BytesIO(content)).pages)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_paper_without_data_still_prints(name: str) -> None:
    assert pdf.render(PAPERS / f"{name}.typ", {}).startswith(b"%PDF-")


def test_the_second_page_bears_its_number_on_top() -> None:
    data = sample("slip_01")
    data["papers"] = data["papers"] * 15

    pages = text_of(pdf.render(PAPERS / "slip_01.typ", data)).split("\f")

    assert pages[0].split()[0] != "1"
    assert pages[1].split()[0] == "2"


def test_marks_are_printed_only_when_asked_for() -> None:
    data = sample("slip_01") | {"demo": False, "confirm_layout": False}

    told = text_of(pdf.render(PAPERS / "slip_01.typ", data))

    assert "BẢN THỬ" not in told
    assert "tham khảo" not in told


def test_the_same_data_give_the_same_bytes() -> None:
    data = sample("slip_01")

    assert pdf.render(PAPERS / "slip_01.typ", data) == pdf.render(PAPERS / "slip_01.typ", data)


def test_the_qr_leads_to_the_check_of_the_paper() -> None:
    content = pdf.render(PAPERS / "slip_01.typ", sample("slip_01"))
    picture = subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", "-"], input=content, capture_output=True, check=True).stdout

    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))

    assert code.text == sample("slip_01")["verify_url"]


def test_instants_are_told_in_the_time_of_vietnam() -> None:
    assert pdf.frozen({"at": datetime(2026, 11, 23, 20, 5, tzinfo=UTC)}) == {"at": "2026-11-24T03:05:00+07:00"}


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Sùng Thị Mỷ", "Sùng Thị Mỷ"),
        (unicodedata.normalize("NFD", "Nậm Đét"), "Nậm Đét"),
        ("Pao 😀👨‍👩‍👧 字", "Pao □□□□ □"),
        ("a\u202eb\u0007c\td", "abc d"),
        ("\ud800", "□"),
        ("x" * 45, "x" * 40 + "\u200b" + "x" * 5),
    ],
    ids=["as it is", "NFD", "emoji", "control", "half a pair", "endless"],
)
def test_data_are_made_printable(written: str, printed: str) -> None:
    assert pdf.printable({"name": [written]}) == {"name": [printed]}


def test_an_endless_word_stays_within_the_page() -> None:
    data = sample("slip_01")
    data["applicant"]["address"] = "x" * 400

    assert pdf.render(PAPERS / "slip_01.typ", data).startswith(b"%PDF-")


def test_the_fonts_hold_all_of_vietnamese_and_the_substitute() -> None:
    assert set(VIETNAMESE + VIETNAMESE.upper() + "“”‘’–—…•□0123456789₫") <= printable_characters(pdf.FONTS)


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ('#set document(title: "x")\n#set text(font: "Times New Roman")\nchữ', "unknown font family"),
        ('#set document(title: "x")\n#set text(font: "Xa So Serif", fallback: false)\n字', "could not be displayed"),
        ('#set document(title: "x")\n#set text(font: "Xa So Serif")\n#missing', "unknown variable"),
    ],
    ids=["unknown font", "unknown letter", "broken markup"],
)
def test_a_template_that_can_not_be_printed_as_written_is_refused(template: Any, markup: str, told: str) -> None:
    with pytest.raises(pdf.TemplateFault, match=told):
        pdf.render(template(markup), {})


def test_a_template_that_names_no_font_gets_the_shipped_one(template: Any) -> None:
    content = pdf.render(template('#set document(title: "x")\nchữ'), {})

    assert b"XaSoSerif" in content
    assert b"Libertinus" not in content


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("2026-02-05", "ngày 05 tháng 02 năm 2026"),
        ("2026-11-05T09:05:00+07:00", "ngày 05 tháng 11 năm 2026"),
        ("5/1/2027", "ngày 05 tháng 01 năm 2027"),
        ("sau Tết", "sau Tết"),
        ("2026-11", "2026-11"),
    ],
)
def test_days_are_written_out_and_what_is_no_day_stays(template: Any, given: str, printed: str) -> None:
    markup = '#import "/platform/pdf_assets/decree30.typ": *\n#show: paper.with(title: "x")\n#long-day(at("day"))'

    assert printed in text_of(pdf.render(template(markup), {"day": given}))
