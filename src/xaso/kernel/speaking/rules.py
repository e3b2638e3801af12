"""A written sentence as people say it. One pass over the text: at each place the first rule that fits speaks, and nothing is said twice.

Only Vietnamese has rules; a text in another language is left to its voice.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from xaso.kernel.speaking import things
from xaso.kernel.speaking.numbers import FIGURE, figure
from xaso.kernel.speaking.words import ABBREVIATIONS, LETTERS, SIGNS, UNITS, letter_by_letter
from xaso.kernel.text import nfc

_DASH = r"\s?[-–—]\s?"
_HOUR = r"\d{1,2}(?::\d{2}|h(?:\d{2})?|g\d{2})"
_CURRENCY = r"(?:đ|₫|đồng|VNĐ|VND|vnđ)(?!\w)"
_COUNTED = "Phần|Chương|Mục|Phụ lục|Quyển|Tập|Khóa|Khoá|Quý|Kỳ|Hạng|Loại|Cấp|Bậc|Nhóm|Vùng|Khu vực|Đợt|Thế kỷ|Mẫu số|Giai đoạn"
_WORDS_OF_ONE_LETTER = frozenset("AEIOUYÔ")
_VOWELS = frozenset("AEIOUY")
_PAIRS = frozenset({"CH", "GH", "KH", "NG", "NH", "PH", "TH", "TR"})
_ENDS = frozenset("CMNPT")


@dataclass(frozen=True)
class Rule:
    """A kind of thing that is not said as it is written, and how it is said. None leaves it to the rules of single words."""

    name: str
    pattern: str
    say: Callable[[str], str | None]


def _any(words: object) -> str:
    """Return a pattern that fits one of the words, the longest first, and no part of a longer word."""
    listed = sorted(map(str, words), key=len, reverse=True)  # type: ignore[call-overload]
    return rf"(?<![\w'])(?:{'|'.join(map(re.escape, listed))})(?!\w)"


def _word(word: str) -> str:
    """Say a word written in capitals as a word if it can be one of ours, else by its letters; a letter that stands alone by its name."""
    if not word.isupper():
        return word
    if len(word) == 1:
        return word.lower() if word in _WORDS_OF_ONE_LETTER else LETTERS.get(word, word.lower())
    return word.lower() if _can_be_said(word) else letter_by_letter(word)


def _can_be_said(word: str) -> bool:
    """Tell whether capitals may be a syllable: a mark shows it, else it has vowels, and consonants as syllables have them."""
    if not word.replace("Đ", "D").isascii():
        return True
    vowels = [place for place, letter in enumerate(word) if letter in _VOWELS]
    if not vowels or len(word) > 7:
        return False
    onset, rhyme, coda = word[: vowels[0]], word[vowels[0] : vowels[-1] + 1], word[vowels[-1] + 1 :]
    fits = (len(onset) < 2 or onset in _PAIRS or onset == "NGH") and (not coda or coda in _ENDS or coda in {"CH", "NG", "NH"})
    return fits and _VOWELS.issuperset(rhyme) and not any(one == other for one, other in pairwise(rhyme))


_SHOWN_DATE = r"\d{1,2}(?P<between>[/.-])\d{1,2}(?P=between)\d{4}(?![\d/])"
_RULES = (
    Rule(
        "address",
        r"https?://\S*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:[\w-]+\.)+(?:vn|com|org|net|info)(?!\w)(?:/[\w./-]*\w)?",
        things.address,
    ),
    Rule("law", rf"(?<![\w/]){things.LAW}(?!\w)", things.law),
    Rule(
        "code",
        r"(?<!\w)(?:XS-?\d{6}-?\d{4,}|(?:\d{3}\.\d{2}\.\d{2}\.)?[GH]\d{2}(?:\.\d{1,4}){0,3}(?:-\d{4,8}){1,2}|\d\.\d{6})(?!\w)",
        things.code,
    ),
    Rule("masked", r"\d*\*{3,}\d*", things.masked),
    Rule("date", rf"(?:[Nn]gày )?(?<![\d/.-]){_SHOWN_DATE}|(?<![\d/-])\d{{4}}-\d{{2}}-\d{{2}}(?!\d)", things.date),
    Rule("month", r"(?:[Tt]háng )?(?<![\d/])(?:0?[1-9]|1[0-2])/(?:19|20)\d{2}(?![\d/])", things.date),
    Rule("day", r"[Nn]gày (?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/])", things.day_of_year),
    Rule("hours", rf"(?<![\w:]){_HOUR}{_DASH}{_HOUR}(?![\w:])", things.hours),
    Rule("hour", rf"(?<![\w:]){_HOUR}(?![\w:])", things.hour),
    Rule(
        "phone",
        r"(?<![\w.,])(?:(?:\+84|\(?0\d{0,3}\)?)[ .]?\d{1,4}(?:[ .]\d{2,4}){1,3}|\+84\d{8,10}|0\d{9,10}|1[89]00[ .]?\d{4,6})(?!\w)",
        things.phone,
    ),
    Rule("short_number", r"(?<!\w)(?:[Gg]ọi|[Tt]ổng đài|[Đđ]ường dây nóng)(?: số)? 1\d{2}(?![\d.,]?\d)", things.short_number),
    Rule("size", rf"(?<![\w.,])(?:{FIGURE})\s?[x×]\s?(?:{FIGURE})\s?(?:mm|cm|dm|m)(?!\w)", things.size),
    Rule("personal_number", r"(?<![\w.,])\d{12}(?!\w)", things.personal_number),
    Rule("money", rf"(?<![\w.,])(?:(?:{FIGURE}){_DASH})?(?:{FIGURE})\s?{_CURRENCY}(?:\s?/\s?[^\W\d_]+)?", things.money),
    Rule(
        "measure", rf"(?<![\w.,])(?:(?:{FIGURE}){_DASH})?(?:{FIGURE})\s?(?:(?:{'|'.join(map(re.escape, UNITS))})(?!\w)|%)", things.measure
    ),
    Rule("range", rf"(?<![\w.,/])(?:{FIGURE}){_DASH}(?:{FIGURE})(?![\w/])", things.amount_or_range),
    Rule("counted", rf"(?<!\w)(?i:{_COUNTED}) (?:[IVX]+|[IVXLC]{{2,}})(?:/\d{{4}})?(?!\w)", things.counted),
    Rule("fraction", r"(?<![\w/])\d{1,4}/\d{1,4}(?![\w/])", things.fraction),
    Rule("with_number", r"(?<!\w)[A-ZĐ]{1,6}-?\d+[A-ZĐa-z]?(?!\w)", things.with_number),
    Rule("figure", rf"(?<![\w.,])(?:{FIGURE})(?!\w)", figure),
    Rule("digits", r"\d+", figure),
    Rule("abbreviation", _any(ABBREVIATIONS), ABBREVIATIONS.get),
    Rule("word", r"[^\W\d_]+(?:'[^\W\d_]+)*", _word),
    Rule("sign", "[" + re.escape("".join(SIGNS)) + "]", SIGNS.get),
)
_BY_NAME = {rule.name: rule for rule in _RULES}
_SCAN = re.compile("|".join(f"(?P<{rule.name}>{rule.pattern})" for rule in _RULES))
_SINGLE_WORDS = re.compile("|".join(f"(?P<{rule.name}>{rule.pattern})" for rule in _RULES[-5:]))


def spoken(text: str, language: str = "vi") -> str:
    """Return what is said for a written text, in words. A text in another language than Vietnamese stays as it is written."""
    plain = " ".join(nfc(text).replace("’", "'").split())
    return _tidy(_SCAN.sub(_said, plain)) if language == "vi" else plain


@cache
def rules_digest() -> str:
    """Return a word that changes whenever these rules do, so that what was made by them is looked at again."""
    rules = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in rules)).hexdigest()[:12]


def _said(found: re.Match[str]) -> str:
    rule = _BY_NAME[found.lastgroup or ""]
    said = rule.say(found[0])
    if said is None:
        return _SINGLE_WORDS.sub(_said, found[0])
    return said if rule.name == "word" else f" {said} "


def _tidy(text: str) -> str:
    """Return the words with single blanks and single pauses."""
    text = re.sub(r"\s+(?=[,.;:!?])", "", text)
    text = re.sub(r"[,;:]*,+(?=[.;:!?])|,(?=,)|(?<=[.;:!?]),", "", text)
    return " ".join(text.split()).strip(" ,")
