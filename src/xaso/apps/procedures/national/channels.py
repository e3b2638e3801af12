"""The cell of channels, times and fees: a table glued together without separators, several rows of one channel among them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from xaso.apps.procedures.national.fees import Charge, read_charge
from xaso.apps.procedures.national.terms import Times, mentions, read_time
from xaso.kernel.worktime import Term

HEAD = "Hình thức nộpThời gianPhí, lệ phíMô tả"
CHANNEL_NAMES = {"Trực tuyến": "online", "Trực tiếp": "counter", "Dịch vụ bưu chính": "post"}
LONGEST_WORDS = 400

T = TypeVar("T")

_NAMES = "|".join(CHANNEL_NAMES)
_CAPITAL = "A-Z" + "".join(letter for letter in map(chr, range(0xC0, 0x1EFA)) if letter.isupper())
_BOUNDARY = rf"(?:{_NAMES})[\d{_CAPITAL}]"
_UNITS = "Ngày làm việc|Ngày|Giờ làm việc|Giờ|Phút|Tuần|Tháng|Năm"
_CURRENCIES = r"VNĐ|VND|Việt Nam Đồng|[A-Z]{3}\b|[A-Z]{3}(?=[(\n]|$)|Đô la Mỹ"
_FEE = rf"Miễn phí|Không có thông tin|\d[\d.,]* ?(?:{_CURRENCIES})"
_ROW = re.compile(
    rf"(?P<channel>{_NAMES})"
    rf"(?P<time>\d{{1,4}} ?(?:{_UNITS})|\d{{1,4}}(?=Miễn phí|Không có thông tin)|(?=\d)"
    rf"|Không(?: quy định)?\s?|[{_CAPITAL}](?:(?!{_BOUNDARY}).){{0,{LONGEST_WORDS}}}?(?<!\s))"
    rf"(?P<fee>{_FEE})",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as printed: `note` is what stands in brackets behind the fee, `text` the description."""

    channel: str
    time: str
    fee: str
    note: str
    text: str

    @property
    def printed(self) -> str:
        """Return the row in one line."""
        return " · ".join(part for part in (self.time, self.fee + self.note, self.text) if part)


@dataclass(frozen=True, slots=True)
class ChannelCell:
    """What the cell says of one channel. None is unknown, then `doubts` says why."""

    channel: str
    term: Term | None
    charge: Charge | None
    doubts: tuple[str, ...]
    printed: tuple[str, ...]


def read_channels(cell: str) -> tuple[ChannelCell, ...]:
    """Return the channels in the order in which they are printed; none when the cell is not such a table.

    Rows of one channel count only when they agree: the source does not say which of them is whose.
    """
    rows = tuple(split_rows(cell))
    times = mentions(f"{row.note} {row.text}" for row in rows)
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.channel, []).append(row)
    return tuple(_channel(channel, own, times) for channel, own in found.items())


def split_rows(cell: str) -> Iterator[Row]:
    """Yield the rows of the table; none when it doesn't begin with its head and a row."""
    body = cell.strip().removeprefix(HEAD)
    starts = list(_ROW.finditer(body))
    if body == cell.strip() or not starts or starts[0].start() != 0:
        return
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        rest = body[start.end() : following.start() if following else len(body)]
        note = _bracketed(rest)
        yield Row(CHANNEL_NAMES[start["channel"]], start["time"].strip(), start["fee"], note, rest[len(note) :].strip())


def _channel(channel: str, rows: list[Row], times: Times) -> ChannelCell:
    terms = [read_time(row.time, f"{row.note} {row.text}", row.text, times) for row in rows]
    charges = [read_charge(row.fee, row.note, row.text, glued=not row.time) for row in rows]
    term, no_term = _agreed((one.term, one.doubt) for one in terms)
    charge, no_charge = _agreed((one.charge, one.doubt) for one in charges)
    doubts = tuple(doubt for doubt in (f"time_{no_term}" if no_term else "", f"fee_{no_charge}" if no_charge else "") if doubt)
    return ChannelCell(channel, term, charge, doubts, tuple(row.printed for row in rows))


def _agreed(read: Iterable[tuple[T | None, str]]) -> tuple[T | None, str]:
    """Return what all rows say alike, else None with the reason."""
    values = list(read)
    first, _doubt = values[0]
    unread = next((doubt for value, doubt in values if value is None), "")
    if unread:
        return None, unread
    return (first, "") if all(value == first for value, _ in values) else (None, "cases")


def _bracketed(text: str) -> str:
    """Return the brackets with which the text begins, closed or not; "" when it begins otherwise."""
    if not text.startswith("("):
        return ""
    depth = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return text[: place + 1]
    return text
