"""Settings of this room: the ways out for SMS and e-mail, and the mail server."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from xaso.platform.options import Option, declare


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in words:
            raise ValueError(f"must be one of {', '.join(words)}")
        return text

    return parse


_usual_way = "file" if settings.XASO_MODE == "demo" else "off"

SMS_WAY = declare(
    Option("XASO_SMS", _usual_way, _one_of("off", "console", "file"), "off | console | file", "way out for SMS; `off` lets messages wait")
)
SMS_MARKS = declare(
    Option(
        "XASO_SMS_MARKS",
        "auto",
        _one_of("auto", "always", "never"),
        "auto | always | never",
        "Vietnamese marks in SMS; `auto` keeps them where one segment holds the text",
    )
)
EMAIL_WAY = declare(
    Option(
        "XASO_EMAIL",
        _usual_way,
        _one_of("off", "console", "file", "smtp"),
        "off | console | file | smtp",
        "way out for e-mail; `off` lets messages wait",
    )
)
EMAIL_FROM = declare(Option("XASO_EMAIL_FROM", "xa@localhost", str, "address", "sender of e-mails"))
SMTP_HOST = declare(Option("XASO_SMTP_HOST", "127.0.0.1", str, "host name", "mail server"))
SMTP_PORT = declare(Option("XASO_SMTP_PORT", 25, int, "port", "mail server's port"))
SMTP_SECURITY = declare(
    Option("XASO_SMTP_SECURITY", "starttls", _one_of("none", "starttls", "tls"), "none | starttls | tls", "encryption to the mail server")
)
SMTP_USER = declare(Option("XASO_SMTP_USER", "", str, "user name", "user at the mail server; empty for none"))
SMTP_PASSWORD_FILE = declare(
    Option[Path | None]("XASO_SMTP_PASSWORD_FILE", None, Path, "path", "file that holds the password for the mail server")
)
SMTP_TIMEOUT_SECONDS = declare(Option("XASO_SMTP_TIMEOUT_SECONDS", 10, int, "seconds", "how long to wait for the mail server"))
