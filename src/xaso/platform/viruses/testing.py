"""For tests: the stand-in for clamd as a program of its own, taken into use."""

import io
import secrets
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf
import pytest

from xaso.platform.viruses.options import find_scanner

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass(frozen=True)
class Standin:
    """The running program: where it speaks clamd's protocol, and its control."""

    place: str
    control_address: str

    def control(self, **wanted: str) -> None:
        """Change how it behaves."""
        with urllib.request.urlopen(self.control_address, urllib.parse.urlencode(wanted).encode(), timeout=10):
            be_patient()


@contextmanager
def running(*options: str) -> Iterator[Standin]:
    """Yield the program on a free port, or on the path that the options name; it ends with the block."""
    command = [sys.executable, "-m", "xaso_standins.clamd", "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        place, address = process.stdout.readline().split()
        yield Standin(place, address)
    finally:
        process.terminate()
        process.communicate(timeout=10)


def take_into_use(standin: Standin, monkeypatch: pytest.MonkeyPatch, *, seconds: str = "10") -> None:
    """Name the program as this installation's scanner, and let it behave."""
    monkeypatch.setenv("XASO_CLAMD", standin.place)
    monkeypatch.setenv("XASO_CLAMD_SECONDS", seconds)
    standin.control(mode="good")


def be_patient() -> None:
    """Let the scanner be asked at once, though it failed a moment ago."""
    scanner = find_scanner()
    if scanner is not None:
        scanner.rest_no_longer()


def infected_pdf() -> bytes:
    """Return a good PDF with EICAR's harmless test text in it, another one each time."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    document.docinfo["/Title"] = secrets.token_hex()
    document.Root["/Held"] = document.make_stream(EICAR)
    target = io.BytesIO()
    document.save(target, compress_streams=False)
    return target.getvalue()
