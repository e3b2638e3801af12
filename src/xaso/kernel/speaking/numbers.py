"""Numbers as people say them: amounts as a whole, phone numbers and codes digit by digit, Roman ones as what they count."""

import re

from xaso.kernel.numbers import number_in_words

MOST_DIGITS = 12
"""A longer figure is no amount but the number of something, and is said digit by digit."""

FIGURE = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
"""A figure as it is written here: points between thousands, a comma before decimals."""

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def digit_by_digit(digits: str) -> str:
    """Return each digit by its name; other signs are left out."""
    return " ".join(number_in_words(int(digit)) for digit in digits if digit.isdecimal())


def in_groups(digits: str, size: int) -> str:
    """Return the digits with a pause after each `size` of them, so that they can be written down."""
    bare = [digit for digit in digits if digit.isdecimal()]
    return ", ".join(digit_by_digit("".join(bare[place : place + size])) for place in range(0, len(bare), size))


def figure(text: str) -> str:
    """Return a figure as it is written here in words: "15.000", "12,5", "1.234,75"; "007" and very long ones digit by digit."""
    whole, comma, decimals = text.partition(",")
    whole = re.sub(r"[. ]", "", whole)
    said = digit_by_digit(whole) if len(whole) > MOST_DIGITS or (len(whole) > 1 and whole[0] == "0") else number_in_words(int(whole))
    if not comma:
        return said
    plain = len(decimals) < 3 and decimals[0] != "0"
    return f"{said} phẩy {number_in_words(int(decimals)) if plain else digit_by_digit(decimals)}"


def roman(text: str) -> int | None:
    """Return what a Roman number below 400 counts, None for what is no such number ("IC", "XXL")."""
    values = [_ROMAN[letter] for letter in text]
    total = sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
    return total if _roman_of(total) == text else None


def _roman_of(number: int) -> str:
    written = ""
    for value, letters in (
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        times, number = divmod(number, value)
        written += letters * times
    return written
