"""The code of a paper: short enough to type from the print, long enough that nobody guesses one.

Crockford's Base32: capitals and digits without I, L, O, U; what is easily mistaken is read as what was meant.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
GROUP = 5
_MISTAKEN = str.maketrans("OILoil", "011011")


def new_paper_code() -> str:
    """Return a new code: 20 characters, 100 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped_paper_code(code: str) -> str:
    """Return the code as it is printed: in groups of five."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_paper_code(typed: str) -> str | None:
    """Return the code that somebody typed or scanned, with or without gaps, in small or capital letters; None when it can't be one."""
    code = "".join(typed.split()).replace("-", "").translate(_MISTAKEN).upper()
    return code if len(code) == LENGTH and not set(code) - set(ALPHABET) else None
