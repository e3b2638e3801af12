"""Settings of this room: which private networks may be told things, and how long a receiver is waited for."""

import ipaddress
from pathlib import Path

from django.conf import settings

from xaso.apps.webhooks.addresses import Network
from xaso.platform.options import Option, declare

LONGEST_TIMEOUT_SECONDS = 60


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(part) for part in text.replace(",", " ").split())


def _timeout(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= LONGEST_TIMEOUT_SECONDS:
        raise ValueError(f"must be a number of seconds from 1 to {LONGEST_TIMEOUT_SECONDS}")
    return int(text)


PRIVATE_NETWORKS = declare(
    Option(
        "XASO_WEBHOOK_PRIVATE_NETWORKS",
        _networks("127.0.0.0/8 ::1/128") if settings.XASO_MODE == "demo" else (),
        _networks,
        "networks such as 10.1.2.0/24",
        "private networks in which programs may be told of facts, also without TLS; all others are refused",
    )
)
TIMEOUT_SECONDS = declare(
    Option("XASO_WEBHOOK_TIMEOUT_SECONDS", 10, _timeout, "seconds", "how long one delivery to a program outside may take in all")
)
CA_FILE = declare(
    Option[Path | None]("XASO_WEBHOOK_CA_FILE", None, Path, "path", "certificates to trust in place of the system's for programs outside")
)
