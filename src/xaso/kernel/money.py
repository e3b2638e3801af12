"""Whole đồng, in figures and in words."""

import re

from xaso.kernel.errors import Refusal

MOST_VND = 10**15

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_THOUSANDS = ("", "nghìn", "triệu")
_GROUPED = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*|\d+", re.ASCII)
_CURRENCY = re.compile(r"\s*(?:đ|₫|đồng|dong|vnd|vnđ)\.?$", re.IGNORECASE)


def format_vnd(amount_vnd: int) -> str:
    """Return the amount in figures, as it is written in Vietnam: "15.000 đ"."""
    return f"{amount_vnd:,} đ".replace(",", ".")


def parse_vnd(text: str) -> int:
    """Read an amount that somebody typed, with or without points, commas or blanks between thousands and with or without the currency.

    Raises Refusal `money.malformed` for anything else: negative, with a part of a đồng, grouped wrongly (15.00) or above MOST_VND.
    """
    figures = _CURRENCY.sub("", text.replace("\u00a0", " ").strip())
    if not _GROUPED.fullmatch(figures) or len(figures) > 40:
        raise Refusal("money.malformed", text=text)
    amount_vnd = int(re.sub(r"\D", "", figures))
    if amount_vnd > MOST_VND:
        raise Refusal("money.malformed", text=text)
    return amount_vnd


def in_words(amount_vnd: int) -> str:
    """Return the amount in words, without a capital, as the north says it: "mười lăm nghìn đồng", "một trăm linh năm đồng"."""
    if amount_vnd < 0:
        return f"âm {in_words(-amount_vnd)}"
    return f"{_number(amount_vnd) or _DIGITS[0]} đồng"


def _number(number: int, *, full: bool = False) -> str:
    """Return a number in words, "" for 0; `full` says that greater groups stand before it, so that hundreds are spoken even when none."""
    billions, rest = divmod(number, 10**9)
    spoken = [f"{_number(billions, full=full)} tỷ"] if billions else []
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            spoken.append(f"{_hundreds(group, full=full or bool(spoken))} {_THOUSANDS[power]}".rstrip())
    return " ".join(spoken)


def _hundreds(group: int, *, full: bool) -> str:
    hundreds, rest = divmod(group, 100)
    if not hundreds and not full:
        return _tens(rest)
    spoken = f"{_DIGITS[hundreds]} trăm"
    if not rest:
        return spoken
    return f"{spoken} {_tens(rest)}" if rest >= 10 else f"{spoken} linh {_DIGITS[rest]}"


def _tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    ten = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    return f"{ten} {_one(ones, after_many=tens > 1)}" if ones else ten


def _one(ones: int, *, after_many: bool) -> str:
    """Return the last digit as it sounds after a ten: lăm, and after twenty and more mốt and tư."""
    if ones == 5:
        return "lăm"
    return {1: "mốt", 4: "tư"}.get(ones, _DIGITS[ones]) if after_many else _DIGITS[ones]
