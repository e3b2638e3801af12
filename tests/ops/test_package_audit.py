"""`make audit` compares what the lock files hold with what is known, and never calls unjudged what it could not compare good."""

import importlib.util
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
RECORD = {
    "id": "GHSA-0000",
    "summary": "One can look through it.",
    "database_specific": {"severity": "HIGH"},
    "affected": [
        {"package": {"name": "django"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.1"}]}]},
        {"package": {"name": "other"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"fixed": "7"}]}]},
    ],
}


class Osv(BaseHTTPRequestHandler):
    """A stand-in for OSV: a hole in every django, two in axe-core of which one was withdrawn, or nonsense."""

    asked: dict[str, Any] = {}
    spoilt = False

    def do_POST(self) -> None:
        """Answer the question about all packages."""
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Osv.asked = question
        names = [one["package"]["name"] for one in question["queries"]]
        known = {"django": [{"id": "GHSA-0000"}], "axe-core": [{"id": "GHSA-1111"}]}
        self._send({"results": [{"vulns": known[name]} if name in known else {} for name in names]})

    def do_GET(self) -> None:
        """Tell of one hole."""
        withdrawn = {"id": "GHSA-1111", "withdrawn": "2026-01-01T00:00:00Z"}
        self._send(RECORD if self.path.endswith("GHSA-0000") else withdrawn)

    def _send(self, answer: dict[str, Any]) -> None:
        body = b"<html>" if Osv.spoilt else json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Keep quiet."""


@pytest.fixture
def osv() -> Iterator[str]:
    Osv.spoilt = False
    with ThreadingHTTPServer(("127.0.0.1", 0), Osv) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("package_audit", ROOT / "deploy" / "package_audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["package_audit"] = module
    spec.loader.exec_module(module)
    return module


def run(service: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "deploy" / "package_audit.py")]
    return subprocess.run(command, env={**os.environ, "OSV": service}, capture_output=True, text=True, check=False, timeout=60)


def test_a_known_hole_is_told_with_what_mends_it(osv: str) -> None:
    done = run(osv)
    assert done.returncode == 1
    (line, last) = done.stdout.splitlines()
    assert "(runs): GHSA-0000 HIGH, mended in 99.1. One can look through it." in line
    assert line.startswith("django 5.2.")
    assert last.endswith("1 known holes.")


def test_every_package_of_every_lock_file_is_asked_about(osv: str, audit: ModuleType) -> None:
    run(osv)
    asked = {(one["package"]["ecosystem"], one["package"]["name"], one["version"]) for one in Osv.asked["queries"]}
    locked = audit.locked()
    assert asked == {(one.ecosystem, one.name, one.version) for one in locked}
    names = {one.name for one in locked}
    assert {"django", "cryptography", "pikepdf", "ruff", "uv", "axe-core"} <= names
    assert {one.ecosystem for one in locked} == {"PyPI", "npm"}
    assert not any(one.runs for one in locked if one.name in {"ruff", "axe-core"})


def test_without_an_answer_nothing_is_called_good(osv: str) -> None:
    Osv.spoilt = True
    for service in (osv, "http://127.0.0.1:9"):
        done = run(service)
        assert done.returncode == 2
        assert "Nothing was compared" in done.stderr
        assert done.stdout == ""
