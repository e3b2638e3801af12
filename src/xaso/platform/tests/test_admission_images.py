"""Pictures at the door: what is taken comes out upright, small and without a past; what is not a picture is refused in plain words."""

import io
import time
from typing import Any

import pytest
from PIL import Image, ImageCms

from xaso.kernel.errors import Refusal
from xaso.platform.admission import Limits, admit
from xaso.platform.errors import UNKNOWN, words_for
from xaso.platform.tests import file_samples as samples


def refusal_of(content: bytes, name: str = "giấy tờ.jpg", limits: Limits | None = None) -> str:
    with pytest.raises(Refusal) as caught:
        admit(content, name=name, limits=limits or Limits())
    words = words_for(caught.value)
    assert words != str(UNKNOWN)
    assert "%" not in words
    return caught.value.code


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def is_blue(pixel: Any) -> bool:
    return bool(pixel[2] > 120 and pixel[0] < 80)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_a_jpeg_whatever_its_name_says(kind: str) -> None:
    admitted = admit(samples.photo(kind=kind), name="Giấy chứng sinh.exe")
    assert (admitted.media_type, admitted.name, admitted.pages) == ("image/jpeg", "Giấy chứng sinh.jpg", 1)
    assert (admitted.width, admitted.height) == opened(admitted.content).size == (800, 600)
    assert opened(admitted.content).format == "JPEG"
    assert admitted.warnings == ()


def test_a_heic_of_a_phone_is_taken() -> None:
    admitted = admit(samples.heic(), name="IMG_0001.HEIC")
    assert (admitted.media_type, admitted.name, admitted.width, admitted.height) == ("image/jpeg", "IMG_0001.jpg", 96, 64)
    picture = opened(admitted.content)
    assert is_blue(picture.getpixel((10, 10)))
    assert not is_blue(picture.getpixel((80, 50)))


@pytest.mark.parametrize(
    ("orientation", "blue_corner"), [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (7, (1, 1)), (8, (0, 1))]
)
def test_a_photo_is_turned_upright(orientation: int, blue_corner: tuple[int, int]) -> None:
    picture = opened(admit(samples.photo(exif=samples.exif(orientation)), name="a.jpg").content)
    assert picture.size == ((600, 800) if orientation > 4 else (800, 600))
    place = (blue_corner[0] * (picture.width - 20) + 10, blue_corner[1] * (picture.height - 20) + 10)
    assert is_blue(picture.getpixel(place))


def test_place_maker_comment_and_profile_are_gone() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    raw = samples.photo(exif=samples.exif(1), comment=b"secret comment", icc_profile=profile, xmp=b"<x:xmpmeta/>")
    content = admit(raw, name="a.jpg").content
    assert dict(opened(content).getexif()) == {}
    for trace in (b"Exif", b"Giang", "Giàng".encode(), b"secret", b"ICC_PROFILE", b"xmpmeta"):
        assert trace not in content


def test_what_hides_behind_the_pixels_does_not_survive() -> None:
    for hidden in (b"<script>alert(1)</script>", b"<?php system($_GET[0]); ?>", samples.archive()):
        content = admit(samples.photo() + hidden, name="a.jpg").content
        assert hidden[:12] not in content


def test_a_large_photo_is_brought_down_to_2400_unless_more_is_asked() -> None:
    raw = samples.photo(5000, 2500)
    small = admit(raw, name="a.jpg")
    assert (small.width, small.height) == (2400, 1200)
    assert admit(raw, name="a.jpg", limits=Limits(long_side_px=4000)).width == 4000


def test_a_photo_of_twelve_million_pixels_is_quick() -> None:
    noise = Image.effect_noise((4032, 3024), 40).convert("RGB")
    target = io.BytesIO()
    noise.save(target, "JPEG", quality=80)
    before = time.process_time()
    admit(target.getvalue(), name="a.jpg")
    assert time.process_time() - before < 3


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_scans_in_any_mode_keep_their_light_and_dark(mode: str) -> None:
    picture = Image.new("L", (800, 600), 255)
    picture.paste(0, (0, 0, 400, 300))
    target = io.BytesIO()
    made = picture.convert("I").point(lambda level: level * 257).convert("I;16") if mode == "I;16" else picture.convert(mode)
    made.save(target, "PNG")
    grey = opened(admit(target.getvalue(), name="a.png").content).convert("L")
    dark, light = (max(grey.crop((x, y, x + 1, y + 1)).tobytes()) for x, y in ((50, 50), (700, 500)))
    assert dark < 10
    assert light > 245


