"""Whole đồng, in figures and in words."""

import re

from xaso.kernel.errors import Refusal
from xaso.kernel.numbers import number_in_words

MOST_VND = 10**15

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
    return f"{number_in_words(amount_vnd)} đồng"
