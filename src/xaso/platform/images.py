"""Pictures: opened with care, turned upright, made small, freed of everything but what they show; QR codes read from photos.

Heavy libraries are loaded on first use. One picture is decoded at a time in a process, so that memory stays bounded.
"""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from xaso.kernel.errors import Refusal
from xaso.platform.errors import declare_words

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MAX_PIXELS = 50_000_000
MAX_JPEG_SCANS = 100
LONG_SIDE_PX = 2400
READABLE_LONG_SIDE_PX = 700
THUMBNAIL_SIDE_PX = 320
THUMBNAIL_MAX_BYTES = 20 * 1024
QR_LONG_SIDE_PX = 3000
QR_SECONDS = 2.0

_one_at_a_time = threading.Lock()

declare_words(
    {
        "images.broken": _("Ảnh “%(name)s” bị hỏng hoặc tải lên chưa hết. Anh/chị chụp lại hoặc gửi lại ảnh này."),
        "images.too_many_pixels": _("Ảnh “%(name)s” quá lớn (hơn %(limit)s triệu điểm ảnh). Anh/chị chụp lại ở cỡ nhỏ hơn."),
        "images.small": _("Ảnh nhỏ, chữ có thể khó đọc. Anh/chị xem lại, nếu mờ thì chụp gần hơn."),
        "images.first_of_many": _("Tệp có nhiều hình, chỉ hình đầu được giữ."),
    }
)


@dataclass(frozen=True)
class Photo:
    """A picture as it is kept: an upright JPEG in sRGB without metadata. `warnings` are codes that have words."""

    content: bytes
    width: int
    height: int
    warnings: tuple[str, ...] = ()


def clean(content: bytes, *, name: str = "", long_side_px: int = LONG_SIDE_PX, max_pixels: int = MAX_PIXELS) -> Photo:
    """Return the picture re-encoded, so that nothing of the original file but its pixels is left.

    Raises Refusal `images.broken` or `images.too_many_pixels`; the size is judged from the header, before any pixel is decoded.
    """
    with _one_at_a_time, _readable(name), _opened(content, name, max_pixels) as source:
        several = bool(getattr(source, "is_animated", False)) and source.format != "MPO"
        picture = _upright(_flat(_in_srgb(_shrunk(source, long_side_px))), source)
    warnings: tuple[str, ...] = ("images.first_of_many",) if several else ()
    if max(picture.size) < READABLE_LONG_SIDE_PX:
        warnings += ("images.small",)
    return Photo(_encoded(picture, "JPEG", quality=85), *picture.size, warnings)


