"""Which settings this process runs with: `XASO_MODE` is `demo` (the default) or `production`."""

import os

MODES = ("demo", "production")


def mode() -> str:
    """Return the mode. Raises SystemExit naming the variable when it holds anything else."""
    name = os.environ.get("XASO_MODE", "demo")
    if name not in MODES:
        raise SystemExit(f"XASO_MODE={name!r}: chỉ nhận demo hoặc production (demo or production only)")
    return name


def choose_settings() -> None:
    """Name the settings of the mode to Django, unless the caller has named others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"xaso.site.settings.{mode()}")
