"""Starts the programs of one installation, keeps them running and stops them together. The standard library only: it stays small.

A program that ends by itself is started again after a pause that doubles with each quick failure. Programs die with the supervisor.
"""

import ctypes
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STEADY_AFTER_SECONDS = 60.0
STOP_SECONDS = 10.0
READY_SECONDS = 60.0
ROUND_SECONDS = 0.2
LARGEST_LOG_BYTES = 5 * 1024 * 1024
PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None)


@dataclass(frozen=True)
class Program:
    """One program to keep running; its output goes to `<name>.log`. What nobody waits for may start `delay_seconds` later."""

    name: str
    command: tuple[str, ...]
    delay_seconds: float = 0.0
    environment: Mapping[str, str] = field(default_factory=dict)


class Child:
    """A program and the process that runs it at the moment."""

    def __init__(self, program: Program, log_dir: Path) -> None:
        self.program = program
        self.log_path = log_dir / f"{program.name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.quick_failures = 0
        self.start_after = time.monotonic() + program.delay_seconds

    def start(self, now: float) -> None:
        """Start the process in a group of its own, so that Ctrl-C reaches the supervisor alone."""
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                self.program.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.program.environment},
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509  the supervisor has one thread
            )
        self.started_at = now

    def look_after(self, now: float) -> int | None:
        """Start the process when it is due. Returns the exit code of one that has just ended, else None."""
        if self.process is None:
            if now >= self.start_after:
                self.start(now)
            return None
        code = self.process.poll()
        if code is None:
            return None
        self.signal_group(signal.SIGKILL)  # what it had started must not hold its port
        self.process = None
        steady = now - self.started_at >= STEADY_AFTER_SECONDS
        self.quick_failures = 0 if steady else self.quick_failures + 1
        self.start_after = now + pause_seconds(self.quick_failures)
        return code

    def signal_group(self, signum: int) -> None:
        """Send a signal to the process and all it has started."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signum)


def pause_seconds(quick_failures: int) -> float:
    """Return how long to wait before the next start after so many quick failures in a row."""
    return float(min(FIRST_PAUSE_SECONDS * 2 ** max(quick_failures - 1, 0), LONGEST_PAUSE_SECONDS))


def supervise(
    programs: Sequence[Program],
    data_dir: Path,
    *,
    is_ready: Callable[[], bool],
    announce: Callable[[], None],
    say: Callable[[str], None],
) -> int:
    """Run the programs until SIGINT or SIGTERM; returns the exit code. `announce` is called once, when all is ready."""
    stop = _stop_on_signals()
    log_dir = data_dir / "log"
    log_dir.mkdir(parents=True, exist_ok=True)
    children = [Child(program, log_dir) for program in programs]
    for child in children:
        _set_aside(child.log_path)
    waiting_since: float | None = time.monotonic()
    try:
        while not stop.is_set():
            _round(children, data_dir, say)
            if waiting_since is not None and is_ready():
                announce()
                waiting_since = None
            elif waiting_since is not None and time.monotonic() - waiting_since > READY_SECONDS:
                say(f"Chưa khởi động được sau {READY_SECONDS:.0f} giây. Xem {log_dir} (not ready yet; see the logs)")
                return 1
            stop.wait(ROUND_SECONDS if waiting_since is None else ROUND_SECONDS / 4)
        say("Đang dừng… (stopping)")
        return 0
    finally:
        stop_all(children)
        with suppress(FileNotFoundError):
            (data_dir / "run.json").unlink()


def _round(children: Sequence[Child], data_dir: Path, say: Callable[[str], None]) -> None:
    changed = False
    for child in children:
        before = child.process
        code = child.look_after(time.monotonic())
        changed = changed or child.process is not before
        if code is not None:
            say(f"{child.program.name}: đã dừng (mã {code}), khởi động lại; xem {child.log_path} (ended, starting again)")
    if changed:
        _write_run_file(children, data_dir)


def _write_run_file(children: Sequence[Child], data_dir: Path) -> None:
    """Note who runs, for the operator's scripts: {"supervisor": pid, "web": pid, …}."""
    pids = {child.program.name: child.process.pid for child in children if child.process is not None}
    draft = data_dir / "run.json.new"
    draft.write_text(json.dumps({"supervisor": os.getpid(), **pids}) + "\n")
    draft.replace(data_dir / "run.json")


def stop_all(children: Sequence[Child]) -> None:
    """Ask all to end, last started first; after STOP_SECONDS end by force what is left."""
    for child in reversed(children):
        child.signal_group(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for child in reversed(children):
        if child.process is None:
            continue
        try:
            child.process.wait(timeout=max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            child.signal_group(signal.SIGKILL)
            child.process.wait()


def is_port_free(host: str, port: int) -> bool:
    """Tell whether nobody listens there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int, path: str) -> bool:
    """Tell whether a GET is answered with a status below 500."""
    try:
        with socket.create_connection((host, port), timeout=5) as connection:
            connection.sendall(f"GET {path} HTTP/1.0\r\nHost: {host}:{port}\r\n\r\n".encode())
            status_line = connection.recv(64)
    except OSError:
        return False
    return status_line.startswith(b"HTTP/1.") and status_line[9:10] in b"234" and len(status_line) > len(b"HTTP/1.1 200")


def hold(data_dir: Path) -> IO[str] | None:
    """Claim the data folder for this process while the returned file stays open; None when another holds it."""
    data_dir.mkdir(parents=True, exist_ok=True)
    lock = (data_dir / "run.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def _set_aside(log_path: Path) -> None:
    """Keep a large log as `.1` and begin a new one."""
    if log_path.exists() and log_path.stat().st_size > LARGEST_LOG_BYTES:
        log_path.replace(log_path.with_suffix(".log.1"))


def _die_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, lambda *_: stop.set())
    return stop


def say(text: str) -> None:
    """Print a line to the operator at once."""
    print(text, file=sys.stderr, flush=True)
