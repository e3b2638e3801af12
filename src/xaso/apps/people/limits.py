"""What a text must be to fit its place: how long, and of which shape."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from xaso.kernel.errors import Refusal

EMAIL_LETTERS_AT_MOST = 254


def within(text: str, limit: int) -> str:
    """Return the text. Raises Refusal `people.text_too_long` when it has more letters than its place holds."""
    if len(text) > limit:
        raise Refusal("people.text_too_long", text=text[:20], limit=limit)
    return text


def phone_digits(text: str) -> str:
    """Return a phone number without blanks, dots and hyphens; empty stays empty. Raises Refusal `people.phone_wrong`."""
    digits = re.sub(r"[\s.\-()]", "", text)
    if digits and not re.fullmatch(r"\+?[0-9]{3,14}", digits):
        raise Refusal("people.phone_wrong", text=text[:20])
    return digits


def email_address(text: str) -> str:
    """Return an e-mail address; empty stays empty. Raises Refusal `people.email_wrong`."""
    try:
        if text:
            validate_email(text)
    except ValidationError as error:
        raise Refusal("people.email_wrong", text=text[:40]) from error
    return within(text, EMAIL_LETTERS_AT_MOST)
