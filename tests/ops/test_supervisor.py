"""The supervisor: keeps programs running, waits longer each time one fails at once, and stops all of them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from xaso.site.supervisor import answers, hold, is_port_free, pause_seconds

SCRIPT = """
import sys
from pathlib import Path
from xaso.site.supervisor import Program, say, supervise
sleeper = (sys.executable, "-c", "import time; time.sleep(600)")
forker = (sys.executable, "-c", "import subprocess, sys, time; subprocess.Popen(['sleep', '600']); time.sleep(600)")
programs = [Program("one", sleeper), Program("two", forker)]
sys.exit(supervise(programs, Path(sys.argv[1]), is_ready=lambda: True, announce=lambda: say("ready"), say=say))
"""


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path)], stderr=subprocess.PIPE)
    eventually(lambda: set(pids(tmp_path)) == {"supervisor", "one", "two"})
    yield process
    process.kill()
    process.wait()
    assert process.stderr
    process.stderr.close()


def pids(data_dir: Path) -> dict[str, int]:
    path = data_dir / "run.json"
    found: dict[str, int] = json.loads(path.read_text()) if path.exists() else {}
    return found


def eventually(condition: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    path = Path(f"/proc/{pid}/stat")
    return path.exists() and path.read_text().rpartition(")")[2].split()[0] != "Z"


def group_of(pid: int) -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit() and _group(path) == pid]


def _group(path: Path) -> int | None:
    try:
        return os.getpgid(int(path.name))
    except ProcessLookupError:
        return None


def test_a_killed_program_is_started_again_and_the_others_are_left_alone(supervisor: subprocess.Popen[bytes], tmp_path: Path) -> None:
    before = pids(tmp_path)

    os.kill(before["one"], signal.SIGKILL)

    eventually(lambda: pids(tmp_path).get("one", before["one"]) != before["one"])
    assert pids(tmp_path)["two"] == before["two"]


def test_what_a_killed_program_had_started_goes_with_it(supervisor: subprocess.Popen[bytes], tmp_path: Path) -> None:
    first = pids(tmp_path)["two"]
    eventually(lambda: len(group_of(first)) == 2)

    os.kill(first, signal.SIGKILL)

    eventually(lambda: not any(is_alive(pid) for pid in group_of(first)))


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_stops_all(supervisor: subprocess.Popen[bytes], tmp_path: Path, signum: signal.Signals) -> None:
    running = pids(tmp_path)

    supervisor.send_signal(signum)

    assert supervisor.wait(timeout=15) == 0
    assert [pid for pid in running.values() if is_alive(pid)] == []
    assert not (tmp_path / "run.json").exists()


def test_programs_die_with_a_killed_supervisor(supervisor: subprocess.Popen[bytes], tmp_path: Path) -> None:
    running = pids(tmp_path)

    supervisor.kill()
    supervisor.wait()

    eventually(lambda: not any(is_alive(pid) for pid in running.values()))


def test_pauses_double_and_have_a_ceiling() -> None:
    assert [pause_seconds(n) for n in range(9)] == [0.5, 0.5, 1, 2, 4, 8, 16, 30, 30]


def test_a_data_folder_is_held_by_one(tmp_path: Path) -> None:
    first = hold(tmp_path)

    assert first is not None
    assert hold(tmp_path) is None
    first.close()
    second = hold(tmp_path)
    assert second is not None
    second.close()


def test_a_busy_port_is_seen() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]

        assert not is_port_free("127.0.0.1", port)
    assert is_port_free("127.0.0.1", port)


def test_nobody_there_is_no_answer() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))

        assert not answers("127.0.0.1", free.getsockname()[1], "/healthz")
