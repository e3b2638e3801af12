"""Adds to signed papers what proves their time, in a process of its own that ends afterwards and gives back what pyHanko took."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from xaso.apps.signing.adapters.tsa_http import HttpStamper
from xaso.apps.signing.known_here import known_in
from xaso.apps.signing.ports import NoStamp, StampToken
from xaso.apps.signing.shapes import Level

UNREADABLE, CHAIN_FAILED, NO_LISTS = "paper_unreadable", "chain_failed", "revocation_untold"
WALL_SECONDS = 300


@dataclass(frozen=True)
class Lacking:
    """A paper that lacks a proof: the level it has, and its file."""

    level: str
    content: bytes


@dataclass(frozen=True)
class Turn:
    """Papers that are due, the wanted level, the folder of keys, lists besides those that lie there, and how the server is asked."""

    papers: tuple[Lacking, ...]
    wanted: str
    keys: str
    own_lists: tuple[bytes, ...]
    address: str
    seconds: float
    longest_bytes: int
    now: datetime


@dataclass(frozen=True)
class Newer:
    """A newer form of a paper, its level and its new time stamp; or why there is none, and the fault where nobody foresaw it."""

    content: bytes = b""
    level: str = ""
    token: StampToken | None = None
    trouble: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of a turn, paper by paper; the chains of the stamps that were believed; what was learnt of the server."""

    papers: tuple[Newer, ...] = ()
    chains: tuple[tuple[bytes, ...], ...] = ()
    longest_bytes: int = 0
    is_resting: bool = False


@dataclass
class _Server:
    """The way to the server, and what is learnt on it."""

    turn: Turn
    chains: list[tuple[bytes, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        keys = Path(self.turn.keys)
        self.stamper = HttpStamper(self.turn.address, self.turn.seconds, lambda: known_in(keys), self.chains.append)
        self.stamper.learn(self.turn.longest_bytes)


def prove_apart(turn: Turn) -> Outcome:
    """Do it in a process of its own. A file that ends that process is told as unreadable, and keeps no other waiting."""
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", __name__],
            input=_written(asdict(turn)),
            capture_output=True,
            check=False,
            timeout=WALL_SECONDS,
        )
        fault = done.stderr.decode(errors="replace")[-400:] if done.returncode else ""
    except subprocess.TimeoutExpired:
        fault = "time is over"
    if not fault:
        return _outcome(_read(done.stdout))
    if len(turn.papers) > 1:
        return _together(prove_apart(replace(turn, papers=(one,))) for one in turn.papers)
    return Outcome((Newer(trouble=UNREADABLE, fault=fault),), longest_bytes=turn.longest_bytes)


def prove_here(turn: Turn) -> Outcome:
    """Do it in this process, which then holds pyHanko."""
    server = _Server(turn)
    papers = tuple(_newer(one, turn, server.stamper) for one in turn.papers)
    return Outcome(papers, tuple(server.chains), server.stamper.longest_bytes, server.stamper.is_resting)


def _newer(paper: Lacking, turn: Turn, stamper: HttpStamper) -> Newer:
    from xaso.apps.signing import evidence

    try:
        return _more(paper, turn, stamper)
    except NoStamp as failure:
        return Newer(trouble=failure.reason)
    except evidence.Lacking as lacking:
        return Newer(trouble=NO_LISTS if lacking.trouble == "untold" else CHAIN_FAILED)
    except Exception as error:  # one broken file must not keep the others waiting
        return Newer(trouble=UNREADABLE, fault=repr(error))


def _more(paper: Lacking, turn: Turn, stamper: HttpStamper) -> Newer:
    """Return what the paper is to be next: stamped, or with all evidence, stamped over where operators want that."""
    from xaso.apps.signing.document_stamps import with_time_stamp
    from xaso.apps.signing.preserving import with_evidence

    if paper.level == Level.BASIC:
        stamped = with_time_stamp(paper.content, stamper, now=turn.now)
        return Newer(stamped.content, Level.STAMPED, stamped.token)
    renews = Level.RENEWED in {paper.level, turn.wanted}
    here = known_in(Path(turn.keys))
    here = replace(here, crls=(*here.crls, *turn.own_lists))
    newer, token = with_evidence(paper.content, here, stamper if renews else None, now=turn.now)
    return Newer(newer, Level.RENEWED if renews else Level.COMPLETE, token)


def _together(outcomes: Iterable[Outcome]) -> Outcome:
    whole = Outcome()
    for one in outcomes:
        longest = max(whole.longest_bytes, one.longest_bytes)
        whole = Outcome(whole.papers + one.papers, whole.chains + one.chains, longest, one.is_resting)
    return whole


def _written(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, default=_marked).encode()


def _marked(value: object) -> dict[str, str]:
    return {"_at": value.isoformat()} if isinstance(value, datetime) else {"_bytes": base64.b64encode(bytes(value)).decode()}  # type: ignore[call-overload]


def _read(text: bytes) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(text, object_hook=_unmarked)
    return facts


def _unmarked(facts: dict[str, Any]) -> Any:
    if "_at" in facts:
        return datetime.fromisoformat(facts["_at"])
    return base64.b64decode(facts["_bytes"]) if "_bytes" in facts else facts


def _turn(facts: dict[str, Any]) -> Turn:
    papers = tuple(Lacking(**one) for one in facts["papers"])
    return Turn(**{**facts, "papers": papers, "own_lists": tuple(facts["own_lists"])})


def _outcome(facts: dict[str, Any]) -> Outcome:
    papers = tuple(Newer(**{**one, "token": _token(one["token"])}) for one in facts["papers"])
    return Outcome(**{**facts, "papers": papers, "chains": tuple(map(tuple, facts["chains"]))})


def _token(facts: dict[str, Any] | None) -> StampToken | None:
    return StampToken(**{**facts, "chain": tuple(facts["chain"])}) if facts else None


if __name__ == "__main__":
    sys.stdout.buffer.write(_written(asdict(prove_here(_turn(_read(sys.stdin.buffer.read()))))))
