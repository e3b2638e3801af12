"""What tests of the desk send: a card, an application for copies, scans."""

import os
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from xaso.apps.dossiers import testing

CARD = "999188001234||Giàng Thị Mỷ|05111988|Nữ|Thôn Nậm Ké, xã Bảo Nhai|01012022"
COPIES: dict[str, Any] = {
    "name": "Giàng Thị Mỷ",
    "phone": "0912 345 678",
    "q-_shown": "documents documents-0-name documents-0-pages documents-0-copies purpose",
    "q-documents-0-name": "Bằng tốt nghiệp",
    "q-documents-0-pages": "3",
    "q-documents-0-copies": "2",
    "row": ["original", "photocopy"],
    "kind-original": "shown",
    "count-original": "1",
}


def begun(desk: Client, code: str = testing.COPY) -> str:
    """Begin an application; return its page."""
    return str(desk.post(f"/mot-cua/moi/{code}/")["Location"])


def picture(kind: str = "PNG") -> bytes:
    """Return a picture of a blank paper."""
    buffer = BytesIO()
    Image.new("RGB", (900, 1200), "white").save(buffer, kind)
    return buffer.getvalue()


def scanned(folder: Path, name: str, content: bytes) -> None:
    """Put a file into the scanner's folder, written a minute ago."""
    (folder / name).write_bytes(content)
    a_minute_ago = time.time() - 60
    os.utime(folder / name, (a_minute_ago, a_minute_ago))


def card_photo(text: str) -> SimpleUploadedFile:
    """Return a photo of a QR code."""
    buffer = BytesIO()
    segno.make(text).save(buffer, kind="png", scale=8)
    return SimpleUploadedFile("the.png", buffer.getvalue(), "image/png")


def text(answer: Any) -> str:
    """Return what an answer says."""
    return str(answer.content.decode())
