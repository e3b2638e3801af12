"""How each kind of thing is said that is not said as it is written: dates, hours, papers of law, codes, numbers to dial, money, measures.

Each function takes the text as it was found; None says that it is no such thing after all.
"""

import re

from xaso.kernel.numbers import number_in_words
from xaso.kernel.partial_dates import PartialDate
from xaso.kernel.speaking.numbers import FIGURE, digit_by_digit, figure, in_groups, roman
from xaso.kernel.speaking.words import ABBREVIATIONS, KINDS_OF_LAW, ORGANS, UNITS, letter_by_letter
from xaso.kernel.spelt_dates import Hour, date_in_words, hour_in_words

LAW = (
    r"(?P<paper>(?:[Nn]ghị định|[Qq]uyết định|[Tt]hông tư(?: liên tịch)?|[Nn]ghị quyết|[Cc]hỉ thị|[Kk]ế hoạch|[Cc]ông văn|[Tt]hông báo|"
    r"[Tt]ờ trình|[Pp]háp lệnh)(?: số)? )?"
    r"(?P<number>\d{1,5})(?:/(?P<year>\d{4}))?/(?P<kind>[A-ZĐ]+[a-z]?\d*)(?P<organ>(?:-[A-ZĐ]+[a-z]?\d*)*)"
)
_TO = re.compile(r"\s?[-–—]\s?")
_NAMES_IN_ADDRESSES = {".": "chấm", "/": "gạch chéo", "-": "gạch ngang", "_": "gạch dưới", "@": "a còng"}
_VOWELS = re.compile(r"[aeiouy]", re.IGNORECASE)
_LEAP_YEAR = 2024


def date(text: str) -> str | None:
    """Say "25/11/2026", "11/2026" and "2026-11-25", with "ngày" or "tháng" once whether it is written before or not."""
    parts = [int(part) for part in re.findall(r"\d+", text)]
    year, *rest = parts if parts[0] > 31 else reversed(parts)
    try:
        said = date_in_words(PartialDate(year, *rest))
    except ValueError:
        return None
    return said.capitalize() if text[0].isupper() else said


def day_of_year(text: str) -> str | None:
    """Say "ngày 25/11"; two numbers and a stroke without that word before them are no date."""
    said = date(f"{text}/{_LEAP_YEAR}")
    return said.rpartition(" năm ")[0] if said else None


def hour(text: str) -> str | None:
    """Say "14:30" and "7h30"; a full hour without its minutes."""
    try:
        told = Hour(*(int(part) for part in re.findall(r"\d+", text)))
    except ValueError:
        return None
    return hour_in_words(told if told.minute else Hour(told.hour))


def hours(text: str) -> str | None:
    """Say "7h30–11h30"."""
    begins, ends = (hour(end) for end in _TO.split(text))
    return f"{begins} đến {ends}" if begins and ends else None


def law(text: str) -> str | None:
    """Say "118/2025/NĐ-CP": what it is unless the text has just said so, its number, its year and whose it is."""
    found = re.fullmatch(LAW, text)
    if found is None:
        return None
    kind = KINDS_OF_LAW.get(found["kind"], "")
    pieces = [f"{found['paper'] or (f'{kind} số ' if kind else '')}{figure(found['number'])}"]
    if found["year"]:
        pieces.append(f"năm {number_in_words(int(found['year']))}")
    if not kind:
        pieces.append(_organs(found["kind"]))
    if found["organ"]:
        pieces.append(f"của {_organs(found['organ'].lstrip('-'))}")
    return ", ".join(pieces)


def _organs(letters: str) -> str:
    return " ".join(_organ(part) for part in letters.split("-"))


def _organ(part: str) -> str:
    """Return who is meant by letters of a paper's number; the "13" of "QH13" is the term of that assembly."""
    name = part.rstrip("0123456789")
    term = part[len(name) :]
    said = ORGANS.get(name) or ABBREVIATIONS.get(name) or letter_by_letter(name)
    return f"{said} khóa {number_in_words(int(term))}" if term else said


