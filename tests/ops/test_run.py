"""`xaso run` as an operator sees it: one block, one start at a time, quick again, and nothing lost by stopping."""

import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.live import COMMAND, Live
from xaso.platform.sqlite3.base import MOST_PATIENT
from xaso.site.run import missing_packages
from xaso.site.server import BLOCKING_THREADS

SECOND_START_SECONDS = 5.0
LOADS_OF_A_START = 5  # a machine busy with other things is slow at each of them


def _seconds(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def _get(url: str) -> tuple[int, str]:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.status, answer.read().decode()


def test_one_block_tells_where_who_and_how_to_stop(live: Live) -> None:
    deadline = time.monotonic() + 10
    while "Ctrl-C" not in (screen := (live.data_dir / "screen.txt").read_text(encoding="utf-8")):
        assert time.monotonic() < deadline
        time.sleep(0.05)

    assert screen.count(f"{live.url}/dang-nhap/") == 1
    for word in ("BẢN DÙNG THỬ", "tiepnhan", "quantri", "xaso-demo", str(live.data_dir), "Ctrl-C", "English"):
        assert word in screen


def test_a_web_worker_keeps_threads_that_read_while_others_wait_to_write() -> None:
    assert BLOCKING_THREADS >= 2 * MOST_PATIENT


def test_a_missing_package_is_told_with_the_line_that_installs_it(tmp_path: Path) -> None:
    (tmp_path / "here").touch(mode=0o755)
    listed = "here | a | run | x\nnot-here | b | run | x\nnor-this | c | run | x\nfor-tests | d | test | x\n"

    (line,) = missing_packages(listed, path=str(tmp_path))

    assert "b c" in line
    assert "sudo apt-get install --yes --no-install-recommends b c" in line
    assert missing_packages("here | a | run | x\n", path=str(tmp_path)) == []


def test_figures_are_the_same_whichever_process_answers_and_hold_the_job_worker(live: Live) -> None:
    for _ in range(10):
        _get(live.url + "/")
    deadline = time.monotonic() + 20
    while "xaso_worker_last_round_timestamp_seconds" not in _get(live.url + "/metrics")[1]:
        assert time.monotonic() < deadline
        time.sleep(0.2)

    seen = [_figure(_get(live.url + "/metrics")[1], "django_http_requests_before_middlewares_total") for _ in range(12)]

    assert len(set(seen)) == 1
    assert seen[0] >= 10


def _figure(text: str, name: str) -> float:
    return next(float(line.split()[1]) for line in text.splitlines() if line.startswith(f"{name} "))


def test_papers_of_the_demo_get_their_time_stamps_from_the_stand_in_next_door(live_alone: Live) -> None:
    live_alone.stop()
    live_alone.environment = {"XASO_TIME_STAMP_ADDRESS": f"{live_alone.authority_url}/tsa"}
    live_alone.start()
    deadline = time.monotonic() + 120
    while "xaso_papers_without_time_stamp 0.0" not in _get(live_alone.url + "/metrics")[1]:
        assert time.monotonic() < deadline
        time.sleep(0.5)

    assert "POST /tsa" in _get(live_alone.authority_url + "/_control/")[1]


def test_the_stand_in_authority_is_the_same_after_a_start(live_alone: Live) -> None:
    before = _get(live_alone.authority_url + "/root.pem")
    pid = live_alone.pids()["authority"]
    live_alone.kill("authority")
    deadline = time.monotonic() + 20
    while not live_alone.is_up() or live_alone.pids().get("authority") == pid:
        assert time.monotonic() < deadline
        time.sleep(0.05)

    assert _get(live_alone.authority_url + "/root.pem") == before
    assert (live_alone.data_dir / "keys" / "trusted" / "standin.pem").read_text() == before[1]


def test_every_page_says_that_it_is_a_trial(live: Live) -> None:
    for path in ("/", "/thu-tuc/", "/dang-nhap/", "/tra-cuu/"):
        status, text = _get(live.url + path)

        assert status == 200
        assert "BẢN DÙNG THỬ" in text


def test_a_second_start_on_the_same_data_is_refused(live: Live) -> None:
    other = Live(live.data_dir, live.port + 5)

    refused = _refusal(other)

    assert str(live.data_dir) in refused
    assert live.is_up()


def test_a_busy_port_is_named(live: Live, tmp_path: Path) -> None:
    assert f"Cổng {live.port} " in _refusal(Live(tmp_path, live.port))


def test_a_busy_neighbouring_port_is_named(live: Live, tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", live.port + 7))
        listener.listen()

        assert f"Cổng {live.port + 7} " in _refusal(Live(tmp_path, live.port + 6))


def _refusal(other: Live) -> str:
    done = subprocess.run([*COMMAND, "run"], env=other.all_variables, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 1
    return done.stderr


def test_the_demo_listens_on_the_loopback_only(live: Live) -> None:
    for port in (live.port, live.port + 1, live.port + 2):
        addresses = {line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if line.split()[3] == "0A"}

        assert {address.split(":")[0] for address in addresses if int(address.split(":")[1], 16) == port} == {"0100007F"}


def test_data_survive_a_stop_and_the_next_start_is_quick(live_alone: Live) -> None:
    token = live_alone.xaso("token", "create", "--scope", "dossiers:read", "--name", "còn đây")
    one_load_seconds = _seconds(lambda: live_alone.xaso("options"))
    live_alone.stop()

    start_seconds = _seconds(live_alone.start)

    assert start_seconds <= max(SECOND_START_SECONDS, LOADS_OF_A_START * one_load_seconds)
    assert token.startswith("xaso_")
    assert live_alone.process is not None


def test_a_killed_web_server_comes_back(live_alone: Live) -> None:
    before = live_alone.pids()["web"]

    live_alone.kill("web")

    deadline = time.monotonic() + 20
    while not live_alone.is_up() or live_alone.pids().get("web") == before:
        assert time.monotonic() < deadline
        time.sleep(0.05)
