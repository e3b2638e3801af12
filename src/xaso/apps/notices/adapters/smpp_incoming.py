"""Reads the SMS that people send, as a message centre hands them over: alphabet, and pieces of long ones (SMPP 3.4, 3GPP TS 23.040)."""

from typing import Any

from smpplib import consts

from xaso.apps.notices.ports import Arrived, Coding

USER_DATA_HEADER = consts.SMPP_GSMFEAT_UDHI
EIGHT_BIT_REFERENCE, SIXTEEN_BIT_REFERENCE = (0x00, 3), (0x08, 4)
MOST_PIECES = 10
_CODINGS: dict[int, Coding] = {0x00: "gsm7", 0x01: "latin1", 0x03: "latin1", 0x08: "ucs2", 0x18: "ucs2", 0xF0: "gsm7", 0xF1: "gsm7"}


def read_incoming(pdu: Any) -> Arrived | None:
    """Return the SMS or the piece of one; None for what is no text: pictures, settings, a header that is broken."""
    coding = _CODINGS.get(pdu.data_coding or 0)
    octets = _octets(pdu.message_payload or pdu.short_message)
    joined = _by_options(pdu)
    if (pdu.esm_class or 0) & USER_DATA_HEADER:
        size = octets[0] if octets else 0
        if size + 1 > len(octets):
            return None
        joined = _by_header(octets[1 : size + 1]) or joined
        octets = octets[size + 1 :]
    if coding is None or (joined is not None and not _is_sound(joined)):
        return None
    return Arrived(_octets(pdu.source_addr).decode("ascii", "replace").strip("\x00 "), octets, coding, joined=joined, handle=pdu)


def _by_header(header: bytes) -> tuple[int, int, int] | None:
    """Return the joining that a user data header tells, among whatever else it holds."""
    at = 0
    while at + 2 <= len(header):
        kind, size = header[at], header[at + 1]
        value = header[at + 2 : at + 2 + size]
        if (kind, size) in {EIGHT_BIT_REFERENCE, SIXTEEN_BIT_REFERENCE} and len(value) == size:
            return int.from_bytes(value[:-2], "big"), value[-2], value[-1]
        at += 2 + size
    return None


def _by_options(pdu: Any) -> tuple[int, int, int] | None:
    found = (pdu.sar_msg_ref_num, pdu.sar_total_segments, pdu.sar_segment_seqnum)
    return None if None in found else found


def _is_sound(joined: tuple[int, int, int]) -> bool:
    _reference, total, number = joined
    return 1 <= number <= total <= MOST_PIECES


def _octets(value: bytes | str | None) -> bytes:
    return value if isinstance(value, bytes) else (value or "").encode("latin-1", "replace")
