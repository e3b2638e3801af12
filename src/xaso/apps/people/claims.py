"""Reads what a provider of electronic identities says of a person into plain facts."""

import re
from collections.abc import Mapping
from typing import Any

from xaso.apps.people.shapes import CitizenFacts
from xaso.kernel.errors import Refusal
from xaso.kernel.partial_dates import PartialDate
from xaso.kernel.text import tidy_name

SEXES = {"male": "male", "female": "female", "nam": "male", "nữ": "female"}
IDENTITY_LEVEL = "identity_level"
"""Where the session keeps the level at which its citizen signed in."""
PHONE = re.compile(r"(?:\+84|0)(\d{9})")


def facts_of(claims: Mapping[str, Any], number_claim: str) -> CitizenFacts:
    """Return the person's facts. Raises Refusal `people.identity_incomplete` without a name or with a number that is not 12 digits."""
    name, number = _text(claims, "name"), _text(claims, number_claim)
    if not tidy_name(name) or len(name) > 200 or not re.fullmatch(r"\d{12}", number):
        raise Refusal("people.identity_incomplete")
    return CitizenFacts(
        full_name=tidy_name(name),
        personal_number=number,
        birth=_birth(_text(claims, "birthdate")),
        sex=SEXES.get(_text(claims, "gender").casefold(), ""),
        phone=_phone(_text(claims, "phone_number")),
        email=_text(claims, "email") if claims.get("email_verified") else "",
    )


def level_of(claims: Mapping[str, Any], level_claim: str, names: Mapping[int, str]) -> int:
    """Return the level of this sign-in (1 or 2; Decree 69/2024/NĐ-CP) by what the provider calls it; 0 when it does not say."""
    said = _text(claims, level_claim)
    return next((level for level, name in names.items() if name == said), 0)


def _birth(text: str) -> str:
    try:
        return PartialDate.from_iso(text).iso if text else ""
    except Refusal:
        return ""


def _phone(text: str) -> str:
    match = PHONE.fullmatch(re.sub(r"[ .\-]", "", text))
    return f"0{match[1]}" if match else ""


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return str(value).strip() if isinstance(value, str | int) else ""