def code(text: str) -> str:
    """Say "XS-261124-0007": letters by their names, digits one by one, a pause at each hyphen."""
    return ", ".join(" chấm ".join(letter_by_letter(piece) for piece in part.split(".")) for part in re.split(r"[-/]", text))


def masked(text: str) -> str:
    """Say "012*****8901": how many digits are not shown."""
    first, last = re.split(r"\*+", text, maxsplit=1)
    said = (digit_by_digit(first), f"{number_in_words(text.count('*'))} số ẩn", digit_by_digit(last))
    return ", ".join(part for part in said if part)


def phone(text: str) -> str:
    """Say a number to be dialled digit by digit, with a pause where it is written with one, else after four, three and three."""
    parts = re.findall(r"\d+", text)
    if len(parts) > 1:
        return f"{'cộng ' if text[0] == '+' else ''}{', '.join(map(digit_by_digit, parts))}"
    (digits,) = parts
    if text[0] == "+":
        return f"cộng {digit_by_digit(digits[:2])}, {in_groups(digits[2:], 3)}"
    return f"{digit_by_digit(digits[:4])}, {in_groups(digits[4:], 3 if text[0] == '0' else 4)}"


def short_number(text: str) -> str:
    """Say "gọi 113" and "tổng đài số 111" digit by digit."""
    words, _blank, digits = text.rpartition(" ")
    return f"{words} {digit_by_digit(digits)}"


def size(text: str) -> str:
    """Say "3x4 cm": the sides, then the unit once."""
    one, other, unit = re.fullmatch(rf"({FIGURE})\s?[x×]\s?({FIGURE})\s?(\w+)", text).groups()  # type: ignore[union-attr]
    return f"{figure(one)} nhân {figure(other)} {UNITS[unit]}"


def personal_number(text: str) -> str:
    """Say the twelve digits of an identity card in threes."""
    return in_groups(text, 3)


def money(text: str) -> str:
    """Say "15.000 đ" and "10.000–15.000 đ/bản"."""
    amounts, _stroke, each = text.partition("/")
    return f"{amount_or_range(amounts)} đồng{f' một {each.strip()}' if each else ''}"


def measure(text: str) -> str:
    """Say "2,5 km", "120 m²", "5–10%"."""
    found = re.fullmatch(rf"((?:{FIGURE})(?:{_TO.pattern}(?:{FIGURE}))?)\s?(.+)", text)
    assert found is not None
    return f"{amount_or_range(found[1])} {UNITS.get(found[2], 'phần trăm')}"


def amount_or_range(text: str) -> str:
    """Say "3" and "3–5"."""
    return " đến ".join(figure(amount) for amount in re.findall(FIGURE, text))


def counted(text: str) -> str | None:
    """Say "Phần II" and "quý III/2026"."""
    named, _stroke, year = text.partition("/")
    word, _blank, number = named.rpartition(" ")
    counts = roman(number)
    return f"{word} {number_in_words(counts)}{f' năm {number_in_words(int(year))}' if year else ''}" if counts else None


def fraction(text: str) -> str:
    """Say "1/3" and "24/24"."""
    return " trên ".join(figure(part) for part in text.split("/"))


def address(text: str) -> str:
    """Say an address of the web or of e-mail: signs by their names, and names that have no vowel letter by letter."""
    bare = re.sub(r"^https?://", "", text).rstrip("/")
    parts = re.findall(r"[^\W\d_]+|\d+|[./@_-]", bare)
    return " ".join(_NAMES_IN_ADDRESSES.get(part) or (part.lower() if _VOWELS.search(part) else letter_by_letter(part)) for part in parts)


def with_number(text: str) -> str:
    """Say "A12", "TK1" and "D-5": letters by their names, the number as a whole."""
    letters, number, rest = re.fullmatch(r"([^\W\d_]+)-?(\d+)(.*)", text).groups()  # type: ignore[union-attr]
    return " ".join(
        part for part in (ABBREVIATIONS.get(letters) or letter_by_letter(letters), figure(number), letter_by_letter(rest)) if part
    )
