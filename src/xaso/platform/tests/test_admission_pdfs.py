"""PDFs at the door: kept byte for byte, or refused in plain words."""

import zlib

import pikepdf
import pytest

from xaso.kernel.errors import Refusal
from xaso.platform.admission import Limits, admit
from xaso.platform.errors import UNKNOWN, words_for
from xaso.platform.tests import file_samples as samples


def refusal_of(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Refusal) as caught:
        admit(content, name="giấy tờ.pdf", limits=limits or Limits())
    words = words_for(caught.value)
    assert words != str(UNKNOWN)
    assert "%" not in words
    return caught.value.code


def test_a_pdf_is_kept_byte_for_byte() -> None:
    raw = samples.pdf(3)
    admitted = admit(raw, name="Đơn xin.docx")
    assert (admitted.content, admitted.media_type, admitted.name, admitted.pages) == (raw, "application/pdf", "Đơn xin.pdf", 3)
    assert (admitted.width, admitted.height, admitted.warnings) == (None, None, ())


def test_compressed_objects_linear_order_and_an_appended_revision_are_taken() -> None:
    packed = samples.pdf(2, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)
    assert admit(packed, name="a.pdf").pages == 2
    raw = samples.pdf()
    start = raw.rindex(b"startxref")
    old = int(raw[start:].split()[1])
    extra = b"9 0 obj\n<< /Kind /Extra >>\nendobj\n"
    table = b"xref\n9 1\n%010d 00000 n \ntrailer\n<< /Size 10 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    appended = raw + extra + table % (len(raw), old, len(raw) + len(extra))
    assert admit(appended, name="a.pdf").content == appended


@pytest.mark.parametrize("part", [0.3, 0.7, 0.95])
def test_a_pdf_cut_half_way_is_broken(part: float) -> None:
    raw = samples.pdf(5)
    assert refusal_of(raw[: int(len(raw) * part)]) == "pdf.broken"


def test_a_pdf_with_a_wrong_table_or_nothing_in_it_is_broken() -> None:
    raw = samples.pdf()
    assert refusal_of(raw.replace(b"startxref\n", b"startxref\n9")) == "pdf.broken"
    assert refusal_of(b"%PDF-1.7\n%%EOF\n") == "pdf.broken"


def test_locked_pdfs_are_refused_with_and_without_a_password_to_read() -> None:
    for user in ("", "secret"):
        assert refusal_of(samples.pdf(encryption=pikepdf.Encryption(owner="owner", user=user))) == "pdf.encrypted"


def test_a_pdf_without_pages_and_one_with_too_many_are_refused() -> None:
    assert refusal_of(samples.pdf(0)) == "pdf.no_pages"
    assert refusal_of(samples.pdf(301)) == "pdf.too_long"
    assert admit(samples.pdf(300), name="a.pdf").pages == 300
    assert refusal_of(samples.pdf(3), Limits(max_pages=2)) == "pdf.too_long"


@pytest.mark.parametrize(
    "action",
    [
        {"S": pikepdf.Name.JavaScript, "JS": "app.alert(1)"},
        {"S": pikepdf.Name.Launch, "F": "cmd.exe"},
        {"S": pikepdf.Name.ImportData, "F": "x"},
    ],
)
def test_a_pdf_that_acts_by_itself_is_refused(action: dict[str, object]) -> None:
    assert refusal_of(samples.pdf_with_action(**action)) == "pdf.active"


def test_a_script_deep_in_a_compressed_object_is_found() -> None:
    document = pikepdf.new()
    document.add_blank_page()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=document.make_stream(b"app.alert(1)"))
    document.pages[0].Annots = pikepdf.Array(
        [document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, AA=pikepdf.Dictionary(E=script)))]
    )
    assert refusal_of(samples.saved_pdf(document, object_stream_mode=pikepdf.ObjectStreamMode.generate)) == "pdf.active"


def test_programs_inside_are_refused_and_other_files_are_told_of() -> None:
    assert refusal_of(samples.pdf_with_file("hoa-don.exe", b"whatever")) == "pdf.program_inside"
    assert refusal_of(samples.pdf_with_file("anh.jpg", b"MZ\x90\x00")) == "pdf.program_inside"
    assert admit(samples.pdf_with_file("data.xml", b"<invoice/>"), name="a.pdf").warnings == ("pdf.has_attachments",)


@pytest.mark.parametrize(
    "content",
    [
        samples.pdf() + b"<html><script>alert(1)</script></html>",
        samples.pdf() + samples.archive(),
        samples.pdf() + samples.archive() + b"%%EOF",
        samples.pdf() + b"MZ\x90\x00\x03",
        samples.pdf().replace(b"%PDF-1.3\n", b"%PDF-1.3\n<script>alert(1)</script>\n"),
        samples.pdf() + b"<?php system($_GET[0]); ?>\n%%EOF",
        samples.pdf().replace(b"\n", b"\n" + b"%" * 2000 + b"\n", 1),
    ],
)
def test_a_pdf_that_is_also_something_else_is_refused(content: bytes) -> None:
    assert refusal_of(content) == "pdf.mixed"


def test_a_header_that_does_not_stand_first_is_no_pdf() -> None:
    assert refusal_of(b"\n" + samples.pdf()) == "admission.kind_unknown"
    assert refusal_of(b"MZ" + samples.pdf()) == "admission.program"


def test_a_pdf_that_unpacks_to_700_megabytes_ends_its_inspection_and_nothing_else() -> None:
    packer = zlib.compressobj(1)
    packed = packer.compress(b"9 0 ") + b"".join(packer.compress(b" " * 10_000_000) for _round in range(70))
    packed += packer.compress(b"<< /Type /Pages /Kids [] /Count 0 >>") + packer.flush()
    assert refusal_of(pdf_of_streams(packed)) in {"pdf.too_complex", "pdf.broken"}  # unbound, it would be "pdf.no_pages"


def pdf_of_streams(packed: bytes) -> bytes:
    """Return a PDF whose page tree, object 9, stands in a compressed object stream."""
    content = b"%PDF-1.7\n"
    offsets = []
    for number, body in (
        (1, b"<< /Type /Catalog /Pages 9 0 R >>"),
        (2, b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed)),
    ):
        offsets.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    at = len(content)
    used = b"".join(b"\x01" + offset.to_bytes(4, "big") + b"\x00" for offset in (*offsets, at))
    rows = b"\x00" * 6 + used + b"\x00" * 6 * 5 + b"\x02" + (2).to_bytes(4, "big") + b"\x00"
    table = b"<< /Type /XRef /Size 10 /W [1 4 1] /Root 1 0 R /Length %d >>" % len(rows)
    return content + b"3 0 obj\n%b\nstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, rows, at)


def test_the_same_pdf_of_usual_size_is_read_to_its_end() -> None:
    assert refusal_of(pdf_of_streams(zlib.compress(b"9 0 << /Type /Pages /Kids [] /Count 0 >>"))) == "pdf.no_pages"
