"""Checks a stranger's PDF in a process of its own, with bounded memory and time: a file built to break a parser ends that process only."""

import base64
import json
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from xaso.kernel.errors import Refusal

if TYPE_CHECKING:
    from xaso.apps.signing.trust import Known
    from xaso.apps.signing.verification import Finding

CPU_SECONDS, WALL_SECONDS = 10, 20
MEMORY_BYTES = 1024**3
_BOUNDED = ("prlimit", f"--as={MEMORY_BYTES}", f"--cpu={CPU_SECONDS}", "--core=0")


def read_foreign(content: bytes, known: "Known", *, now: datetime) -> "list[Finding]":
    """Return what is so of each signature. Raises Refusal `signing.unreadable`, `signing.too_complex`."""
    head = {"now": now.isoformat(), **{name: [base64.b64encode(der).decode() for der in found] for name, found in asdict(known).items()}}
    try:
        done = subprocess.run(
            [*_BOUNDED, sys.executable, "-W", "ignore", "-m", __name__],
            input=json.dumps(head).encode() + b"\n" + content,
            capture_output=True,
            check=False,
            timeout=WALL_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise Refusal("signing.too_complex") from error
    if done.returncode:
        raise Refusal("signing.too_complex")
    answer = json.loads(done.stdout)
    if answer is None:
        raise Refusal("signing.unreadable")
    return [_finding(one) for one in answer]


def _finding(one: dict[str, Any]) -> "Finding":
    from xaso.apps.signing.later_changes import Change
    from xaso.apps.signing.verification import Finding

    times = {name: datetime.fromisoformat(one[name]) if one[name] else None for name in ("claimed_at", "stamped_at")}
    return Finding(**{**one, **times, "changes": tuple(Change(**change) for change in one["changes"])})


def _read_here() -> None:
    from xaso.apps.signing.trust import Known
    from xaso.apps.signing.verification import read_signatures

    line, _newline, content = sys.stdin.buffer.read().partition(b"\n")
    head = json.loads(line)
    now = datetime.fromisoformat(head.pop("now"))
    known = Known(**{name: tuple(map(base64.b64decode, found)) for name, found in head.items()})
    try:
        answer: list[dict[str, Any]] | None = [asdict(one) for one in read_signatures(content, known, now=now)]
    except Refusal:
        answer = None
    sys.stdout.write(json.dumps(answer, default=datetime.isoformat))


if __name__ == "__main__":
    _read_here()
