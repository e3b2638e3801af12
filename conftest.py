"""What all tests share: no socket but loopback, and files in a folder of the test's own."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest

_connect = socket.socket.connect


def _is_here(address: Any) -> bool:
    """Tell whether the address is a Unix socket or on the loopback."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _connect_here(self: socket.socket, address: Any) -> None:
    if not _is_here(address):
        raise RuntimeError(f"tests reach nothing beyond this machine; asked for {address!r}")
    _connect(self, address)


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """Refuse sockets to other machines for the whole run."""
    socket.socket.connect = _connect_here  # type: ignore[assignment,method-assign]
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign]
