"""Reads the delivery receipts of SMPP: the optional parameters where the centre sends them, else its text (SMPP 3.4, appendix B)."""

import re
from typing import Any

from xaso.apps.notices.ports import Receipt

MESSAGE_TYPE = 0x3C
DELIVERY_RECEIPT, INTERMEDIATE = 0x04, 0x20
STATE_NAMES = {
    1: "ENROUTE",
    2: "DELIVRD",
    3: "EXPIRED",
    4: "DELETED",
    5: "UNDELIV",
    6: "ACCEPTD",
    7: "UNKNOWN",
    8: "REJECTD",
}
LOST = frozenset({"EXPIRED", "DELETED", "UNDELIV", "REJECTD"})
_FIELD = re.compile(r"\b(id|stat|err):\s*([^\s]+)", re.IGNORECASE)


def is_receipt(pdu: Any) -> bool:
    """Tell whether a deliver_sm is about a message of ours, and not one that somebody sent to the commune."""
    return (pdu.esm_class or 0) & MESSAGE_TYPE in {DELIVERY_RECEIPT, INTERMEDIATE}


def read_receipt(pdu: Any) -> Receipt | None:
    """Return what a receipt says; None for one that names no message or tells nothing final."""
    said = {name.lower(): value for name, value in _FIELD.findall(_text(pdu.message_payload or pdu.short_message))}
    reference = _text(pdu.receipted_message_id) or said.get("id", "")
    state = STATE_NAMES.get(pdu.message_state or 0) or said.get("stat", "").upper()
    if not reference or (state != "DELIVRD" and state not in LOST):
        return None
    error = said.get("err", "")
    detail = f"{state} {error}" if error.strip("0") else state
    return Receipt(reference, "delivered" if state == "DELIVRD" else "undelivered", detail, phone=_text(pdu.source_addr), handle=pdu)


def _text(value: bytes | str | None) -> str:
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else value or ""
    return text.strip("\x00 ")
