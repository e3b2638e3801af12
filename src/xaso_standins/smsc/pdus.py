"""The PDUs of SMPP 3.4 that the stand-in needs, packed and read by hand, so that it shares no misunderstanding with its clients."""

import struct
from dataclasses import dataclass, field

BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER = 0x01, 0x02, 0x09
SUBMIT_SM, DELIVER_SM, UNBIND, ENQUIRE_LINK, GENERIC_NACK = 0x04, 0x05, 0x06, 0x15, 0x80000000
RESPONSE = 0x80000000
HEADER = struct.Struct(">LLLL")
LARGEST_BYTES = 70_000

OK, INVALID_LENGTH, INVALID_COMMAND, NOT_BOUND, ALREADY_BOUND = 0x00, 0x02, 0x03, 0x04, 0x05
BIND_FAILED, THROTTLED, INVALID_DESTINATION = 0x0D, 0x58, 0x0B

MESSAGE_PAYLOAD, RECEIPTED_ID, MESSAGE_STATE = 0x0424, 0x001E, 0x0427
SAR_REFERENCE, SAR_TOTAL, SAR_NUMBER = 0x020C, 0x020E, 0x020F
UDH_INDICATOR, RECEIPT = 0x40, 0x04
DEFAULT_ALPHABET, UCS2 = 0x00, 0x08

# 3GPP TS 23.038, 6.2.1; written down a second time on purpose.
BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = dict(zip(b"\x0a\x14\x28\x29\x2f\x3c\x3d\x3e\x40\x65", "\f^{}\\[~]|€", strict=True))


class Malformed(Exception):
    """What came is no PDU."""


@dataclass(frozen=True)
class Submit:
    """A submit_sm as it was sent. `joined` is (reference, number of segments, number of this one), None for a message alone."""

    source: str
    source_type: tuple[int, int]
    destination: str
    destination_type: tuple[int, int]
    esm_class: int
    registered: int
    coding: int
    text: str
    octets: int
    joined: tuple[int, int, int] | None
    is_payload: bool


@dataclass
class Reader:
    """Reads fields of a body one after the other. Raises Malformed where the body is too short."""

    body: bytes
    at: int = field(default=0)

    def octet(self) -> int:
        """Return one octet."""
        return self.octets(1)[0]

    def octets(self, size: int) -> bytes:
        """Return so many octets."""
        if self.at + size > len(self.body):
            raise Malformed("the body ends too early")
        self.at += size
        return self.body[self.at - size : self.at]

    def text(self) -> str:
        """Return a text up to its zero octet."""
        end = self.body.find(b"\x00", self.at)
        if end < 0:
            raise Malformed("a text without end")
        text = self.body[self.at : end].decode("ascii")
        self.at = end + 1
        return text

    def options(self) -> dict[int, bytes]:
        """Return the optional parameters up to the end."""
        found = {}
        while self.at < len(self.body):
            tag, size = struct.unpack(">HH", self.octets(4))
            found[tag] = self.octets(size)
        return found


def pack(command: int, status: int, sequence: int, body: bytes = b"") -> bytes:
    """Return a PDU."""
    return HEADER.pack(HEADER.size + len(body), command, status, sequence) + body


def read_bind(body: bytes) -> tuple[str, str]:
    """Return system id and password of a bind."""
    reader = Reader(body)
    return reader.text(), reader.text()


def read_submit(body: bytes) -> Submit:
    """Return what a submit_sm asks. Raises Malformed."""
    reader = Reader(body)
    reader.text()
    source_type, source = (reader.octet(), reader.octet()), reader.text()
    destination_type, destination = (reader.octet(), reader.octet()), reader.text()
    esm_class, _protocol, _priority = reader.octet(), reader.octet(), reader.octet()
    reader.text()
    reader.text()
    registered, _replace, coding, _default = reader.octet(), reader.octet(), reader.octet(), reader.octet()
    short = reader.octets(reader.octet())
    payload = reader.options().get(MESSAGE_PAYLOAD, b"")
    if bool(short) == bool(payload):
        raise Malformed("a text is needed, in one place only")
    octets, joined = short or payload, None
    if esm_class & UDH_INDICATOR:
        header, octets = octets[1 : octets[0] + 1], octets[octets[0] + 1 :]
        if header[:2] != b"\x00\x03" or len(header) != 5:
            raise Malformed("an unknown user data header")
        joined = (header[2], header[3], header[4])
    text = decoded(octets, coding)
    return Submit(
        source, source_type, destination, destination_type, esm_class, registered, coding, text, len(octets), joined, bool(payload)
    )


