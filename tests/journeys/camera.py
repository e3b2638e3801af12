"""A browser whose camera shows a picture of ours: a QR code, or a blank paper."""

from pathlib import Path

import segno
from playwright.sync_api import Browser

from tests.journeys.conftest import CHROMIUM, CHROMIUM_OPTIONS

WIDTH, HEIGHT = 640, 480
BLACK, WHITE, GREY = 16, 235, 128
FAKE = ("--use-fake-device-for-media-stream",)
ALLOWED = ("--use-fake-ui-for-media-stream",)


def with_camera(browser: Browser, film: Path | None = None, *, allowed: bool = True) -> Browser:
    """Start one more browser of the same driver, with a camera that shows the film, or a test picture without one."""
    shown = (f"--use-file-for-fake-video-capture={film}",) if film else ()
    options = [*CHROMIUM_OPTIONS, *FAKE, *(ALLOWED if allowed else ()), *shown]
    return browser.browser_type.launch(executable_path=CHROMIUM, args=options)


def film_of_qr(text: str, path: Path) -> Path:
    """Write a film of one frame, which the browser shows again and again: the QR code in the middle of a white paper."""
    rows = [list(row) for row in segno.make(text, micro=False).matrix_iter(border=4)]
    scale = HEIGHT // len(rows)
    left, top = (WIDTH - scale * len(rows)) // 2, (HEIGHT - scale * len(rows)) // 2
    light = bytearray([WHITE]) * (WIDTH * HEIGHT)
    for y, row in enumerate(rows):
        for x, is_dark in enumerate(row):
            if is_dark:
                for line in range(scale):
                    start = (top + y * scale + line) * WIDTH + left + x * scale
                    light[start : start + scale] = bytearray([BLACK]) * scale
    colour = bytes([GREY]) * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode() + (b"FRAME\n" + bytes(light) + colour) * 2)
    return path
