"""Carries SMS to a message centre over SMPP 3.4, by one session that stays open and brings back receipts and what people send."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar
from uuid import UUID

import structlog
from smpplib import consts

from xaso.apps.notices.adapters.smpp_incoming import read_incoming
from xaso.apps.notices.adapters.smpp_receipts import is_receipt, read_receipt
from xaso.apps.notices.adapters.smpp_session import Closed, Session, SmppAccount
from xaso.apps.notices.ports import Arrived, NotTaken, Receipt, Unavailable, Undeliverable
from xaso.kernel.sms import GSM7, measure, octets_of, segments_of

log = structlog.get_logger(__name__)
Found = TypeVar("Found", Receipt, Arrived)

CODINGS = {True: consts.SMPP_ENCODING_DEFAULT, False: consts.SMPP_ENCODING_ISO10646}
JOINED_HEADER = b"\x05\x00\x03"
"""User data header: five octets follow; a joined message with an eight-bit reference (3GPP TS 23.040, 9.2.3.24.1)."""
INTERNATIONAL, ISDN = 1, 1
REST_SECONDS = 60.0
THROTTLE_PAUSES_SECONDS = (0.5, 1.0, 2.0)

THROTTLED = frozenset({consts.SMPP_ESME_RTHROTTLED, consts.SMPP_ESME_RMSGQFUL})
NEVER = frozenset(
    {
        consts.SMPP_ESME_RINVMSGLEN,
        consts.SMPP_ESME_RINVDSTADR,
        consts.SMPP_ESME_RX_P_APPN,
        consts.SMPP_ESME_RX_R_APPN,
    }
)
OUR_SET_UP = frozenset(
    {
        consts.SMPP_ESME_RINVBNDSTS,
        consts.SMPP_ESME_RINVSRCADR,
        consts.SMPP_ESME_RINVSERTYP,
        consts.SMPP_ESME_RINVSRCTON,
        consts.SMPP_ESME_RINVSRCNPI,
        consts.SMPP_ESME_RINVDSTTON,
        consts.SMPP_ESME_RINVDSTNPI,
        consts.SMPP_ESME_RINVSYSTYP,
        consts.SMPP_ESME_RINVPASWD,
        consts.SMPP_ESME_RINVSYSID,
    }
)
"""Answers that each message would get alike: nobody's message is to be given up for them."""


@dataclass(frozen=True)
class Piece:
    """What one submit_sm carries: a message, one joined segment of it, or all of a long one for the centre to cut."""

    octets: bytes
    is_gsm7: bool
    is_joined: bool = False
    is_whole: bool = False


@dataclass(frozen=True)
class SmppSettings:
    """How messages are sent. `sender_type` is (type of number, numbering plan); `long_messages` is udh or payload."""

    account: SmppAccount
    sender: str
    sender_type: tuple[int, int]
    long_messages: Literal["udh", "payload"] = "udh"
    per_second: int = 10