def decoded(octets: bytes, coding: int) -> str:
    """Return the text. Raises Malformed for a coding that is neither the default alphabet nor UCS-2, and for octets outside it."""
    if coding == 0x08:
        try:
            return octets.decode("utf-16-be")
        except UnicodeDecodeError as error:
            raise Malformed("half a character") from error
    if coding != 0x00:
        raise Malformed(f"data coding {coding}")
    letters, escaped = [], False
    for octet in octets:
        if octet > 0x7F or (escaped and octet not in EXTENDED):
            raise Malformed(f"octet {octet:#x} outside the default alphabet")
        if octet == 0x1B:
            escaped = True
            continue
        letters.append(EXTENDED[octet] if escaped else BASIC[octet])
        escaped = False
    return "".join(letters)


def deliver(source: str, destination: str, esm_class: int, text: str, options: dict[int, bytes]) -> bytes:
    """Return the body of a deliver_sm in plain letters, such as a receipt."""
    return _delivered(source, destination, esm_class, DEFAULT_ALPHABET, text.encode("ascii"), options)


def texted(source: str, destination: str, text: str, *, reference: int, way: str = "udh") -> list[bytes]:
    """Return the bodies of the deliver_sm PDUs for what a person wrote, in pieces where it is long.

    `way` is how pieces name each other: udh (an eight-bit reference), udh16 or sar (optional parameters).
    """
    coding, octets, alone, joined = _encoded(text)
    if len(octets) <= alone:
        return [_delivered(source, destination, 0, coding, octets, {})]
    pieces = [octets[at : at + joined] for at in range(0, len(octets), joined)]
    total, bodies = len(pieces), []
    for number, piece in enumerate(pieces, start=1):
        if way == "sar":
            options = {SAR_REFERENCE: struct.pack(">H", reference), SAR_TOTAL: bytes([total]), SAR_NUMBER: bytes([number])}
            bodies.append(_delivered(source, destination, 0, coding, piece, options))
            continue
        mark = bytes([0x00, 3, reference & 0xFF]) if way == "udh" else bytes([0x08, 4]) + struct.pack(">H", reference)
        header = mark + bytes([total, number])
        bodies.append(_delivered(source, destination, UDH_INDICATOR, coding, bytes([len(header)]) + header + piece, {}))
    return bodies


def _encoded(text: str) -> tuple[int, bytes, int, int]:
    """Return coding, octets, and how many of them fit alone and joined. A piece may end within a character: some centres cut so."""
    codes: list[int] = []
    escapes = {character: code for code, character in EXTENDED.items()}
    for character in text:
        if character in escapes:
            codes += [0x1B, escapes[character]]
        elif character in BASIC and character != "\x1b":
            codes.append(BASIC.index(character))
        else:
            return UCS2, text.encode("utf-16-be"), 140, 134
    return DEFAULT_ALPHABET, bytes(codes), 160, 153


def _delivered(source: str, destination: str, esm_class: int, coding: int, short: bytes, options: dict[int, bytes]) -> bytes:
    extra = b"".join(struct.pack(">HH", tag, len(value)) + value for tag, value in options.items())
    addresses = b"\x00\x01\x01" + source.encode() + b"\x00\x01\x01" + destination.encode() + b"\x00"
    return addresses + bytes([esm_class, 0, 0]) + b"\x00\x00" + bytes([0, 0, coding, 0, len(short)]) + short + extra
