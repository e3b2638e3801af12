"""Settings of this room: where the office's scanner writes, and how long a result may lie before it is called unclaimed."""

from pathlib import Path

from django.conf import settings

from xaso.platform.options import Option, declare

SCAN_FOLDER = declare(
    Option(
        "XASO_SCAN_FOLDER",
        Path(settings.DATA_DIR) / "scans",
        Path,
        "path",
        "folder into which the office's scanner writes; a sub-folder with a commune's short name in its address holds that commune's scans",
    )
)


def _days(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise ValueError("must be a number of days from 1 on")
    return int(text)


UNCLAIMED_DAYS = declare(
    Option("XASO_UNCLAIMED_DAYS", 7, _days, "days", "after how many days a result that nobody has fetched is called unclaimed")
)


def _vnd(text: str) -> int:
    if not text.isdigit():
        raise ValueError("must be an amount in whole đồng")
    return int(text)


POST_FEE_VND: Option[int | None] = declare(
    Option(
        "XASO_POST_FEE_VND",
        None,
        _vnd,
        "đồng",
        "what public post takes for bringing a result, until an administrator sets it at /quan-tri/cuoc-buu-chinh/. Unset: not known",
    )
)
DUPLICATE_DAYS = declare(
    Option("XASO_DUPLICATE_DAYS", 30, _days, "days", "how long after its result a dossier still counts when duplicates are looked for")
)
UNCONFIRMED_DAYS = declare(
    Option(
        "XASO_UNCONFIRMED_DAYS",
        30,
        _days,
        "days",
        "after how many days an application sent from a phone is erased when nobody has confirmed who applies",
    )
)
DRAFT_DAYS = declare(
    Option(
        "XASO_DRAFT_DAYS",
        180,
        _days,
        "days",
        "confirm: how long an application that nobody goes on with is kept; our own number, no law names it",
    )
)
LOOK_ANSWER_DAYS = declare(
    Option(
        "XASO_LOOK_ANSWER_DAYS",
        10,
        _days,
        "days",
        "confirm: within how many days the commune answers who asks why her file was looked at; our own term after the ten days of Decree "
        "356/2025 for giving a person her data, no text that we have names one for this",
    )
)
