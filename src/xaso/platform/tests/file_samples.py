"""Builds sample files, good and hostile, for the tests of admission and storage."""

import base64
import io
import zipfile
import zlib
from typing import Any

import pikepdf
from PIL import Image

# 96 × 64 px: blue in the upper left quarter, red elsewhere; with an EXIF maker and place. Nothing at hand here writes HEIC.
_HEIC = (
    "c-muNV30{GsVvAy%}izhg51nBLl8SRGck>Ufw3VswIq=N0u(b+a*CjAhJwuG5(YHDSCCnf3uZ9_u}Nl5KG;YX2L>jv2m|912n__DKrxWWTewIC5L;ws=B0so"
    "AX!l$CzT0mUPf86Ap?>iBS?vBMJ8DJ{>*}+0wBFGvmiMiNS6XtJ2NsDz?~-df#J{JA3qov_?Z=eS|uD9c^Loy2Pt4?m;fSxNNyLCgCbB;!-<g*O=f{XBkQzR"
    "o|@}&I6!;|;h+Rm%<jT?uxNvl1JDkU%;JJnsC@}Q3=$J4$gIc&2{3bT0Ch2lWftVZ!jqAKk-3qn8OV~#EJ{s-1!8haaWXi-Kml_yHzg4i&aN7a>m$w!-zb^%"
    "|NqwJC$-MY|9eeZ$Pmo)oL8enZE3O@L%)TZ!V#tppT@d%8XNZ5@SZz9IjYxhM`?liZ?QtZR}I{P_6;EOeSI0UfD{J<Gb2AZlzD*Ih*1dSQ=pY>3=AEr3@p$%"
    "v;*k~PE9UKE%8mvPAy^pI}D_Y$qy1stPJ2VVu*n{Uks{K4oZVP3IH}&Y6$"
)


def photo(width: int = 800, height: int = 600, kind: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    """Return a picture whose upper left quarter is blue and the rest red."""
    picture = Image.new("RGB", (width, height), (200, 30, 30))
    picture.paste((20, 60, 160), (0, 0, width // 2, height // 2))
    target = io.BytesIO()
    picture.convert(mode).save(target, kind, **options)
    return target.getvalue()


def heic() -> bytes:
    """Return a real HEIC picture."""
    return zlib.decompress(base64.b85decode(_HEIC))


def exif(orientation: int) -> Image.Exif:
    """Return metadata as a phone writes them: how it was held, who made it, where it was."""
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = "Phone of Giàng A Pao"
    place = data.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (22.0, 30.0, 0.0), "E", (104.0, 15.0, 0.0)
    return data


def png_header_claiming(width: int, height: int) -> bytes:
    """Return a small PNG whose header promises very many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00" * 100_000)) + chunk(b"IEND", b"")


def pdf(pages: int = 1, **saved: Any) -> bytes:
    """Return a plain PDF."""
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page(page_size=(595, 842))
    return saved_pdf(document, **saved)


def saved_pdf(document: pikepdf.Pdf, **saved: Any) -> bytes:
    """Return the bytes of a PDF."""
    target = io.BytesIO()
    document.save(target, **saved)
    return target.getvalue()


def pdf_with_action(**action: Any) -> bytes:
    """Return a PDF that does something when it is opened."""
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.OpenAction = pikepdf.Dictionary(**action)
    return saved_pdf(document)


def pdf_with_file(name: str, content: bytes) -> bytes:
    """Return a PDF that carries another file."""
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments[name] = content
    return saved_pdf(document)


def archive(name: str = "run.class", content: bytes = b"\xca\xfe\xba\xbe") -> bytes:
    """Return a ZIP archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr(name, content)
    return target.getvalue()
