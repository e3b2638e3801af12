"""What can be sent and how: addresses, the form of an SMS, the pauses between attempts. Pure functions over values."""

import re
from datetime import timedelta
from typing import Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from xaso.kernel.sms import measure, without_marks
from xaso.kernel.text import nfc

Marks = Literal["auto", "always", "never"]

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
MAX_ATTEMPTS = len(PAUSES) + 1
LEASE = timedelta(minutes=5)
REST_OF_CHANNEL = timedelta(minutes=1)


def pause_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many attempts; None when the message is to be given up."""
    return PAUSES[attempts - 1] if attempts < MAX_ATTEMPTS else None


def sendable_phone(text: str) -> str | None:
    """Return a Vietnamese mobile or fixed number as ten or eleven digits from 0; None for anything else."""
    digits = re.sub(r"[\s.\-()]", "", text)
    digits = re.sub(r"^(?:\+|00)84", "0", digits)
    return digits if re.fullmatch(r"0[1-9]\d{8,9}", digits, re.ASCII) else None


def sendable_email(text: str) -> str | None:
    """Return the address without blanks around it; None when it is none."""
    address = text.strip()
    try:
        validate_email(address)
    except ValidationError:
        return None
    return address


def sms_form(text: str, marks: Marks) -> str:
    """Return the text as it is sent. `auto` keeps the marks only where one segment holds them: without marks twice as much fits.

    Source for the sizes: GSM 03.38 (70 characters with marks, 160 without; 67 and 153 in joined segments).
    """
    composed = nfc(text)
    if marks == "always" or (marks == "auto" and measure(composed).segments == 1):
        return composed
    bare = without_marks(composed)
    return bare if marks == "never" or measure(bare).segments < measure(composed).segments else composed
