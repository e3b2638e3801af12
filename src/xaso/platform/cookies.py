"""What our cookies are called: in production with the prefix that binds them to this host and to TLS."""

from django.conf import settings


def cookie_name(plain: str) -> str:
    """Return the name under which browsers keep the cookie here."""
    return f"{settings.COOKIE_PREFIX}{plain}"
