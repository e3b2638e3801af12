"""Finds the time-stamp server that the operator named."""

from functools import cache

from xaso.apps.signing import options
from xaso.apps.signing.adapters.tsa_http import HttpStamper
from xaso.apps.signing.checking import known


def find_stamper() -> HttpStamper | None:
    """Return this process's way to the time-stamp server; None where the operator named none."""
    address = options.TIME_STAMP_ADDRESS.value()
    return _stamper_at(address, options.TIME_STAMP_SECONDS.value()) if address else None


@cache
def _stamper_at(address: str, seconds: float) -> HttpStamper:
    return HttpStamper(address, seconds, known)
