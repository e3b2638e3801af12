"""What can be sent and how: addresses, the form of an SMS, the pauses between attempts. Pure functions over values."""

import re
from datetime import datetime, time, timedelta
from typing import Literal
from unicodedata import category

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from xaso.kernel.sms import measure, read_gsm7, without_marks
from xaso.kernel.text import fold, nfc
from xaso.kernel.worktime import VN

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
LONGEST_SHORT_NUMBER = 8
LONGEST_INCOMING = 1000
SHORTEST_ECHO = 20
_KEY_OF_LINK = re.compile(r"(https?://[^\s/]+/(?:[a-z0-9-]+/)+)[\w-]{10,}/?", re.ASCII)


def without_keys(body: str) -> str:
    """Return a message as those who work here may read it: what opens a person's own page is left out of its link.

    Such a key is the last part of an address under another part; whoever had it could act in that person's place.
    """
    return _KEY_OF_LINK.sub(r"\1…", body)


CALL_PAUSES = (timedelta(hours=2), timedelta(hours=5), timedelta(days=1), timedelta(days=1))
MOST_MISSES = len(CALL_PAUSES) + 1
MOST_MACHINE_MISSES = 2
CALL_LEASE = timedelta(minutes=10)
"""For how long a machine has a call in hand; one that dies lets it run out."""
CALLS_BEGIN, CALLS_END = time(8, 0), time(20, 0)


def calling_time(at: datetime) -> datetime:
    """Return the moment itself if people may be called then, else the next morning at eight."""
    local = at.astimezone(VN)
    if CALLS_BEGIN <= local.time() < CALLS_END:
        return at
    day = local.date() + timedelta(days=local.time() >= CALLS_END)
    return datetime.combine(day, CALLS_BEGIN, tzinfo=VN)


def is_being_made(due_at: datetime, missed_at: datetime | None, misses: int, *, now: datetime) -> bool:
    """Tell whether a machine has a waiting call of its own in hand: it is due at the end of a lease, not after the pause of a miss."""
    is_pause = missed_at is not None and misses > 0 and due_at == calling_time(missed_at + CALL_PAUSES[misses - 1])
    return now < due_at <= now + CALL_LEASE and not is_pause and calling_time(now) == now


def takes_sms(phone: str) -> bool:
    """Tell whether a number of ours is a mobile one: fixed lines begin with 02."""
    return not phone.startswith("02")


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


def international(phone: str) -> str:
    """Return a number of ours as a message centre writes it: the country's code, no plus; another one by its digits alone."""
    digits = re.sub(r"\D", "", phone)
    return "84" + digits[1:] if digits.startswith("0") and not digits.startswith("00") else digits.removeprefix("00")


def names_of_reference(reference: str) -> frozenset[str]:
    """Return the ways in which a centre may have written its reference when it took the message over.

    Many answer in hexadecimal and report in decimal figures, or the other way round, with zeros before or without.
    """
    names = {reference, reference.lower(), reference.upper()}
    if re.fullmatch(r"\d{1,20}", reference, re.ASCII):
        names |= {f"{int(reference)}", f"{int(reference):010d}", *_hexadecimal(int(reference))}
    if re.fullmatch(r"[0-9a-fA-F]{1,16}", reference, re.ASCII):
        names |= {f"{int(reference, 16)}", f"{int(reference, 16):010d}", *_hexadecimal(int(reference, 16))}
    return frozenset(names)


def _hexadecimal(number: int) -> set[str]:
    return {f"{number:x}", f"{number:X}", f"{number:08x}", f"{number:08X}"}


def sender_type(sender: str) -> tuple[int, int]:
    """Return type of number and numbering plan: a name is alphanumeric, a short figure the network's own, a long one international.

    Source: SMPP 3.4, sections 5.2.5 and 5.2.6.
    """
    if not sender.isdigit():
        return 5, 0
    return (3, 0) if len(sender) <= LONGEST_SHORT_NUMBER else (1, 1)


def incoming_phone(written: str) -> str:
    """Return the sender's number as ours are written; a short code or a name as it came, since those are never answered."""
    plain = "".join(character for character in written if category(character)[0] != "C").strip()
    digits = re.sub(r"[\s.\-()]", "", plain)
    national = sendable_phone(f"+{digits}" if re.fullmatch(r"84[1-9]\d{8,9}", digits, re.ASCII) else digits)
    return national or plain[:40]


def incoming_text(octets: bytes, coding: str) -> str:
    """Return what an SMS says, composed, without what no screen shows, and cut where no person writes on. Nothing raises."""
    text = read_gsm7(octets) if coding == "gsm7" else octets.decode({"ucs2": "utf-16-be", "utf8": "utf-8"}.get(coding, coding), "replace")
    shown = (character for character in nfc(text) if character == "\n" or category(character)[0] != "C")
    return "".join(shown).strip()[:LONGEST_INCOMING]


def is_echo(text: str, sent: str) -> bool:
    """Tell whether a text is one of ours that came back, as machines answer: with or without something before and after it."""
    ours = fold(sent)
    return len(ours) >= SHORTEST_ECHO and ours in fold(text)
