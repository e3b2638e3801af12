"""What could not be read, in words for whoever files and for whoever approves."""

from collections.abc import Iterable, Iterator

from xaso.apps.procedures.national.records import Record
from xaso.kernel.forms import Texts

_CHANNELS = {
    "online": {"vi": "Qua mạng", "en": "Online"},
    "counter": {"vi": "Tại quầy", "en": "At the counter"},
    "post": {"vi": "Qua bưu điện", "en": "By post"},
}
_OF_CHANNEL = {
    "time_absent": {"vi": "nguồn không ghi thời hạn", "en": "the source gives no time limit"},
    "time_bare": {"vi": "nguồn ghi số mà không ghi ngày hay giờ", "en": "the source gives a number without a unit of time"},
    "time_words": {"vi": "nguồn ghi chữ ở chỗ thời hạn", "en": "the source has words where the time limit should stand"},
    "time_unit": {"vi": "đơn vị thời hạn không dùng được", "en": "the time limit has a unit that can't be used"},
    "time_contradicts": {"vi": "nguồn ghi thời hạn mâu thuẫn nhau", "en": "the source contradicts itself on the time limit"},
    "time_cases": {"vi": "nguồn ghi nhiều thời hạn, không rõ ai theo mức nào", "en": "the source gives several time limits, not whose"},
    "fee_absent": {"vi": "nguồn không ghi phí", "en": "the source gives no fee"},
    "fee_note": {"vi": "nguồn ghi miễn phí nhưng kèm ghi chú về phí", "en": "the source says free of charge beside a note on the fee"},
    "fee_glued": {"vi": "số tiền dính liền số khác", "en": "the amount has run into another number"},
    "fee_foreign": {"vi": "phí bằng tiền nước ngoài, giữ nguyên văn", "en": "the fee is in foreign currency, kept as printed"},
    "fee_small": {"vi": "số tiền nhỏ bất thường", "en": "the amount is too small to be true"},
    "fee_contradicts": {"vi": "nguồn ghi mức phí mâu thuẫn nhau", "en": "the source contradicts itself on the fee"},
    "fee_cases": {"vi": "mức phí chỉ cho một số trường hợp", "en": "the amount is for some cases only"},
}
_OF_CELL = {
    "channels": {"vi": "Không đọc được bảng cách nộp, thời hạn, phí.", "en": "The table of channels, time limits and fees can't be read."},
    "papers": {
        "vi": "Không đọc được danh sách giấy tờ; xem nguyên văn.",
        "en": "The list of papers can't be read; see the source's words.",
    },
    "results": {"vi": "Kết quả chưa có mã của quốc gia.", "en": "The result has no national code."},
    "laws": {"vi": "Không đọc được số hiệu văn bản căn cứ.", "en": "The numbers of the legal texts can't be read."},
    "agency": {"vi": "Nguồn không ghi cơ quan thực hiện.", "en": "The source names no authority."},
}
_TERMS_DIFFER = {
    "vi": "Nguồn ghi thời hạn khác nhau theo cách nộp; có thể là của từng trường hợp. Hỏi lại ở quầy.",
    "en": "The source gives a different time limit for each channel; they may belong to different cases. Ask at the desk.",
}


def confirm(record: Record) -> Iterator[tuple[str, Texts]]:
    """Yield what people are told is not proven."""
    yield from sentences(record.doubts)
    if len({channel.term for channel in record.channels if channel.term}) > 1:
        yield "terms_differ", _TERMS_DIFFER


def sentences(doubts: Iterable[str]) -> Iterator[tuple[str, Texts]]:
    """Yield one sentence for each reason, naming all channels that it concerns."""
    channels: dict[str, list[str]] = {}
    for doubt in doubts:
        channel, _separator, reason = doubt.rpartition(":")
        channels.setdefault(reason, []).append(channel)
    for reason, concerned in channels.items():
        yield reason, _OF_CELL.get(reason) or _of_channels(reason, concerned)


def _of_channels(reason: str, channels: list[str]) -> Texts:
    return {
        language: f"{', '.join(_CHANNELS[channel][language] for channel in channels)}: {_OF_CHANNEL[reason][language]}."
        for language in ("vi", "en")
    }
