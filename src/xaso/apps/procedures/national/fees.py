"""A fee as printed in a row, held against the note behind it. The source prints “Miễn phí” where nobody entered an amount, too."""

import re
from dataclasses import dataclass

VND = frozenset({"vnđ", "vnd", "việt nam đồng"})
LEAST_VND = 1000
"""Smaller amounts are slips: “20 VNĐ” stands beside “20.000 đ/tờ khai”."""

NOTHING = frozenset(
    {"", "không", "không có", "không quy định", "không thu phí", "không thu lệ phí", "không thu phí, lệ phí", "miễn phí", "miễn lệ phí"}
)

_AMOUNT = re.compile(r"(\d[\d.,]*) ?(\D+)")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+")
_MONEY = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?:đồng|vnđ|vnd|đ(?!\w))", re.IGNORECASE)
_PER = re.compile(r"(?:\A\(*|(?:đồng|vnđ|vnd|đ)\s*)/\s*([^/().,;:]{2,60})", re.IGNORECASE)
_BY_CHANNEL = re.compile(r"trường hợp công dân nộp hồ sơ (?:qua cổng dịch vụ công trực tuyến|trực tiếp)", re.IGNORECASE)
_ONE_CASE = re.compile(r"(?<!/)(?<!/ )(?:trường hợp|danh sách|đối với|cá nhân|áp dụng)", re.IGNORECASE)
_OTHERS_SET_IT = re.compile(r"hội đồng nhân dân|hđnd|%|giảm", re.IGNORECASE)
_SPEAKS_OF_FEES = re.compile(r"lệ phí|(?:nộp|thu|mức|trả) phí", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Charge:
    """An amount, 0 for free of charge; `per` is what it is asked for, empty for the whole."""

    amount_vnd: int
    per: str = ""


@dataclass(frozen=True, slots=True)
class ChargeRead:
    """A charge, or None and why: absent, note, glued, foreign, small, contradicts, cases."""

    charge: Charge | None
    doubt: str = ""


def read_charge(printed: str, note: str, text: str, *, glued: bool) -> ChargeRead:
    """Return the charge of a row. `glued`: no time stands before the amount, so a bare number may have run into it."""
    if printed == "Không có thông tin":
        return ChargeRead(None, "absent")
    if printed == "Miễn phí":
        return _free(note, text)
    found = _AMOUNT.fullmatch(printed)
    if found is None or glued:
        return ChargeRead(None, "glued")
    if found[2].strip().lower() not in VND:
        return ChargeRead(None, "foreign")
    return _amount(found[1], note, text)


def _free(note: str, text: str) -> ChargeRead:
    if note.strip(" ().;,").lower() not in NOTHING:
        return ChargeRead(None, "note")
    if _MONEY.search(text) or _SPEAKS_OF_FEES.search(text):
        return ChargeRead(None, "note")
    return ChargeRead(Charge(0))


def _amount(digits: str, note: str, text: str) -> ChargeRead:
    if _NUMBER.fullmatch(digits) is None:
        return ChargeRead(None, "glued")
    amount = _vnd(digits)
    if amount < LEAST_VND:
        return ChargeRead(None, "small")
    others = {_vnd(one) for one in _MONEY.findall(f"{note} {text}")} - {amount}
    if others or _OTHERS_SET_IT.search(note):
        return ChargeRead(None, "contradicts")
    if _ONE_CASE.search(_BY_CHANNEL.sub("", note)):
        return ChargeRead(None, "cases")
    per = _PER.search(note)
    return ChargeRead(Charge(amount, per[1].strip() if per else ""))


def _vnd(digits: str) -> int:
    return int(digits.replace(".", "").replace(",", ""))
