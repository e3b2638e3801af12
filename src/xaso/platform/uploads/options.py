"""How much may be on its way at once; told to the operator by `xaso options`."""

from xaso.platform.options import Option, declare


def _megabytes(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise ValueError("must be a number of megabytes from 1 on")
    return int(text)


TOTAL_MB = declare(
    Option(
        "XASO_UPLOADS_TOTAL_MB", 4096, _megabytes, "MB", "how much all files together may weigh that phones send in pieces, for seven days"
    )
)
PER_ADDRESS_MB = declare(
    Option(
        "XASO_UPLOADS_PER_ADDRESS_MB",
        512,
        _megabytes,
        "MB",
        "how much of it may come from one network address, which many phones may share",
    )
)
SPARE_MB = declare(
    Option(
        "XASO_UPLOADS_SPARE_MB",
        256,
        _megabytes,
        "MB",
        "how much room on the disk is left to everything else: below it no new file is begun",
    )
)
