"""Compares the packages of the lock files with the holes that are known of them, at OSV (osv.dev), in one question and one more for each hole.

`make audit` prints what is found and ends with 1; with 2 when nobody could be asked: then nothing was compared.
`OSV=<address>` asks another server of the same API, such as a mirror in a closed network.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "deploy"))
from sbom import locked_packages  # noqa: E402 - a script beside this one

SERVICE = "https://api.osv.dev"
SECONDS = 20
MOST_BYTES = 20 * 1024 * 1024
PYTHON_LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock")
FOUND, NOBODY_ASKED = 1, 2


@dataclass(frozen=True, order=True)
class Locked:
    """A package that a lock file holds; `runs` tells whether it runs in an installation, or only where one develops."""

    ecosystem: str
    name: str
    version: str
    runs: bool


@dataclass(frozen=True, order=True)
class Hole:
    """What is known of a package: number, gravity as OSV words it, what it is, and the versions that mend it."""

    package: Locked
    number: str
    gravity: str
    summary: str
    mended_in: tuple[str, ...]


class NobodyAsked(Exception):
    """The service gave no answer that could be read."""


def locked(root: Path = ROOT) -> list[Locked]:
    """Return the packages of all lock files, each once."""
    runs = {(one.name, one.version) for one in locked_packages((root / PYTHON_LOCKS[0]).read_text(encoding="utf-8"))}
    python = {(one.name, one.version) for lock in PYTHON_LOCKS for one in locked_packages((root / lock).read_text(encoding="utf-8"))}
    npm = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    scripts = {(path.rpartition("node_modules/")[2], one["version"]) for path, one in npm.items() if path}
    return sorted(
        [
            *(Locked("PyPI", name, version, (name, version) in runs) for name, version in python),
            *(Locked("npm", name, version, runs=False) for name, version in scripts),
        ]
    )


def holes(packages: Iterable[Locked], service: str = SERVICE) -> list[Hole]:
    """Return what is known of the packages. Raises NobodyAsked."""
    asked = list(packages)
    queries = [{"package": {"ecosystem": one.ecosystem, "name": one.name}, "version": one.version} for one in asked]
    try:
        answers = _answer(f"{service}/v1/querybatch", {"queries": queries})["results"]
        known = [(one, found["id"]) for one, answer in zip(asked, answers, strict=True) for found in answer.get("vulns", [])]
        told = {number: _answer(f"{service}/v1/vulns/{number}") for number in sorted({number for _one, number in known})}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NobodyAsked(f"{type(error).__name__}: {error}") from error
    return sorted(_hole(one, told[number]) for one, number in known if "withdrawn" not in told[number])


def _hole(package: Locked, record: dict[str, Any]) -> Hole:
    gravity = record.get("database_specific", {}).get("severity") or next((one["score"] for one in record.get("severity", [])), "?")
    events = [
        event
        for affected in record.get("affected", [])
        if affected.get("package", {}).get("name", "").lower() == package.name.lower()
        for reach in affected.get("ranges", [])
        if reach.get("type") != "GIT"
        for event in reach.get("events", [])
    ]
    mended = tuple(sorted({event["fixed"] for event in events if "fixed" in event}))
    return Hole(package, record["id"], str(gravity), record.get("summary") or record.get("details", "")[:100], mended)


def _answer(address: str, question: dict[str, Any] | None = None) -> dict[str, Any]:
    body = json.dumps(question).encode() if question is not None else None
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})  # noqa: S310 - https, or what OSV names
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        answered: dict[str, Any] = json.loads(answer.read(MOST_BYTES))
    return answered


def main() -> int:
    """Compare, tell, and return how to end."""
    service = os.environ.get("OSV", SERVICE).rstrip("/")
    packages = locked()
    try:
        found = holes(packages, service)
    except NobodyAsked as error:
        sys.stderr.write(f"{service} gives no answer ({error}). Nothing was compared: {len(packages)} packages are unjudged.\n")
        return NOBODY_ASKED
    for one in found:
        where = "runs" if one.package.runs else "only where one develops"
        mended = f"mended in {', '.join(one.mended_in)}" if one.mended_in else "not mended yet"
        sys.stdout.write(f"{one.package.name} {one.package.version} ({where}): {one.number} {one.gravity}, {mended}. {one.summary}\n")
    sys.stdout.write(f"{len(packages)} packages compared with {service}: {len(found)} known holes.\n")
    return FOUND if found else 0


if __name__ == "__main__":
    sys.exit(main())
