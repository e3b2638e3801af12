"""Which settings this process runs with: `XASO_MODE` is `demo` (the default) or `production`."""

import os
from ipaddress import ip_address

MODES = ("demo", "production")


def mode() -> str:
    """Return the mode. Raises SystemExit naming the variable when it holds anything else."""
    name = os.environ.get("XASO_MODE", "demo")
    if name not in MODES:
        raise SystemExit(f"XASO_MODE={name!r}: chỉ nhận demo hoặc production (demo or production only)")
    return name


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach what listens at the address. A name other than localhost may lead anywhere."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def choose_settings() -> None:
    """Name the settings of the mode to Django, unless the caller has named others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"xaso.site.settings.{mode()}")
