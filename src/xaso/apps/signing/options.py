"""Settings of this room: which authorities may be asked about revocations."""

from urllib.parse import urlsplit

from xaso.platform.options import Option, declare


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(_address(part) for part in text.split())


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError(f"{text!r} must be the beginning of an address such as http://crl.example.vn/")
    return text if parts.path else f"{text}/"


REVOCATION_ADDRESSES = declare(
    Option[tuple[str, ...]](
        "XASO_REVOCATION_ADDRESSES",
        (),
        _addresses,
        "beginnings of addresses, by blanks",
        "where CRL and OCSP of our certificates may be asked for; one that ends in .crl is always fetched; empty asks nobody",
    )
)
