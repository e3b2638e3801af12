"""The ways out of this house. `ways_out` picks them by the operator's settings."""

import atexit
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from xaso.apps.notices import options, rules
from xaso.apps.notices.adapters.console import ConsoleEmail, ConsoleSms
from xaso.apps.notices.adapters.file import FileEmail, FileSms
from xaso.apps.notices.adapters.gammu import GammuSms
from xaso.apps.notices.adapters.sip import SipCalls, SipSettings
from xaso.apps.notices.adapters.smpp import SmppSettings, SmppSms
from xaso.apps.notices.adapters.smpp_session import SmppAccount
from xaso.apps.notices.adapters.smtp import SmtpEmail
from xaso.apps.notices.ports import EmailPort, IncomingPort, ReceiptPort, SmsPort, VoicePort


@dataclass(frozen=True)
class WaysOut:
    """The port of each channel; None where there is none, so that messages wait.

    `receipts` is None where nothing more is told of SMS, `incoming` where nobody can send us one.
    """

    sms: SmsPort | None
    email: EmailPort | None
    receipts: ReceiptPort | None = None
    incoming: IncomingPort | None = None


def ways_out() -> WaysOut:
    """Return the ways that the settings name."""
    email = _email(options.EMAIL_WAY.value())
    match options.SMS_WAY.value():
        case "smpp":
            centre = _centre(_smpp_settings())
            return WaysOut(centre, email, centre, centre)
        case "gammu":
            modem = _modem(options.GAMMU_SPOOL.value(), options.GAMMU_STUCK_SECONDS.value())
            return WaysOut(modem, email, modem, modem)
        case "file":
            files = FileSms(_demo_folder())
            return WaysOut(files, email, None, files)
        case "console":
            return WaysOut(ConsoleSms(), email)
        case _:
            return WaysOut(None, email)


def voice_way() -> VoicePort | None:
    """Return who calls people up; None where officials do it from their list."""
    if options.VOICE_WAY.value() != "sip":
        return None
    return _exchange(
        SipSettings(
            exchange=options.SIP_EXCHANGE.value(),
            user=options.SIP_USER.value(),
            password=_secret(options.SIP_PASSWORD_FILE.value()),
            listen=options.SIP_LISTEN.value(),
            ring_seconds=options.SIP_RING_SECONDS.value(),
            longest_seconds=options.SIP_LONGEST_SECONDS.value(),
            at_once=options.SIP_AT_ONCE.value(),
            registers=options.SIP_REGISTER.value() == "yes",
        )
    )


@cache
def _exchange(chosen: SipSettings) -> SipCalls:
    """Return this process's calls, which outlive a round of the worker."""
    return SipCalls(chosen)


def _email(way: str) -> EmailPort | None:
    if way == "smtp":
        return _smtp()
    ports: dict[str, EmailPort] = {"console": ConsoleEmail(), "file": FileEmail(_demo_folder())}
    return ports.get(way)


def _demo_folder() -> Path:
    return Path(settings.DATA_DIR) / "outbox-demo"


@cache
def _centre(chosen: SmppSettings) -> SmppSms:
    """Return this process's message centre, whose session outlives a round of the worker."""
    centre = SmppSms(chosen)
    atexit.register(centre.close)
    return centre


@cache
def _modem(spool: Path, stuck_seconds: int) -> GammuSms:
    """Return this process's modem, which remembers when it looked last."""
    return GammuSms(spool, stuck_seconds)


def _smpp_settings() -> SmppSettings:
    account = SmppAccount(
        host=options.SMPP_HOST.value(),
        port=options.SMPP_PORT.value(),
        system_id=options.SMPP_SYSTEM_ID.value(),
        password=_secret(options.SMPP_PASSWORD_FILE.value()),
        system_type=options.SMPP_SYSTEM_TYPE.value(),
        tls=options.SMPP_TLS.value() == "tls",
        ca_file=options.SMPP_CA_FILE.value(),
        timeout_seconds=options.SMPP_TIMEOUT_SECONDS.value(),
        enquire_seconds=options.SMPP_ENQUIRE_SECONDS.value(),
    )
    sender = options.SMPP_SENDER.value()
    return SmppSettings(
        account=account,
        sender=sender,
        sender_type=options.SMPP_SENDER_TYPE.value() or rules.sender_type(sender),
        long_messages="payload" if options.SMPP_LONG.value() == "payload" else "udh",
        per_second=options.SMPP_PER_SECOND.value(),
    )


def _secret(path: Path | None) -> str:
    return path.read_text().strip() if path else ""


def _smtp() -> SmtpEmail:
    return SmtpEmail(
        host=options.SMTP_HOST.value(),
        port=options.SMTP_PORT.value(),
        sender=options.EMAIL_FROM.value(),
        security=options.SMTP_SECURITY.value(),
        user=options.SMTP_USER.value(),
        password=_secret(options.SMTP_PASSWORD_FILE.value()),
        timeout_seconds=options.SMTP_TIMEOUT_SECONDS.value(),
    )
