"""The chain that makes a record tamper-evident: each link vouches for one entry and, by its digest, for all links before it.

Pure functions over plain values; texts are as `stored.py` reads them from either database.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

GENESIS = "0" * 64
"""What stands for the digest before the first link."""

_read_document = json.JSONDecoder().decode

FAULTS_TOLD = 1000
"""So many faults are told one by one; beyond, the record is known to be worthless."""

Kind = Literal[
    "changed", "moved", "removed", "missing", "inserted", "relinked", "truncated", "forged", "anchor_gone", "key_changed", "unanchored"
]
Content = Sequence[Any]
"""The values of an entry: id, commune, at, kind, account, name, post, verb, subject, detail (JSON text), address, channel."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place in a chain: from 1 on, without gaps. `content` is the digest of the entry, `digest` that of the link itself."""

    number: int
    sealed_at: str
    entry: str
    content: str
    digest: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was sealed: at which place of the chain, up to which, and which entry.

    `changed`: the entry says something else. `moved`: it stands in another's place. `removed`: it is gone. `missing`: links are gone.
    `inserted`: an entry that never waited to be sealed. `relinked`: the link itself was altered. `truncated`: the chain's end is gone.
    The others are about anchors, see `anchors.py`; then `entry` is the name of the anchor's file.
    """

    kind: Kind
    number: int = 0
    last: int = 0
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk along a chain found: how many links, the last one's digest, and the faults in the chain's order."""

    links: int
    digest: str
    faults: tuple[Fault, ...]


def content_digest(content: Content) -> str:
    """Return the digest of what an entry says. How its detail is spaced and ordered does not matter: a database may do that its own way."""
    *before, detail, address, channel = content
    values = [*before, _read(detail), address, channel]
    return hashlib.sha256(_as_text(values).encode()).hexdigest()


def _kept_encoder() -> Callable[[list[Any]], str]:
    """Return what makes texts of values. Python's encoder makes its part in C anew for each text, most of what a verification spends."""
    plain = json.JSONEncoder(separators=(",", ":"), sort_keys=True)
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return plain.encode
    pieces = make(None, plain.default, json.encoder.encode_basestring_ascii, None, ":", ",", True, False, True)
    return lambda values: "".join(pieces(values, 0))


_as_text = _kept_encoder()


def _read(detail: str) -> Any:
    if detail == "{}":
        return {}
    try:
        return _read_document(detail)
    except ValueError:
        return detail


def link_digest(chain: str, previous: str, link: Link) -> str:
    """Return the digest of a link of the chain after the one with the digest `previous`; the link's own `digest` plays no part."""
    return _digest(chain, previous, link.number, link.sealed_at, link.entry, link.content)


def _digest(chain: str, previous: str, number: int, sealed_at: str, entry: str, content: str) -> str:
    return hashlib.sha256(f"{chain}|{previous}|{number}|{sealed_at}|{entry}|{content}".encode()).hexdigest()


def extend(chain: str, number: int, digest: str, contents: Iterable[Content], sealed_at: str) -> Iterator[Link]:
    """Yield the links of further entries after the link with this number and digest (0 and `GENESIS` at the beginning)."""
    for content in contents:
        number += 1
        bare = Link(number, sealed_at, content[0], content_digest(content), "")
        digest = link_digest(chain, digest, bare)
        yield replace(bare, digest=digest)


def walk(chain: str, rows: Iterable[tuple[Any, ...]]) -> Walked:
    """Go along a chain from its beginning.

    Each row is number, sealed_at, entry, content digest and digest of a link, then the entry's content as it is now, whose id is None
    when the entry is gone. After a fault the walk goes on from what is written, so that each fault is told where it is.
    """
    expected, digest, checks = 1, GENESIS, _Checks()
    for number, sealed_at, entry, content, written, *now in rows:
        previous: str | None = digest
        if number != expected:
            checks.add(Fault("missing", expected, number - 1))
            previous = None
        if now[0] is None:
            checks.add(Fault("removed", number, entry=entry))
        else:
            found = content_digest(now)
            if found != content:
                checks.differs(number, entry, content, found)
        if previous is not None and _digest(chain, previous, number, sealed_at, entry, content) != written:
            checks.add(Fault("relinked", number, entry=entry))
        expected, digest = number + 1, written
    return Walked(expected - 1, digest, checks.faults())


class _Checks:
    """Gathers faults, and tells entries that changed from entries that changed places."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._differing: dict[int, tuple[str, str]] = {}

    def add(self, fault: Fault) -> None:
        if len(self._faults) < FAULTS_TOLD:
            self._faults.append(fault)

    def differs(self, number: int, entry: str, sealed: str, found: str) -> None:
        if len(self._faults) < FAULTS_TOLD:
            self._differing[number] = sealed, found
        self.add(Fault("changed", number, entry=entry))

    def faults(self) -> tuple[Fault, ...]:
        sealed_elsewhere = {sealed for sealed, _found in self._differing.values()}
        moved = {number for number, (_sealed, found) in self._differing.items() if found in sealed_elsewhere}
        return tuple(replace(fault, kind="moved") if fault.kind == "changed" and fault.number in moved else fault for fault in self._faults)
