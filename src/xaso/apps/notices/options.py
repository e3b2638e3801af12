"""Settings of this room: the ways out for SMS and e-mail, the message centre, the modem's daemon and the mail server."""

import re
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


def _from(least: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdigit() or int(text) < least:
            raise ValueError(f"must be a whole number from {least} on")
        return int(text)

    return parse


KEPT_DAYS = declare(
    Option(
        "XASO_MESSAGES_KEPT_DAYS",
        365,
        _from(30),
        "days",
        "confirm: how long messages to people, calls and messages from people are kept once they are done; our own number, no law names it",
    )
)


def _of_letters(what: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not re.fullmatch(r"[\w.:+\-\[\]]+", text, re.ASCII):
            raise ValueError(f"must be {what}")
        return text

    return parse


def _sender_type(text: str) -> tuple[int, int] | None:
    if text == "auto":
        return None
    ton, dot, npi = text.partition(".")
    if not (dot and ton.isdigit() and npi.isdigit() and int(ton) <= HIGHEST_TON and int(npi) <= HIGHEST_NPI):
        raise ValueError("must be auto, or type of number and numbering plan such as 5.0")
    return int(ton), int(npi)


HIGHEST_TON, HIGHEST_NPI = 6, 18
_usual_way = "file" if settings.XASO_MODE == "demo" else "off"

SMS_WAY = declare(
    Option(
        "XASO_SMS",
        _usual_way,
        _one_of("off", "console", "file", "smpp", "gammu"),
        "off | console | file | smpp | gammu",
        "way out for SMS; `off` lets messages wait",
    )
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
SMPP_HOST = declare(Option("XASO_SMPP_HOST", "127.0.0.1", str, "host name", "message centre (SMPP 3.4)"))
SMPP_PORT = declare(Option("XASO_SMPP_PORT", 2775, _from(1), "port", "message centre's port"))
SMPP_TLS = declare(Option("XASO_SMPP_TLS", "none", _one_of("none", "tls"), "none | tls", "encryption to the message centre"))
SMPP_CA_FILE = declare(
    Option(
        "XASO_SMPP_CA_FILE",
        "",
        str,
        "path",
        "certificates to trust in place of the system's for the message centre; empty for the system's",
    )
)
SMPP_SYSTEM_ID = declare(Option("XASO_SMPP_SYSTEM_ID", "", str, "user name", "our name at the message centre"))
SMPP_PASSWORD_FILE = declare(
    Option[Path | None]("XASO_SMPP_PASSWORD_FILE", None, Path, "path", "file that holds the password for the message centre")
)
SMPP_SYSTEM_TYPE = declare(Option("XASO_SMPP_SYSTEM_TYPE", "", str, "text", "system type, where the provider asks for one"))
SMPP_SENDER = declare(Option("XASO_SMPP_SENDER", "", str, "name or number", "who the SMS is from: the registered brand name, or a number"))
SMPP_SENDER_TYPE = declare(
    Option[tuple[int, int] | None](
        "XASO_SMPP_SENDER_TYPE", None, _sender_type, "auto | ton.npi", "type of number and numbering plan of the sender, such as 5.0"
    )
)
SMPP_LONG = declare(
    Option(
        "XASO_SMPP_LONG",
        "udh",
        _one_of("udh", "payload"),
        "udh | payload",
        "long SMS: joined segments that we cut, or one message that the centre cuts",
    )
)
SMPP_PER_SECOND = declare(Option("XASO_SMPP_PER_SECOND", 10, _from(1), "segments a second", "how fast SMS go to the message centre"))
SMPP_TIMEOUT_SECONDS = declare(
    Option("XASO_SMPP_TIMEOUT_SECONDS", 10, _from(1), "seconds", "how long to wait for each answer of the message centre")
)
SMPP_ENQUIRE_SECONDS = declare(
    Option("XASO_SMPP_ENQUIRE_SECONDS", 30, _from(1), "seconds", "after how much silence to ask whether the message centre is still there")
)
GAMMU_SPOOL = declare(
    Option(
        "XASO_GAMMU_SPOOL",
        Path("/var/spool/gammu"),
        Path,
        "path",
        "folder of gammu-smsd that holds `inbox`, `outbox`, `sent` and `error`",
    )
)
GAMMU_STUCK_SECONDS = declare(
    Option(
        "XASO_GAMMU_STUCK_SECONDS",
        900,
        _from(60),
        "seconds",
        "a message lying longer in the outbox of gammu-smsd means that the modem does not work; others wait here",
    )
)
ANSWERS_AN_HOUR = declare(
    Option(
        "XASO_SMS_ANSWERS_AN_HOUR", 6, _from(1), "SMS", "how many SMS of one phone are answered in an hour; the others are kept and shown"
    )
)
ANSWERS_IN_ALL = declare(
    Option(
        "XASO_SMS_ANSWERS_IN_ALL",
        300,
        _from(1),
        "SMS",
        "how many SMS of all phones are answered in an hour, so that nobody spends the credit",
    )
)
REFUSALS_AN_HOUR = declare(
    Option("XASO_SMS_REFUSALS_AN_HOUR", 60, _from(1), "SMS", "how many wrong codes of all phones are answered in an hour")
)
WRONG_CODES_A_DAY = declare(
    Option("XASO_SMS_WRONG_CODES_A_DAY", 3, _from(1), "SMS", "after how many wrong codes in a day a phone gets no answer to another one")
)
INCOMING_DAYS = declare(Option("XASO_SMS_INCOMING_DAYS", 180, _from(1), "days", "how long SMS that people sent are kept"))
VOICE_WAY = declare(
    Option(
        "XASO_VOICE", "list", _one_of("list", "sip"), "list | sip", "who calls people: officials from a list, or a machine first, over SIP"
    )
)
SIP_EXCHANGE = declare(
    Option("XASO_SIP_EXCHANGE", "127.0.0.1", _of_letters("host or host:port"), "host | host:port", "telephone exchange (SIP over UDP)")
)
SIP_USER = declare(
    Option("XASO_SIP_USER", "xaso", _of_letters("a user name"), "user name", "our name at the exchange: the number that people see")
)
SIP_PASSWORD_FILE = declare(
    Option[Path | None](
        "XASO_SIP_PASSWORD_FILE", None, Path, "path", "file that holds the password at the exchange; none where our address is enough"
    )
)
SIP_REGISTER = declare(
    Option("XASO_SIP_REGISTER", "no", _one_of("no", "yes"), "no | yes", "whether the exchange takes calls only from who has registered")
)
SIP_LISTEN = declare(
    Option(
        "XASO_SIP_LISTEN", "0.0.0.0:0", _of_letters("host:port"), "host:port", "our own address for calls; port 0 takes any that is free"
    )
)
SIP_RING_SECONDS = declare(Option("XASO_SIP_RING_SECONDS", 30, _from(5), "seconds", "how long to let a telephone ring"))
SIP_LONGEST_SECONDS = declare(Option("XASO_SIP_LONGEST_SECONDS", 180, _from(10), "seconds", "after how long a call is ended in any case"))
SIP_AT_ONCE = declare(Option("XASO_SIP_AT_ONCE", 1, _from(1), "calls", "how many calls may be under way at once"))
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
