"""Codes of dossiers: ours, which a dossier has at once, and those of the national system."""

import re
import unicodedata
from datetime import date

NATIONAL_DOSSIER_CODE = re.compile(r"(?:000\.\d{2}\.\d{2}\.[GH]\d{2}|[GH]\d{2}(?:\.\d{1,4}){0,3})-(?:\d{6}|\d{8})-\d{4,7}", re.ASCII)
"""Codes that the national system gives: agency, day of filing, number. `H38.2-260518-0200015`, `000.00.00.H38-250701-0001`."""

_OWN_CODE = re.compile(r"XS-?(\d{6})-?(\d{4,})", re.ASCII)
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u00ad_]")


def own_dossier_code(day: date, number: int) -> str:
    """Return our own code of a dossier, which it has until and beside the national one: "XS-261123-0007".

    Numbers beyond 9999 take a fifth digit. Raises ValueError for a number below 1.
    """
    if number < 1:
        raise ValueError(f"numbers begin with 1, not {number}")
    return f"XS-{day:%y%m%d}-{number:04}"


def is_national_dossier_code(code: str) -> bool:
    """Tell whether the text, as it stands, has the form of a code of the national system."""
    return NATIONAL_DOSSIER_CODE.fullmatch(code) is not None


def normalise_code(text: str) -> str:
    """Return a code as it is stored, from what people type, scan or find in a bank's message: "xs 261123 0007" is "XS-261123-0007".

    Blanks go, dashes of all kinds become hyphens, letters become capitals. What is no code of ours keeps its other signs.
    """
    plain = unicodedata.normalize("NFKC", _DASHES.sub("-", text)).upper()
    code = "".join(character for character in plain if character.isprintable() and not character.isspace())
    own = _OWN_CODE.fullmatch(code)
    return f"XS-{own[1]}-{own[2]}" if own else code
