"""Our own dossier codes `XS-yymmdd-nnnn`. Each process takes them in small blocks, so that filing does not queue on one row."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from xaso.kernel.identifiers import own_dossier_code
from xaso.kernel.worktime import VN
from xaso.platform.counters import reserve_block

BLOCK = 20
_lock = threading.Lock()
_blocks: dict[tuple[UUID, date], list[int]] = {}
_here = threading.local()


@contextmanager
def one_by_one() -> Iterator[None]:
    """Take codes singly, in a transaction that files many: until it ends it could not use the rest of any block that it reserved."""
    _here.singly = True
    try:
        yield
    finally:
        _here.singly = False


def next_code(commune_id: UUID, now: datetime) -> str:
    """Return a code that no other dossier has. Codes of a block that a process did not use remain gaps.

    A block reserved in a transaction is used by others only once that transaction has committed: one that is rolled back gives its
    numbers out again.
    """
    day = now.astimezone(VN).date()
    if getattr(_here, "singly", False):
        return own_dossier_code(day, reserve_block(commune_id, "dossier", day.isoformat(), 1))
    number = _from_known_block(commune_id, day)
    if number is None:
        number = reserve_block(commune_id, "dossier", day.isoformat(), BLOCK)
        rest = range(number + 1, number + BLOCK)
        transaction.on_commit(lambda: _remember(commune_id, day, rest))
    return own_dossier_code(day, number)


def _from_known_block(commune_id: UUID, day: date) -> int | None:
    with _lock:
        numbers = _blocks.get((commune_id, day))
        return numbers.pop(0) if numbers else None


def _remember(commune_id: UUID, day: date, numbers: range) -> None:
    with _lock:
        _blocks.setdefault((commune_id, day), []).extend(numbers)
        for old in [key for key in _blocks if key[1] < day]:
            del _blocks[old]
