"""Whole numbers in words, as the north says them."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_THOUSANDS = ("", "nghìn", "triệu")


def number_in_words(number: int) -> str:
    """Return the number in words, without a capital: "hai nghìn không trăm hai mươi sáu". Raises ValueError below 0."""
    if number < 0:
        raise ValueError(f"no number of ours: {number}")
    return _number(number) or _DIGITS[0]


def _number(number: int, *, full: bool = False) -> str:
    """Return a number in words, "" for 0; `full` says that greater groups stand before it, so that hundreds are spoken even when none."""
    billions, rest = divmod(number, 10**9)
    spoken = [f"{_number(billions, full=full)} tỷ"] if billions else []
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            spoken.append(f"{_hundreds(group, full=full or bool(spoken))} {_THOUSANDS[power]}".rstrip())
    return " ".join(spoken)


def _hundreds(group: int, *, full: bool) -> str:
    hundreds, rest = divmod(group, 100)
    if not hundreds and not full:
        return _tens(rest)
    spoken = f"{_DIGITS[hundreds]} trăm"
    if not rest:
        return spoken
    return f"{spoken} {_tens(rest)}" if rest >= 10 else f"{spoken} linh {_DIGITS[rest]}"


def _tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    ten = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    return f"{ten} {_one(ones, after_many=tens > 1)}" if ones else ten


def _one(ones: int, *, after_many: bool) -> str:
    """Return the last digit as it sounds after a ten: lăm, and after twenty and more mốt and tư."""
    if ones == 5:
        return "lăm"
    return {1: "mốt", 4: "tư"}.get(ones, _DIGITS[ones]) if after_many else _DIGITS[ones]
