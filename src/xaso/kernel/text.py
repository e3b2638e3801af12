"""Vietnamese text: composed form, folding for search, the same name written differently, the order of the alphabet, file names."""

import re
import unicodedata
from functools import lru_cache

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_TONES = {_GRAVE: 1, _HOOK: 2, _TILDE: 3, _ACUTE: 4, _DOT: 5}  # ngang (0), huyền, hỏi, ngã, sắc, nặng
_OTHER_MARK = 6
LONGEST_ORDER = 180
_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
# Letters typed by mistake for đ, and the apostrophes of names such as H'Lan.
_LOOKALIKES = str.maketrans({"ð": "đ", "Ð": "Đ", "ɖ": "đ", "Ɖ": "Đ", "’": "'", "‘": "'", "ʼ": "'", "`": "'"})
_INVISIBLE = {"Cc", "Cf", "Cs"}  # controls, zero-width signs, halves of characters
_FAR_ALPHABETS = 0x2000
_NAMES_OF_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")

SortKey = tuple[tuple[tuple[int, int], ...], tuple[tuple[int, ...], ...], tuple[bool, ...], str]


def nfc(text: str) -> str:
    """Return the composed form, in which everything is stored."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return what search compares: no case, no marks, đ as d, single blanks, nothing invisible. Folding twice changes nothing."""
    lowered = unicodedata.normalize("NFD", text.translate(_LOOKALIKES).casefold())
    return _squeezed(lowered.translate(_without_marks).replace("đ", "d").casefold())


def tidy_name(text: str) -> str:
    """Return a name as it is stored: composed, single blanks, nothing invisible. Case and spelling stay as they were given."""
    return nfc(_squeezed(text))


def same_name(one: str, other: str) -> bool:
    """Tell whether two spellings are one name: case, composition, blanks and the place of the tone (hòa, hoà) do not count.

    Other letters or tones do: Mỷ and Mỉ are two names here, which a person may still judge to be one.
    """
    return _name_form(one) == _name_form(other)


def given_name(full_name: str) -> str:
    """Return the last word, by which people are greeted and sorted; "" for a blank name."""
    return tidy_name(full_name).rpartition(" ")[2]


def vietnamese_sort_key(text: str) -> SortKey:
    """Return a key in the order of the alphabet: letters of the whole text (a < ă < â, d < đ …), then tones word by word, then case.

    Tones go ngang, huyền, hỏi, ngã, sắc, nặng; blanks stand before signs, signs before digits, digits before letters. Source: CLDR, vi.
    """
    tidy = tidy_name(text)
    primary: list[tuple[int, int]] = []
    tones: list[tuple[int, ...]] = []
    for word in tidy.casefold().split(" "):
        letters, marks = _split_marks(word)
        primary += [(0, 0), *(_weight(letter) for letter in letters)]
        tones.append(tuple(_TONES.get(mark, _OTHER_MARK) for mark in marks))
    return tuple(primary), tuple(tones), tuple(character.isupper() for character in tidy), tidy


def name_sort_key(full_name: str) -> tuple[SortKey, SortKey, SortKey]:
    """Return a key that sorts people by given name, then family name, then the middle, each in the order of the alphabet."""
    given, family, middle = _parts_of_name(full_name)
    return vietnamese_sort_key(given), vietnamese_sort_key(family), vietnamese_sort_key(middle)


def name_order(full_name: str) -> str:
    """Return `name_sort_key` as figures, for a column by which a database sorts: its order is the same in every collation.

    Two figures a letter, one a tone; case does not count. Cut at LONGEST_ORDER, which no two names of people share.
    """
    return "".join(_figures(part) for part in _parts_of_name(full_name))[:LONGEST_ORDER]


def _parts_of_name(full_name: str) -> tuple[str, str, str]:
    """Return given name, family name and what stands between them, tidied, in the order in which they sort."""
    family, *rest = tidy_name(full_name).split(" ")
    *middle, given = rest or [""]
    return (given, family, " ".join(middle)) if rest else (family, "", "")


def _figures(part: str) -> str:
    words = [_figures_of_word(word) for word in part.casefold().split(" ")]
    return f"{''.join(letters for letters, _tones in words)}00{''.join(tones for _letters, tones in words)}"


@lru_cache(maxsize=4096)
def _figures_of_word(word: str) -> tuple[str, str]:
    """Return the figures of a word's letters and those of its tones. A commune's people share some hundred names."""
    letters, marks = _split_marks(word)
    tones = "".join(f"{_TONES.get(mark, _OTHER_MARK) + 1}" for mark in marks)
    return f"{_figure((0, 0)):02}{''.join(f'{_figure(_weight(letter)):02}' for letter in letters)}", f"{tones}0"


def _figure(weight: tuple[int, int]) -> int:
    """Return the place of a character between 1 and 99: blank, signs, digits, our letters, others; letters not ours share one."""
    kind, place = weight
    return {0: 1, 1: 2, 2: 10 + (place - ord("0")) % 10, 3: 20 + place, 4: 99}[kind]


def slugify_ascii(text: str, *, longest: int = 80) -> str:
    """Return a name for a file: a–z, 0–9 and single hyphens, cut at `longest`; never empty, never a device of Windows ("con")."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:longest].rstrip("-")
    if not slug or _NAMES_OF_DEVICES.fullmatch(slug):
        return f"tep-{slug}".rstrip("-")
    return slug


class _WithoutMarks(dict[int, int | None]):
    """What `translate` makes of each character: nothing of a mark. Remembers those of the alphabets near ours."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.category(chr(code)) == "Mn" else code
        if code < _FAR_ALPHABETS:
            self[code] = kept
        return kept


_without_marks = _WithoutMarks()


def _squeezed(text: str) -> str:
    if text.isprintable():
        return " ".join(text.split())
    blanked = (" " if character.isspace() else character for character in text)
    shown = "".join(character for character in blanked if unicodedata.category(character) not in _INVISIBLE)
    return " ".join(shown.split())


def _name_form(name: str) -> list[tuple[str, str]]:
    return [_split_marks(word.casefold()) for word in tidy_name(name.translate(_LOOKALIKES)).split(" ")]


def _split_marks(word: str) -> tuple[str, str]:
    """Return a word's letters, with the marks that make them letters of their own (ă, ê, ơ), apart from its tones and other marks."""
    letters: list[str] = []
    marks: list[str] = []
    for character in unicodedata.normalize("NFD", word):
        joined = nfc(letters[-1] + character) if letters else character
        if unicodedata.category(character) != "Mn":
            letters.append(character)
        elif len(joined) == 1 and joined in _LETTERS:
            letters[-1] = joined
        else:
            marks.append(character)
    return "".join(letters), "".join(marks)


def _weight(letter: str) -> tuple[int, int]:
    if letter in _LETTERS:
        return 3, _LETTERS[letter]
    if letter.isalpha():
        return 4, ord(letter)
    return (2 if letter.isdecimal() else 1), ord(letter)
