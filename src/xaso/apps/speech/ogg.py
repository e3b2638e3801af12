"""Joins Opus sounds into one file without decoding them, for browsers that play a page's sound without scripts.

Sources: RFC 3533 (Ogg pages), RFC 7845 (Opus in Ogg), RFC 6716, section 3.1 (the first byte of a packet).
"""

import struct
from collections.abc import Iterable, Iterator

RATE = 48_000
"""Positions in Opus count samples of 48 kHz, whatever the sound was made from."""
_PACKETS_A_PAGE = 50
_FIRST, _LAST = 2, 4
_HEAD = struct.Struct("<4sBBqIIIB")
_SERIAL = 1
_CRC = []
for _byte in range(256):
    _crc = _byte << 24
    for _bit in range(8):
        _crc = (_crc << 1) ^ (0x04C11DB7 if _crc & 0x80000000 else 0)
    _CRC.append(_crc & 0xFFFFFFFF)


def join(sounds: Iterable[bytes]) -> bytes:
    """Return one Opus file that plays the sounds, all made alike, one after the other. Raises ValueError for no sound at all."""
    streams = [list(packets_of(sound)) for sound in sounds]
    if not streams:
        raise ValueError("nothing to join")
    head, tags = streams[0][:2]
    spoken = [packet for stream in streams for packet in stream[2:]]
    pages = [_page([head], 0, 0, _FIRST), _page([tags], 0, 1, 0)]
    position = 0
    for begins in range(0, len(spoken), _PACKETS_A_PAGE):
        packets = spoken[begins : begins + _PACKETS_A_PAGE]
        position += sum(map(samples_of, packets))
        last = begins + _PACKETS_A_PAGE >= len(spoken)
        pages.append(_page(packets, position, len(pages), _LAST if last else 0))
    return b"".join(pages)


def packets_of(content: bytes) -> Iterator[bytes]:
    """Yield the packets of an Ogg file with one stream. Raises ValueError for what is none."""
    place, begun = 0, b""
    while place < len(content):
        sign, *_rest, count = _HEAD.unpack_from(content, place)
        if sign != b"OggS":
            raise ValueError("no Ogg page")
        lengths = content[place + _HEAD.size : place + _HEAD.size + count]
        place += _HEAD.size + count
        for length in lengths:
            begun += content[place : place + length]
            place += length
            if length < 255:
                yield begun
                begun = b""


def samples_of(packet: bytes) -> int:
    """Return how long a packet plays, in samples of 48 kHz."""
    if not packet:
        return 0
    kind, code = packet[0] >> 3, packet[0] & 3
    if kind < 12:
        frame = (480, 960, 1920, 2880)[kind & 3]
    elif kind < 16:
        frame = (480, 960)[kind & 1]
    else:
        frame = (120, 240, 480, 960)[kind & 3]
    frames = 1 if code == 0 else 2 if code < 3 else packet[1] & 0x3F
    return frame * frames


def _page(packets: list[bytes], position: int, number: int, flags: int) -> bytes:
    lengths = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    body = lengths + b"".join(packets)
    head = _HEAD.pack(b"OggS", 0, flags, position, _SERIAL, number, 0, len(lengths))
    return head[:22] + struct.pack("<I", _checksum(head + body)) + head[26:] + body


def _checksum(content: bytes) -> int:
    crc = 0
    for byte in content:
        crc = (crc << 8 & 0xFFFFFFFF) ^ _CRC[crc >> 24 ^ byte]
    return crc
