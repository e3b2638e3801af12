"""Checks a PDF without changing a byte of it. What needs a parser runs in a process of its own with bounded memory and time."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from xaso.kernel.errors import Refusal
from xaso.platform.errors import declare_words

INSPECTOR = Path(__file__).with_name("pdf_inspector.py")
INSPECTION_SECONDS = 20
TAIL_BYTES = 1024

_STREAMS = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_FIRST_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b")
_MARKUP = re.compile(rb"<\s*(script|html|svg|iframe|body|!doctype)|<\?php", re.IGNORECASE)

declare_words(
    {
        "pdf.broken": _("Tệp PDF “%(name)s” bị hỏng hoặc tải lên chưa hết. Anh/chị gửi lại, hoặc lưu thành PDF mới."),
        "pdf.encrypted": _("Tệp PDF “%(name)s” đang khóa bằng mật khẩu. Anh/chị bỏ mật khẩu rồi gửi lại."),
        "pdf.no_pages": _("Tệp PDF “%(name)s” không có trang nào. Anh/chị chọn tệp khác."),
        "pdf.too_long": _("Tệp PDF “%(name)s” dài hơn %(limit)s trang. Anh/chị chia thành nhiều tệp."),
        "pdf.active": _("Tệp PDF “%(name)s” có chứa lệnh tự chạy nên không nhận được. Anh/chị in lại thành PDF mới, hoặc chụp ảnh."),
        "pdf.program_inside": _("Tệp PDF “%(name)s” có chương trình máy tính đính bên trong. Anh/chị gửi bản không có tệp đính kèm."),
        "pdf.mixed": _("Tệp “%(name)s” lẫn nội dung khác vào PDF nên không nhận được. Anh/chị lưu thành PDF mới, hoặc chụp ảnh."),
        "pdf.too_complex": _("Tệp PDF “%(name)s” quá phức tạp để kiểm tra. Anh/chị lưu thành PDF đơn giản hơn, hoặc chụp ảnh."),
        "pdf.has_attachments": _("Tệp PDF có tệp khác đính bên trong. Cán bộ chỉ xem các trang của PDF."),
    }
)


@dataclass(frozen=True)
class CheckedPdf:
    """What the check found in a PDF that may be kept."""

    pages: int
    warnings: tuple[str, ...] = ()


def check_pdf(content: bytes, *, name: str, max_pages: int) -> CheckedPdf:
    """Return what is known of the PDF. Raises Refusal with a code of `pdf.`."""
    tail = content[-TAIL_BYTES:]
    if b"%%EOF" not in tail and not _is_zip(content):
        raise Refusal("pdf.broken", name=name)
    if _is_two_files_in_one(content):
        raise Refusal("pdf.mixed", name=name)
    found = _inspected(content)
    if found is None:
        raise Refusal("pdf.too_complex", name=name)
    if found["refusal"]:
        raise Refusal(f"pdf.{found['refusal']}", name=name)
    if found["pages"] > max_pages:
        raise Refusal("pdf.too_long", name=name, limit=max_pages)
    return CheckedPdf(found["pages"], ("pdf.has_attachments",) if found["attachments"] else ())


def _is_two_files_in_one(content: bytes) -> bool:
    """Tell whether another program could read the file as something else: a web page, a script or an archive."""
    after_end = content.rpartition(b"%%EOF")[2]
    if after_end.strip(b"\r\n\t\x00 ") or _is_zip(content):
        return True
    first = _FIRST_OBJECT.search(content)
    before_first = content[: first.start()] if first else content
    return len(before_first) > TAIL_BYTES or bool(_MARKUP.search(_STREAMS.sub(b"", content)))


def _is_zip(content: bytes) -> bool:
    """Tell whether an archive's directory stands at the end, where archivers look for it."""
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_557))
    if end < 0:
        return False
    directory_bytes = int.from_bytes(content[end + 12 : end + 16], "little")
    starts_at = end - directory_bytes
    return content[end - 20 : end - 16] == b"PK\x06\x07" or (directory_bytes > 0 and content[max(0, starts_at) :][:4] == b"PK\x01\x02")


def _inspected(content: bytes) -> dict[str, Any] | None:
    """Return what the inspector found, or None when it ran out of memory or time or died of the file."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(INSPECTOR)], input=content, capture_output=True, timeout=INSPECTION_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        return None
    found: dict[str, Any] = json.loads(done.stdout)
    return found