def test_the_see_through_becomes_white_paper() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (800, 600), (0, 0, 0, 0)).save(target, "PNG")
    assert opened(admit(target.getvalue(), name="a.png").content).getpixel((5, 5)) == (255, 255, 255)


def test_cmyk_of_a_print_shop_keeps_its_colours() -> None:
    picture = opened(admit(samples.photo(mode="CMYK"), name="a.jpg").content)
    assert picture.mode == "RGB"
    assert is_blue(picture.getpixel((50, 50)))


def test_of_an_animation_the_first_picture_is_kept_with_a_warning() -> None:
    frames = [Image.new("RGB", (800, 600), colour) for colour in ("blue", "red")]
    target = io.BytesIO()
    frames[0].save(target, "WEBP", save_all=True, append_images=frames[1:], duration=100)
    admitted = admit(target.getvalue(), name="a.webp")
    assert admitted.warnings == ("images.first_of_many",)
    assert is_blue(opened(admitted.content).getpixel((5, 5)))
    assert words_for(Refusal(admitted.warnings[0])) != str(UNKNOWN)


def test_a_tiny_photo_is_taken_with_a_warning() -> None:
    assert admit(samples.photo(300, 200), name="a.jpg").warnings == ("images.small",)


@pytest.mark.parametrize("side", [8_000, 12_000, 60_000])
def test_a_bomb_is_refused_before_a_pixel_is_decoded(side: int) -> None:
    before = time.process_time()
    assert refusal_of(samples.png_header_claiming(side, side)) == "images.too_many_pixels"
    assert time.process_time() - before < 0.5


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00"
    progressive = samples.photo(progressive=True)
    assert refusal_of(progressive[:-2] + scan * 5_000 + progressive[-2:]) == "images.broken"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.02, 0.5, 0.9])
def test_an_upload_cut_half_way_is_refused(kind: str, part: float) -> None:
    noise = Image.effect_noise((900, 700), 60)
    target = io.BytesIO()
    noise.save(target, kind)
    whole = target.getvalue()
    assert refusal_of(whole[: int(len(whole) * part)]) == "images.broken"


def test_a_heic_cut_half_way_is_refused() -> None:
    for part in (60, 300, 500, 600):
        assert refusal_of(samples.heic()[:part]) == "images.broken"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "admission.empty"),
        (b"MZ\x90\x00" + b"\x00" * 200, "admission.program"),
        (b"\x7fELF\x02\x01\x01", "admission.program"),
        (b"#!/bin/sh\nrm -rf /\n", "admission.program"),
        (b"<!doctype html><script>alert(1)</script>", "admission.kind_unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "admission.kind_unknown"),
        (b"GIF89a\x01\x00\x01\x00", "admission.kind_unknown"),
        (b"\x00" * 1000, "admission.kind_unknown"),
        (b"\xff\xd8\xff\xe0 this is no picture", "images.broken"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 500, "images.broken"),
        (samples.archive("word/document.xml", b"<w/>"), "admission.office"),
        (samples.archive(), "admission.office"),
    ],
)
def test_what_is_no_paper_is_refused(content: bytes, code: str) -> None:
    assert refusal_of(content) == code


def test_more_than_ten_megabytes_are_refused_before_anyone_looks_inside() -> None:
    assert refusal_of(b"\xff\xd8\xff" + b"\x00" * (10 * 1024 * 1024)) == "admission.too_heavy"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\pao\\ảnh.PNG", "ảnh.jpg"),
        ("a\u0309nh.jpg", "ảnh.jpg"),
        ("gpj.\u202eexe.jpg", "gpj.exe.jpg"),
        ("x\r\nSet-Cookie: a=b.jpg", "xSet-Cookie a=b.jpg"),
        ("", "giay-to.jpg"),
        ("....", "giay-to.jpg"),
        ("tên 🙂 dài.jpg", "tên 🙂 dài.jpg"),
        ("a" * 300 + ".jpg", "a" * 100 + ".jpg"),
    ],
)
def test_names_lose_what_steers_screens_and_disks(given: str, kept: str) -> None:
    assert admit(samples.photo(), name=given).name == kept
