"""The ways out of this house. `ways_out` picks them by the operator's settings."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from xaso.apps.notices import options
from xaso.apps.notices.adapters.console import ConsoleEmail, ConsoleSms
from xaso.apps.notices.adapters.file import FileEmail, FileSms
from xaso.apps.notices.adapters.smtp import SmtpEmail
from xaso.apps.notices.ports import EmailPort, SmsPort


@dataclass(frozen=True)
class WaysOut:
    """The port of each channel; None where there is none, so that messages wait."""

    sms: SmsPort | None
    email: EmailPort | None


def ways_out() -> WaysOut:
    """Return the ways that the settings name."""
    folder = Path(settings.DATA_DIR) / "outbox-demo"
    sms: dict[str, SmsPort] = {"console": ConsoleSms(), "file": FileSms(folder)}
    email: dict[str, EmailPort] = {"console": ConsoleEmail(), "file": FileEmail(folder)}
    chosen = options.EMAIL_WAY.value()
    return WaysOut(sms.get(options.SMS_WAY.value()), _smtp() if chosen == "smtp" else email.get(chosen))


def _smtp() -> SmtpEmail:
    password_file = options.SMTP_PASSWORD_FILE.value()
    return SmtpEmail(
        host=options.SMTP_HOST.value(),
        port=options.SMTP_PORT.value(),
        sender=options.EMAIL_FROM.value(),
        security=options.SMTP_SECURITY.value(),
        user=options.SMTP_USER.value(),
        password=password_file.read_text().strip() if password_file else "",
        timeout_seconds=options.SMTP_TIMEOUT_SECONDS.value(),
    )