def thumbnail(content: bytes, *, side_px: int = THUMBNAIL_SIDE_PX) -> bytes:
    """Return a WebP of at most so many px and 20 KB for lists. Raises Refusal `images.broken`."""
    with _one_at_a_time, _readable(""), _opened(content, "", MAX_PIXELS) as source:
        picture = _flat(_shrunk(source, side_px))
    for quality in (70, 50, 30, 15):
        small = _encoded(picture, "WEBP", quality=quality)
        if len(small) <= THUMBNAIL_MAX_BYTES:
            return small
    return _encoded(picture.resize((picture.width // 2 or 1, picture.height // 2 or 1)), "WEBP", quality=30)


def read_qr(content: bytes, *, name: str = "") -> list[str]:
    """Return the texts of the QR codes in a photo, none twice; an empty list when none can be read within about two seconds.

    Raises Refusal `images.broken` or `images.too_many_pixels`.
    """
    with _one_at_a_time, _readable(name), _opened(content, name, MAX_PIXELS) as source:
        grey = _flat(_shrunk(source, QR_LONG_SIDE_PX)).convert("L")
        give_up_at = time.monotonic() + QR_SECONDS
        for view in _views(grey):
            if texts := _codes_in(view):
                return texts
            if time.monotonic() > give_up_at:
                break
    return []


def _opened(content: bytes, name: str, max_pixels: int) -> "Picture":
    """Return the picture with only its header read."""
    from PIL import Image

    _know_heif()
    if content[:2] == b"\xff\xd8" and content.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise Refusal("images.broken", name=name)
    try:
        picture = Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP", "HEIF"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal("images.too_many_pixels", name=name, limit=max_pixels // 1_000_000) from error
    if picture.width * picture.height > max_pixels:
        picture.close()
        raise Refusal("images.too_many_pixels", name=name, limit=max_pixels // 1_000_000)
    return picture


class _readable:  # noqa: N801 (reads as a word in `with`)
    """Turns whatever a decoder throws at a bad file into a Refusal."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, Refusal):
            raise Refusal("images.broken", name=self.name) from error


@cache
def _know_heif() -> None:
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False)


def _shrunk(source: "Picture", long_side_px: int) -> "Picture":
    """Decode the first frame and bring its longer side down to the limit; smaller pictures keep their size."""
    from PIL import Image

    factor = min(1.0, long_side_px / max(source.size))
    size = (max(1, round(source.width * factor)), max(1, round(source.height * factor)))
    if source.format in {"JPEG", "MPO"}:
        source.draft(None, size)
    picture = _simple_mode(source)
    return picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _simple_mode(source: "Picture") -> "Picture":
    """Return the pixels as L, RGB, RGBA or CMYK with eight bits a channel."""
    if source.mode.startswith("I"):
        picture = source.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    elif source.mode in {"L", "RGB", "RGBA", "CMYK"} and "transparency" not in source.info:
        source.load()
        picture = source.copy()
    elif source.mode == "YCbCr":
        picture = source.convert("RGB")
    else:
        picture = source.convert("RGBA" if source.mode in {"P", "PA", "LA", "La", "RGBa"} or "transparency" in source.info else "L")
    picture.info = {key: value for key, value in source.info.items() if key == "icc_profile"}
    return picture


def _in_srgb(picture: "Picture") -> "Picture":
    """Convert by the colour profile that the picture brings; an unreadable profile is ignored."""
    from PIL import ImageCms

    profile = picture.info.pop("icc_profile", None)
    if not profile or picture.mode == "L":
        return picture
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return picture
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(picture, source, _srgb(), outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


@cache
def _srgb() -> Any:
    from PIL import ImageCms

    return ImageCms.createProfile("sRGB")


def _flat(picture: "Picture") -> "Picture":
    """Lay the picture on white paper, as RGB or grey."""
    from PIL import Image

    if picture.mode == "RGBA":
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        return paper
    return picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")


def _upright(picture: "Picture", source: "Picture") -> "Picture":
    """Turn the picture as its EXIF orientation says (HEIC is turned by its decoder); unreadable EXIF is ignored."""
    from PIL import ExifTags, Image

    try:
        orientation = source.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:
        return picture
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(orientation)
    return picture if turn is None else picture.transpose(turn)


def _encoded(picture: "Picture", kind: str, *, quality: int) -> bytes:
    picture.info = {}
    target = BytesIO()
    picture.save(target, kind, quality=quality)
    return target.getvalue()


def _views(grey: "Picture") -> Iterator["Picture"]:
    """Yield the photo as it is, then views in which a small, pale, slanted or blurred code can be found more easily."""
    from PIL import Image, ImageFilter, ImageOps

    yield grey
    strong = ImageOps.autocontrast(grey, cutoff=2)
    yield strong
    if max(grey.size) > QR_LONG_SIDE_PX // 2:
        yield strong.resize((grey.width // 2, grey.height // 2), Image.Resampling.BOX)
    else:
        yield strong.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC)
    yield strong.filter(ImageFilter.UnsharpMask(radius=3, percent=200))
    for tile in _tiles(strong):
        yield tile.resize((tile.width * 2, tile.height * 2), Image.Resampling.BICUBIC)
    for angle in (20, -20, 45):
        yield strong.rotate(angle, expand=True, fillcolor=255)


def _tiles(picture: "Picture") -> Iterator["Picture"]:
    """Yield nine overlapping parts, each half as wide and high as the whole."""
    width, height = picture.size
    for top in (0, height // 4, height // 2):
        for left in (0, width // 4, width // 2):
            yield picture.crop((left, top, left + width // 2, top + height // 2))


def _codes_in(view: "Picture") -> list[str]:
    import zxingcpp

    found = zxingcpp.read_barcodes(view, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return list(dict.fromkeys(_text_of(code) for code in found))


def _text_of(code: Any) -> str:
    """Read the bytes as UTF-8, which ID cards use without saying so; else trust the decoder's guess."""
    try:
        return bytes(code.bytes).decode()
    except UnicodeDecodeError:
        return str(code.text)