class SmppSms:
    """A message centre. One process holds one session; it is opened when it is needed and again after it broke."""

    def __init__(self, settings: SmppSettings) -> None:
        self._settings = settings
        self._session: Session | None = None
        self._rest_until = 0.0
        self._next_submit_at = 0.0

    def send(self, *, phone: str, text: str, reference: str) -> str:
        """Hand over all segments and return the centre's ids of them. Raises Undeliverable, NotTaken or Unavailable by its answer."""
        try:
            session = self._open_session()
            ids = [self._submit(session, phone, piece) for piece in self._pieces(text, reference)]
        except Closed as error:
            self._session = None
            raise Unavailable(str(error)) from error
        return " ".join(filter(None, ids))

    def reports(self) -> list[Receipt]:
        """Return what the centre has told since, keeping the session alive; after a failure the next look is a minute later."""
        return self._found(lambda pdu: read_receipt(pdu) if is_receipt(pdu) else None, is_receipt)

    def acknowledge(self, receipt: Receipt, *, is_known: bool) -> None:
        """Tell the centre that the receipt is written down. One that is not told so is sent again, and does no harm then."""
        if self._session is None or receipt.handle not in self._session.arrived:
            return
        self._settle(self._session, receipt.handle)

    def arrived(self) -> list[Arrived]:
        """Return the SMS that people sent since, as `reports` does."""
        return self._found(read_incoming, lambda pdu: not is_receipt(pdu))

    def take(self, arrived: Arrived) -> None:
        """Tell the centre that the SMS is written down. One that is not told so is sent again, and is kept once all the same."""
        if self._session is not None and arrived.handle in self._session.arrived:
            self._settle(self._session, arrived.handle)

    def close(self) -> None:
        """Take leave of the centre."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _open_session(self) -> Session:
        if self._session is None:
            self._session = Session.bound(self._settings.account)
        return self._session

    def _found(self, read: Callable[[Any], Found | None], is_wanted: Callable[[Any], bool]) -> list[Found]:
        """Return what is wanted of that which came; what can't be read, or tells nothing final, is answered and let go."""
        if self._session is None and time.monotonic() < self._rest_until:
            return []
        try:
            session = self._open_session()
            session.listen()
        except Closed as error:
            log.warning("smpp_session_closed", why=str(error))
            self._session = None
            self._rest_until = time.monotonic() + REST_SECONDS
            return []
        found = []
        for pdu in filter(is_wanted, list(session.arrived)):
            one = read(pdu)
            if one is None:
                log.info("smpp_delivery_ignored", is_receipt=is_receipt(pdu))
                self._settle(session, pdu)
            else:
                found.append(one)
        return found

    def _settle(self, session: Session, pdu: Any) -> None:
        session.arrived.remove(pdu)
        try:
            session.answer(pdu)
        except Closed:
            self._session = None

    def _pieces(self, text: str, reference: str) -> list[Piece]:
        is_gsm7, segments = measure(text).encoding == GSM7, segments_of(text)
        if len(segments) == 1:
            return [Piece(octets_of(text), is_gsm7)]
        if self._settings.long_messages == "payload":
            return [Piece(octets_of(text), is_gsm7, is_whole=True)]
        mark = UUID(reference).int & 0xFF
        encode = octets_of if is_gsm7 else _ucs2
        return [
            Piece(JOINED_HEADER + bytes([mark, len(segments), number]) + encode(segment), is_gsm7, is_joined=True)
            for number, segment in enumerate(segments, start=1)
        ]

    def _submit(self, session: Session, phone: str, piece: Piece) -> str:
        """Hand one piece over and return the centre's id; told to go slower, wait a little and try again. Raises as `send`."""
        for pause in (*THROTTLE_PAUSES_SECONDS, None):
            self._keep_pace()
            answer = session.ask("submit_sm", **self._fields(phone, piece))
            if answer.status not in THROTTLED:
                break
            if pause is None:
                raise Unavailable(_shown(answer))
            time.sleep(pause)
        if answer.is_error():
            raise _failure(answer)
        return bytes(answer.message_id or b"").decode("ascii", "replace")

    def _fields(self, phone: str, piece: Piece) -> dict[str, Any]:
        ton, npi = self._settings.sender_type
        return {
            "source_addr": self._settings.sender,
            "source_addr_ton": ton,
            "source_addr_npi": npi,
            "destination_addr": f"84{phone.removeprefix('0')}",
            "dest_addr_ton": INTERNATIONAL,
            "dest_addr_npi": ISDN,
            "data_coding": CODINGS[piece.is_gsm7],
            "esm_class": consts.SMPP_GSMFEAT_UDHI if piece.is_joined else consts.SMPP_MSGMODE_DEFAULT,
            "registered_delivery": consts.SMPP_SMSC_DELIVERY_RECEIPT_BOTH,
            "message_payload" if piece.is_whole else "short_message": piece.octets,
        }

    def _keep_pace(self) -> None:
        time.sleep(max(0.0, self._next_submit_at - time.monotonic()))
        self._next_submit_at = time.monotonic() + 1 / self._settings.per_second


def _ucs2(text: str) -> bytes:
    """Return a segment of a message that is UCS-2 as a whole, also when the segment alone would not need it."""
    return text.encode("utf-16-be")


def _failure(answer: Any) -> Exception:
    """Return what an answer other than “taken” means: never, not with our set-up, or later perhaps."""
    if answer.status in NEVER:
        return Undeliverable(_shown(answer))
    return Unavailable(_shown(answer)) if answer.status in OUR_SET_UP else NotTaken(_shown(answer))


def _shown(answer: Any) -> str:
    return f"{answer.get_status_desc()} (0x{answer.status:X})"
