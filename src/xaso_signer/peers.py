"""Who is at the other end of a connection on this computer. Loopback is open to every user of it; only the one who runs us is served."""

import os
import sys
from pathlib import Path

TABLE = Path("/proc/net/tcp")


def is_same_user(client: tuple[str, int], server: tuple[str, int]) -> bool:
    """Tell whether the connecting program belongs to the user who runs us. Where the system doesn't tell (not Linux), every one does."""
    if not sys.platform.startswith("linux"):
        return True
    wanted = f"{_written(*client)} {_written(*server)}"
    for line in TABLE.read_text().splitlines()[1:]:
        _number, local, remote, _state, _queues, _timer, _retransmits, user, *_ = line.split()
        if f"{local} {remote}" == wanted:
            return int(user) == os.getuid()
    return False


def _written(address: str, port: int) -> str:
    """Return an address as the table writes it: the number in the machine's order of bytes, the port."""
    number = int.from_bytes(bytes(map(int, address.split("."))), sys.byteorder)
    return f"{number:08X}:{port:04X}"
