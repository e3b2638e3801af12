"""Settings of this room: where the daily anchors of the record are kept."""

from pathlib import Path

from django.conf import settings

from xaso.platform.options import Option, declare

ANCHORS = declare(
    Option(
        "XASO_AUDIT_ANCHORS",
        "",
        str,
        "folder",
        "where the daily signed anchors of the record go, best on another machine; empty: XASO_DATA/anchors",
    )
)


def anchors_folder() -> Path:
    """Return the folder of anchors."""
    return Path(ANCHORS.value() or Path(settings.DATA_DIR) / "anchors")
