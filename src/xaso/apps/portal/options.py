"""Settings of this room: where a commune's own articles of the handbook lie."""

from pathlib import Path

from django.conf import settings

from xaso.platform.options import Option, declare

HANDBOOK_FOLDER = declare(
    Option(
        "XASO_HANDBOOK_FOLDER",
        Path(settings.DATA_DIR) / "cam-nang",
        Path,
        "path",
        "folder of own articles of the citizen handbook, one YAML file each; one with the slug of ours takes its place",
    )
)
