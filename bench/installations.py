"""Installations to measure: the demo commune as `make run` starts it, a bare one for submissions, and the yardstick. Loopback only."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.live import Live
from xaso.site.supervisor import answers

ROOT = Path(__file__).resolve().parents[1]
FIRST_PORT = 8330
START_SECONDS = 60
STAMPING_SECONDS = 180
ALL_STAMPED = b"xaso_papers_without_time_stamp 0.0"
NO_LIMIT = {"XASO_API_CALLS_A_MINUTE": "0"}
"""One token sends here in a second what it may send in a minute elsewhere."""

ADMINISTRATOR = {"commune": "Xã Đo Đạc", "province": "Lào Cai", "full-name": "Người Đo", "username": "dodac"}
PASSWORD = "nuoc-suoi-chay-qua-ban"
SCOPES = ("dossiers:create", "dossiers:read", "dossiers:move", "role:desk", "role:case_officer")


@contextmanager
def everything(folder: Path, database_url: str = "", *, port: int = FIRST_PORT) -> Iterator[Live]:
    """Run the demo commune: web server with two workers, job worker, stand-ins for e-ID and authority."""
    live = Live(folder, port, database_url)
    live.environment = {**NO_LIMIT, "XASO_TIME_STAMP_ADDRESS": f"{live.authority_url}/tsa"}
    folder.mkdir(parents=True, exist_ok=True)
    live.xaso("prepare")
    live.start()
    _stamped(live)
    try:
        yield live
    finally:
        live.stop()


def _stamped(live: Live) -> None:
    """Wait until the demo's papers have their time stamps: what a first start does beside is not measured."""
    deadline = time.monotonic() + STAMPING_SECONDS
    while ALL_STAMPED not in urllib.request.urlopen(f"{live.url}/metrics", timeout=30).read():
        if time.monotonic() > deadline:
            raise RuntimeError(live.logs())
        time.sleep(0.5)


@contextmanager
def bare_web_server(folder: Path, database_url: str = "") -> Iterator[Live]:
    """Run the web server alone, with a commune that has the catalogue and one administrator."""
    live = Live(folder, FIRST_PORT + 10, database_url, NO_LIMIT)
    folder.mkdir(parents=True, exist_ok=True)
    live.xaso("migrate")
    live.xaso("load-catalogue")
    live.xaso("create-admin", *(f"--{name}={value}" for name, value in ADMINISTRATOR.items()), text=f"{PASSWORD}\n")
    command = [sys.executable, "-m", "xaso.site.cli", "web", "--port", str(live.port), "--workers", "2"]
    with _program(command, live.all_variables, live.port, folder / "web.log"):
        yield live


@contextmanager
def job_worker(live: Live) -> Iterator[None]:
    """Run the job worker beside a bare web server."""
    with _program([sys.executable, "-m", "xaso.site.cli", "work"], live.all_variables, 0, live.data_dir / "work.log"):
        yield


@contextmanager
def yardstick(folder: Path, database_url: str = "") -> Iterator[int]:
    """Run the yardstick on the same server; yields its port."""
    port = FIRST_PORT + 15
    folder.mkdir(parents=True, exist_ok=True)
    variables = {**os.environ, "XASO_DATA": str(folder), "DATABASE_URL": database_url}
    command = [sys.executable, "-c", f"from bench import yardstick; yardstick.serve({port})"]
    with _program(command, variables, port, folder / "yardstick.log", health="/page"):
        yield port


@contextmanager
def _program(command: list[str], variables: dict[str, str], port: int, log: Path, *, health: str = "/healthz") -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + START_SECONDS
        while port and not answers("127.0.0.1", port, health):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text(encoding="utf-8")[-4000:])
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
