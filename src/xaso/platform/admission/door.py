"""Admits a file or refuses it with a code that has words for the person who sent it."""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from xaso.kernel.errors import Refusal
from xaso.platform import images, viruses
from xaso.platform.admission.kinds import Kind, kind_of
from xaso.platform.admission.names import safe_name
from xaso.platform.admission.pdf import check_pdf
from xaso.platform.errors import declare_words

declare_words(
    {
        "admission.empty": _("Tệp “%(name)s” trống. Anh/chị chọn lại tệp."),
        "admission.too_heavy": _("Tệp “%(name)s” nặng hơn %(limit)s MB. Anh/chị chụp lại ở cỡ nhỏ hơn, hoặc chia thành nhiều tệp."),
        "admission.program": _("Tệp “%(name)s” là chương trình máy tính, không phải giấy tờ. Anh/chị chọn tệp khác."),
        "admission.office": _("Chưa nhận tệp Word, Excel hoặc tệp nén “%(name)s”. Anh/chị lưu thành PDF, hoặc chụp ảnh giấy tờ rồi gửi."),
        "admission.infected": _(
            "Tệp “%(name)s” có mã độc (vi-rút) nên xã không nhận. Anh/chị chụp lại giấy tờ, gửi từ máy khác, hoặc mang bản giấy đến xã."
        ),
        "admission.unchecked": _("Xã đã nhận tệp này. Máy quét vi-rút đang tạm dừng; quét xong thì cán bộ mới mở được tệp."),
        "admission.kind_unknown": _("Không nhận được loại tệp “%(name)s”. Anh/chị gửi ảnh chụp (JPEG, PNG, WebP, HEIC) hoặc PDF."),
    }
)

_REFUSED = {Kind.PROGRAM: "admission.program", Kind.OFFICE: "admission.office", Kind.UNKNOWN: "admission.kind_unknown"}


@dataclass(frozen=True)
class Limits:
    """How heavy, large and long a file may be, and how large a picture is kept."""

    max_bytes: int = 10 * 1024 * 1024
    max_pixels: int = images.MAX_PIXELS
    max_pages: int = 300
    long_side_px: int = images.LONG_SIDE_PX


@dataclass(frozen=True)
class Admitted:
    """A file that may be kept. Pictures are re-encoded JPEG; PDFs are the sender's bytes, and have no width or height.

    `warnings` are codes with words: the file is taken, but the person should look again. `virus_check` is what the virus
    scanner said of it, to be kept with it: what waits for the scanner is opened by nobody.
    """

    content: bytes
    media_type: str
    name: str
    pages: int
    width: int | None = None
    height: int | None = None
    warnings: tuple[str, ...] = ()
    virus_check: str = viruses.UNASKED


def admit(content: bytes, *, name: str, limits: Limits = Limits()) -> Admitted:
    """Judge a file by its content. Raises Refusal with a code of `admission.`, `images.` or `pdf.` when it can't be taken.

    Asks the virus scanner, if there is one, so it is never called in a transaction; `admission.infected` carries the `finding`.
    """
    shown = safe_name(name, "")
    if not content:
        raise Refusal("admission.empty", name=shown)
    if len(content) > limits.max_bytes:
        raise Refusal("admission.too_heavy", name=shown, limit=limits.max_bytes // (1024 * 1024))
    kind = kind_of(content)
    if kind in _REFUSED:
        raise Refusal(_REFUSED[kind], name=shown)
    check = _examined(content, shown)
    if kind is Kind.PDF:
        return _admit_pdf(content, name, shown, limits, check)
    return _admit_image(content, name, shown, limits, check)


def _examined(content: bytes, shown: str) -> str:
    """Return what the scanner says. Raises Refusal `admission.infected`."""
    examined = viruses.examine(content)
    if examined.state == viruses.INFECTED:
        raise Refusal("admission.infected", name=shown, finding=examined.finding)
    return examined.state


def content_of(upload: "UploadedFile[Any]", *, limits: Limits = Limits()) -> bytes:
    """Return what was uploaded; a file that is too heavy is refused before it is read into memory."""
    if (upload.size or 0) > limits.max_bytes:
        raise Refusal("admission.too_heavy", name=safe_name(upload.name or "", ""), limit=limits.max_bytes // (1024 * 1024))
    content: bytes = upload.read()
    return content


def _admit_image(content: bytes, name: str, shown: str, limits: Limits, check: str) -> Admitted:
    """Make the picture anew. No byte of what was sent is kept, so that it waits for no scanner."""
    photo = images.clean(content, name=shown, long_side_px=limits.long_side_px, max_pixels=limits.max_pixels)
    return Admitted(
        photo.content,
        "image/jpeg",
        safe_name(name, ".jpg"),
        1,
        photo.width,
        photo.height,
        photo.warnings,
        check.replace(viruses.WAITING, viruses.UNASKED),
    )


def _admit_pdf(content: bytes, name: str, shown: str, limits: Limits, check: str) -> Admitted:
    checked = check_pdf(content, name=shown, max_pages=limits.max_pages)
    waits = ("admission.unchecked",) if check == viruses.WAITING else ()
    return Admitted(
        content, "application/pdf", safe_name(name, ".pdf"), checked.pages, warnings=(*checked.warnings, *waits), virus_check=check
    )
