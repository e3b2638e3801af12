"""Settings of this room: which authorities may be asked about revocations, who stamps the time, signing device and remote service."""

from pathlib import Path
from urllib.parse import urlsplit

from xaso.apps.signing.shapes import Level
from xaso.platform.options import Option, declare

SHORTEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 30
SHORTEST_PATIENCE_SECONDS, LONGEST_PATIENCE_SECONDS = 1, 180
LONGEST_YEARS = 20


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(_address(part) for part in text.split())


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError(f"{text!r} must be the beginning of an address such as http://crl.example.vn/")
    return text if parts.path else f"{text}/"


def _one_address(text: str) -> str:
    return _address(text.strip()) if text.strip() else ""


def _level(text: str) -> str:
    if text not in {Level.STAMPED, Level.COMPLETE, Level.RENEWED}:
        raise ValueError("must be B-T, B-LT or B-LTA")
    return text


def _years(text: str) -> int:
    years = int(text)
    if not 1 <= years <= LONGEST_YEARS:
        raise ValueError(f"must be from 1 to {LONGEST_YEARS}")
    return years


def _port(text: str) -> int:
    port = int(text)
    if not 1024 <= port <= 65535:
        raise ValueError("must be from 1024 to 65535")
    return port


def _seconds(text: str) -> float:
    seconds = float(text)
    if not SHORTEST_WAIT_SECONDS <= seconds <= LONGEST_WAIT_SECONDS:
        raise ValueError(f"must be from {SHORTEST_WAIT_SECONDS} to {LONGEST_WAIT_SECONDS}")
    return seconds


def _patience(text: str) -> float:
    seconds = float(text)
    if not SHORTEST_PATIENCE_SECONDS <= seconds <= LONGEST_PATIENCE_SECONDS:
        raise ValueError(f"must be from {SHORTEST_PATIENCE_SECONDS} to {LONGEST_PATIENCE_SECONDS}")
    return seconds


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
SIGNATURE_LEVEL = declare(
    Option[str](
        "XASO_SIGNATURE_LEVEL",
        Level.RENEWED.value,
        _level,
        "B-T, B-LT or B-LTA",
        "how long signed papers shall prove themselves: a time stamp, all evidence in the file, or that with stamps renewed in time",
    )
)
RENEWED_AFTER_YEARS = declare(
    Option[int](
        "XASO_STAMPS_RENEWED_AFTER_YEARS",
        5,
        _years,
        "years",
        "a paper's last time stamp is renewed after so long, or 90 days before its server's certificate ends if that is sooner",
    )
)
REMOTE_ADDRESS = declare(
    Option[str](
        "XASO_CSC_ADDRESS",
        "",
        _one_address,
        "address",
        "remote signing service (CSC API) to the end of /csc/v2/ or /csc/v1/; empty: none",
    )
)
REMOTE_CLIENT = declare(Option[str]("XASO_CSC_CLIENT_ID", "", str, "name", "what the remote signing service calls this installation"))
REMOTE_SECRET_FILE = declare(
    Option[Path | None](
        "XASO_CSC_CLIENT_SECRET_FILE", None, Path, "path", "file with the secret that goes with it, readable by the service alone"
    )
)
REMOTE_PIN_FILE = declare(
    Option[Path | None](
        "XASO_CSC_PIN_FILE", None, Path, "path", "file with the PIN of the seal's key at the service, where that key asks for one (0600)"
    )
)
REMOTE_SECONDS = declare(
    Option[float]("XASO_CSC_SECONDS", 60, _patience, "seconds", "how long a signature waits for the official to confirm on the phone")
)
SIGNER_PORT = declare(
    Option[int](
        "XASO_SIGNER_PORT",
        17817,
        _port,
        "port",
        "where the signing program listens on officials' own computers (127.0.0.1); it is told the same with --port",
    )
)
PKCS11_MODULE = declare(
    Option[Path | None]("XASO_PKCS11_MODULE", None, Path, "path", "the PKCS#11 module (.so) of the server's signing device; empty: none")
)
PKCS11_PIN_FILE = declare(
    Option[Path | None]("XASO_PKCS11_PIN_FILE", None, Path, "path", "file with the device's PIN, readable by the service alone (0600)")
)
