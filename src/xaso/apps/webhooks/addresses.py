"""Where we may be sent to: what an address must look like, and which places in the network are never asked. Pure functions over values."""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from xaso.kernel.errors import Refusal

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST_URL = 500
PORTS = {"http": 80, "https": 443}
# IANA's registries of special-purpose addresses (RFC 6890 and its successors): nothing there is a public server.
_CLOSED_TEXT = """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24
    192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    2001::/23 2001:db8::/32 2002::/16 3fff::/20
"""
_CLOSED = tuple(ipaddress.ip_network(text) for text in _CLOSED_TEXT.split())
_PUBLIC_IPV6 = ipaddress.ip_network("2000::/3")


@dataclass(frozen=True)
class Target:
    """An address taken apart. `host` has no brackets; `authority` is what the header Host says."""

    scheme: str
    host: str
    port: int
    authority: str
    path: str


def parse_target(url: str) -> Target:
    """Return the parts of an http or https address. Raises Refusal `webhooks.url_malformed`: also for a name and password in it."""
    if len(url) > LONGEST_URL or not re.fullmatch(r"https?://[!-~]+", url):
        raise Refusal("webhooks.url_malformed")
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except ValueError as error:
        raise Refusal("webhooks.url_malformed") from error
    if not parts.hostname or "@" in parts.netloc or "\\" in url or parts.fragment:
        raise Refusal("webhooks.url_malformed")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname, port, parts.netloc, path)


def is_private(address: Address) -> bool:
    """Tell whether an address is inside this machine, a network of somebody's own, or otherwise no public server."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_private(address.ipv4_mapped)
        if address not in _PUBLIC_IPV6:
            return True
    return any(address in network for network in _CLOSED if network.version == address.version)


def is_among(address: Address, networks: Iterable[Network]) -> bool:
    """Tell whether the address lies in one of the networks; an IPv4 address in the form of IPv6 counts as what it is."""
    plain = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped else address
    return any(plain in network for network in networks if network.version == plain.version)


def check_written(target: Target, allowed: tuple[Network, ...]) -> None:
    """Judge what can be judged without looking a name up: an address in figures, and http where no private network is allowed.

    Raises Refusal `webhooks.url_refused`, `webhooks.https_needed`.
    """
    try:
        places = [str(ipaddress.ip_address(target.host))]
    except ValueError:
        if target.scheme == "http" and not allowed:
            raise Refusal("webhooks.https_needed") from None
        return
    check_places(target, places, allowed)


def check_places(target: Target, places: Iterable[str], allowed: tuple[Network, ...]) -> None:
    """Make sure that we may go to each of the places that a host's name stands for.

    Public places need https; places in `allowed` may do without. Raises Refusal `webhooks.url_refused`, `webhooks.https_needed`.
    """
    addresses = [ipaddress.ip_address(place.partition("%")[0]) for place in places]
    if any(is_private(address) and not is_among(address, allowed) for address in addresses):
        raise Refusal("webhooks.url_refused")
    if target.scheme == "http" and not all(is_among(address, allowed) for address in addresses):
        raise Refusal("webhooks.https_needed")
