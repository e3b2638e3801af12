"""The QR code on a citizen's card: fields between bars, not signed, so that reading it proves nothing."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers.personal_number import PersonalNumber
from xaso.kernel.partial_dates import PartialDate
from xaso.kernel.text import fold, tidy_name

_SEXES = {"nam": "male", "nu": "female"}
_DAY = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_ENCODINGS_TAKEN_FOR_UTF8 = ("latin-1", "cp1252")


@dataclass(frozen=True)
class CardQr:
    """What a card's QR says. Words it lacks are empty, days it lacks are None; `warnings` are codes of what to look at twice.

    `card_qr.expired` · `card_qr.name_unsure` and `card_qr.address_unsure` (a reader garbled the marks: copy from the card) ·
    `card_qr.issue_day_unsure` · `card_qr.sex_unsure` · and those of PersonalNumber.
    """

    number: PersonalNumber
    old_number: str
    full_name: str
    birth: PartialDate
    sex: str
    address: str
    issued_on: date | None
    expires_on: date | None
    warnings: tuple[str, ...]


def read_card_qr(text: str, *, today: date | None = None, demo: bool = False) -> CardQr:
    """Read number, former number, name, birth, sex, address and, where present, days of issue and expiry; further fields are passed over.

    Without `today` no day is judged. Raises Refusal `card_qr.empty`, `card_qr.web_address`, `card_qr.payment` (a bank's QR),
    `card_qr.not_a_card` (any other code, of other papers or countries too) or `card_qr.unreadable` (a card's, but cut off or spoilt).
    """
    fields = _fields(text)
    number = PersonalNumber(fields[0])
    birth = _read_birth(fields[3], today)
    sex = _SEXES.get(fold(fields[4]), "")
    issued_on = _read_day(fields[6])
    expires_on = _read_expiry(fields[7], issued_on)
    looked_at = {
        "card_qr.expired": today is not None and expires_on is not None and expires_on < today,
        "card_qr.name_unsure": not _is_clean(fields[2], "'-."),
        "card_qr.address_unsure": not _is_clean(fields[5], "'-.,/()0123456789:;&+°"),
        "card_qr.issue_day_unsure": (issued_on is None and fields[6] != "")
        or (today is not None and issued_on is not None and issued_on > today),
        "card_qr.sex_unsure": not sex,
    }
    return CardQr(
        number=number,
        old_number=fields[1] if re.fullmatch(r"\d{9}", fields[1], re.ASCII) else "",
        full_name=fields[2],
        birth=birth,
        sex=sex,
        address=fields[5],
        issued_on=issued_on,
        expires_on=expires_on,
        warnings=(*(code for code, seen in looked_at.items() if seen), *number.warnings(birth=birth, sex=sex, demo=demo)),
    )


def _fields(text: str) -> list[str]:
    """Return at least eight fields, composed and without stray blanks. Raises Refusal where the code is not a card's."""
    whole = _mended(text).strip("\ufeff \t\r\n\0")
    fields = [tidy_name(field) for field in whole.split("|")]
    if not re.fullmatch(r"\d{12}", fields[0], re.ASCII) or len(fields) == 1:
        raise Refusal(_what_else(whole))
    if len(fields) < 6 or not fields[2]:
        raise Refusal("card_qr.unreadable")
    return fields + [""] * (8 - len(fields))


def _what_else(whole: str) -> str:
    """Return the code of the refusal for a QR that is no card's."""
    if not whole:
        return "card_qr.empty"
    if re.match(r"(?:https?://|www\.)", whole, re.IGNORECASE):
        return "card_qr.web_address"
    if whole.startswith("000201"):
        return "card_qr.payment"
    return "card_qr.not_a_card"


def _mended(text: str) -> str:
    """Return the text that was meant where a reader took UTF-8 for a Western encoding ("GiÃ ng" for "Giàng")."""
    for encoding in _ENCODINGS_TAKEN_FOR_UTF8:
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _read_birth(field: str, today: date | None) -> PartialDate:
    """Read ddMMyyyy, with 00 for unknown parts, or a year alone. Raises Refusal for what can't be a birth."""
    try:
        if _YEAR.fullmatch(field):
            birth = PartialDate.parse(field)
        else:
            birth = PartialDate.parse(_DAY.sub(r"\1/\2/\3", field) if _DAY.fullmatch(field) else "")
    except Refusal as refused:
        raise Refusal("card_qr.unreadable") from refused
    if today is not None and birth.earliest > today:
        raise Refusal("card_qr.unreadable")
    return birth


def _read_day(field: str) -> date | None:
    found = _DAY.fullmatch(field)
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _read_expiry(field: str, issued_on: date | None) -> date | None:
    """Return the eighth field where it looks like an expiry; newer cards hold other things there."""
    day = _read_day(field)
    return day if day is not None and (issued_on is None or day > issued_on) else None


def _is_clean(text: str, signs: str) -> bool:
    """Tell whether the text holds Latin letters, blanks and the given signs only; garbled readings rarely do."""
    return bool(text) and all(character in signs or character == " " or _is_latin(character) for character in text)


def _is_latin(character: str) -> bool:
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN")
