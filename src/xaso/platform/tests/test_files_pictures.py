"""Thumbnails stay light, and QR codes are read from the photos that people really take."""

import io

import pytest
import segno
from PIL import Image, ImageFilter

from xaso.kernel.errors import Refusal
from xaso.platform import images
from xaso.platform.tests import file_samples as samples

CARD = "000090012345|123456789|Nguyễn Thị Hòa|01011990|Nữ|Thôn Nậm Kha, Xã Nậm Lúc, Huyện Bắc Hà, Lào Cai|01012022"


def code(text: str, side: int) -> Image.Image:
    target = io.BytesIO()
    segno.make(text, error="m", boost_error=False, encoding="utf-8").save(target, kind="png", scale=8, border=3)
    return Image.open(target).convert("L").resize((side, side))


def jpeg(picture: Image.Image, quality: int = 75) -> bytes:
    target = io.BytesIO()
    picture.convert("RGB").save(target, "JPEG", quality=quality)
    return target.getvalue()


def photo_of_card(side: int, angle: float, blur: float, size: tuple[int, int] = (3000, 2000)) -> bytes:
    desk = Image.effect_noise(size, 30).point(lambda level: level * 0.6 + 60)
    desk.paste(code(CARD, side).rotate(angle, expand=True, fillcolor=255), (size[0] // 2, size[1] // 6))
    return jpeg(desk.filter(ImageFilter.GaussianBlur(blur)))


@pytest.mark.parametrize(("side", "angle", "blur"), [(700, 0, 0), (400, 12, 1), (300, 90, 1), (260, 33, 0.8), (220, 180, 0.6)])
def test_the_code_of_a_card_is_read_far_slanted_and_blurred(side: int, angle: float, blur: float) -> None:
    assert images.read_qr(photo_of_card(side, angle, blur)) == [CARD]


def test_the_code_is_read_from_a_small_photo_and_a_heic_is_opened() -> None:
    assert images.read_qr(photo_of_card(180, 0, 0, (600, 400))) == [CARD]
    assert images.read_qr(samples.heic()) == []


def test_two_codes_are_both_read_and_one_code_twice_is_told_once() -> None:
    sheet = Image.new("L", (1500, 600), 255)
    for left, text in ((20, CARD), (520, "https://xa.example/xac-minh/abc"), (1020, CARD)):
        sheet.paste(code(text, 450), (left, 80))
    assert sorted(images.read_qr(jpeg(sheet))) == [CARD, "https://xa.example/xac-minh/abc"]


def test_a_photo_without_a_code_gives_nothing() -> None:
    assert images.read_qr(samples.photo()) == []


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"no picture", "images.broken"), (b"", "images.broken"), (samples.png_header_claiming(9_000, 9_000), "images.too_many_pixels")],
)
def test_what_is_no_photo_is_refused(content: bytes, refusal: str) -> None:
    with pytest.raises(Refusal) as caught:
        images.read_qr(content)
    assert caught.value.code == refusal


def test_a_thumbnail_of_the_busiest_picture_stays_under_20_kilobytes() -> None:
    noise = Image.effect_noise((320, 320), 120).convert("RGB")
    small = images.thumbnail(jpeg(noise, 95))
    assert len(small) <= images.THUMBNAIL_MAX_BYTES
    assert max(Image.open(io.BytesIO(small)).size) <= 320
