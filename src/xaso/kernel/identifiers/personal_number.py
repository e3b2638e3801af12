"""The 12-digit personal number of a citizen."""

import re
import unicodedata
from dataclasses import dataclass

from xaso.kernel.errors import Refusal
from xaso.kernel.partial_dates import PartialDate

_TWELVE_DIGITS = re.compile(r"\d{12}", re.ASCII)
_SPACED_NUMBER = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){11}(?!\d)", re.ASCII)

# The 63 provinces as they were before 01/07/2025: a number keeps the code of the province in which the birth was registered.
_PROVINCES = """
001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 048
049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096
"""
PROVINCES_OF_BIRTH = frozenset(_PROVINCES.split())
TEST_PREFIXES = frozenset({"000", "999"})


@dataclass(frozen=True)
class PersonalNumber:
    """The number of a citizen: 3 digits of the province of birth registration, 1 of century and sex, 2 of the year, 6 at random.

    There is no check digit. Raises ValueError for anything but 12 digits. Source: Decree 137/2015/NĐ-CP, art. 13.
    """

    digits: str

    def __post_init__(self) -> None:
        if not _TWELVE_DIGITS.fullmatch(self.digits):
            raise ValueError("a personal number has 12 digits")

    @classmethod
    def parse(cls, text: str) -> "PersonalNumber":
        """Read a number that somebody typed, with blanks, dots or hyphens as they like. Raises Refusal `personal_number.malformed`."""
        digits = re.sub(r"[\s.\-]", "", unicodedata.normalize("NFKC", text))
        if not _TWELVE_DIGITS.fullmatch(digits):
            raise Refusal("personal_number.malformed", length=len(digits))
        return cls(digits)

    @property
    def province_code(self) -> str:
        """The former province, or from 100 on the country, in which the birth was registered."""
        return self.digits[:3]

    @property
    def sex(self) -> str:
        """`male` or `female`, as it was when the number was given."""
        return "female" if int(self.digits[3]) % 2 else "male"

    @property
    def birth_year(self) -> int:
        """The year of birth, as it was when the number was given."""
        return 1900 + 100 * (int(self.digits[3]) // 2) + int(self.digits[4:6])

    @property
    def masked(self) -> str:
        """The number as it may be shown to those who need not know it: "012*****8901"."""
        return f"{self.digits[:3]}*****{self.digits[-4:]}"

    @property
    def is_for_tests(self) -> bool:
        """Whether no real person can have this number."""
        return self.province_code in TEST_PREFIXES

    def warnings(self, *, birth: PartialDate | None = None, sex: str = "", demo: bool = False) -> tuple[str, ...]:
        """Return codes of what a person should look at twice; none of them blocks, since sex, date and province can rightly differ.

        `personal_number.province_unknown` (000 and 999 too, unless in the demo), `personal_number.birth_differs` (the year),
        `personal_number.sex_differs`. `sex` is `male`, `female` or empty; birth or sex left out are not compared.
        """
        looked_at = {
            "personal_number.province_unknown": not (self._has_known_province or (demo and self.is_for_tests)),
            "personal_number.birth_differs": birth is not None and birth.year != self.birth_year,
            "personal_number.sex_differs": sex in {"male", "female"} and sex != self.sex,
        }
        return tuple(code for code, differs in looked_at.items() if differs)

    def __str__(self) -> str:
        """Return the masked number, so that a careless log line gives nobody away."""
        return self.masked

    def __repr__(self) -> str:
        return f"PersonalNumber({self.masked!r})"

    @property
    def _has_known_province(self) -> bool:
        return self.province_code in PROVINCES_OF_BIRTH or "100" <= self.province_code < "999"


def cover_numbers(text: str) -> str:
    """Return the text with the middle of every personal number in it covered, however it is spaced."""
    return _SPACED_NUMBER.sub(lambda found: PersonalNumber.parse(found[0]).masked, text)
