"""Draws what a reader sees of a signature and of a seal."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from xaso.kernel.worktime import VN
from xaso.platform import pdf

_FOLDER = Path(__file__).resolve().parent / "appearances"
SEALS_HELD = 32


def signature_picture(name: str, *, is_test: bool, now: datetime) -> bytes:
    """Return the blue picture of a person's signature with name and time (ISO 8601), as a PDF of one page."""
    signed_at = now.astimezone(VN).isoformat(timespec="seconds")
    given_name = (name.split() or [""])[-1]
    return pdf.picture(_FOLDER / "signature.typ", {"name": name, "given_name": given_name, "signed_at": signed_at, "is_test": is_test})


@lru_cache(maxsize=SEALS_HELD)
def seal_picture(agency: str, province: str, *, is_test: bool) -> bytes:
    """Return the red picture of an agency's seal, as a PDF of one page."""
    return pdf.picture(_FOLDER / "seal.typ", {"agency": agency, "province": province, "is_test": is_test})
