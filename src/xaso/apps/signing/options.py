"""Settings of this room: which authorities may be asked about revocations, who stamps the time, and the signing device."""

from pathlib import Path
from urllib.parse import urlsplit

from xaso.platform.options import Option, declare


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(_address(part) for part in text.split())


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError(f"{text!r} must be the beginning of an address such as http://crl.example.vn/")
    return text if parts.path else f"{text}/"


def _one_address(text: str) -> str:
    return _address(text.strip()) if text.strip() else ""


def _seconds(text: str) -> float:
    seconds = float(text)
    if not SHORTEST_WAIT_SECONDS <= seconds <= LONGEST_WAIT_SECONDS:
        raise ValueError(f"must be from {SHORTEST_WAIT_SECONDS} to {LONGEST_WAIT_SECONDS}")
    return seconds


SHORTEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 30
REVOCATION_ADDRESSES = declare(
    Option[tuple[str, ...]](
        "XASO_REVOCATION_ADDRESSES",
        (),
        _addresses,
        "beginnings of addresses, by blanks",
        "where CRL and OCSP of our certificates may be asked for; one that ends in .crl is always fetched; empty asks nobody",
    )
)
TIME_STAMP_ADDRESS = declare(
    Option[str](
        "XASO_TIME_STAMP_ADDRESS",
        "",
        _one_address,
        "address",
        "time-stamp server (RFC 3161) that vouches for the time of signatures; empty: none, and signatures say the machine's own time",
    )
)
TIME_STAMP_SECONDS = declare(
    Option[float]("XASO_TIME_STAMP_SECONDS", 3, _seconds, "seconds", "how long a signature waits for its time stamp before it goes without")
)
PKCS11_MODULE = declare(
    Option[Path | None]("XASO_PKCS11_MODULE", None, Path, "path", "the PKCS#11 module (.so) of the server's signing device; empty: none")
)
PKCS11_PIN_FILE = declare(
    Option[Path | None]("XASO_PKCS11_PIN_FILE", None, Path, "path", "file with the device's PIN, readable by the service alone (0600)")
)
