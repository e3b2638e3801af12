"""Backups of a commune that really runs, by the operator's own commands: while it works, killed in the middle, brought back elsewhere."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.live import COMMAND, Live


class Hands:
    """Runs the operator's commands on a commune; `key` is the secret key's file, `backups` the folder."""

    def __init__(self, live: Live, backups: Path) -> None:
        self.live, self.backups, self.key = live, backups, backups.parent / "key.txt"
        backups.mkdir()
        made = self.run("backup", "key", str(self.key))
        assert made.returncode == 0, made.stderr
        recipient = made.stdout.splitlines()[0].partition("=")[2]
        self.settings = {"XASO_BACKUP_FOLDER": str(backups), "XASO_BACKUP_RECIPIENTS": recipient}

    def start(self, *arguments: str, live: Live | None = None) -> "subprocess.Popen[str]":
        variables = {**(live or self.live).all_variables, **getattr(self, "settings", {})}
        return subprocess.Popen([*COMMAND, *arguments], env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *arguments: str, live: Live | None = None) -> "subprocess.CompletedProcess[str]":
        process = self.start(*arguments, live=live)
        output, errors = process.communicate(timeout=200)
        return subprocess.CompletedProcess(arguments, process.returncode, output, errors)

    @property
    def whole(self) -> list[Path]:
        return sorted(self.backups.glob("*.tar.age"))


@pytest.fixture
def empty_place(tmp_path: Path, live: Live) -> Iterator[Live]:
    """A place with nothing in it but the secret key of the commune."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "secret-key").write_text((live.data_dir / "secret-key").read_text())
    name, server = f"xaso_empty_{os.getpid()}", live.database_url
    if server:
        postgres.drop_database(server, name)
        postgres.create_database(server, name, template="template0")
    yield Live(folder, live.port, postgres.sibling(server, name) if server else "")
    if server:
        postgres.drop_database(server, name)


def killed_when(process: "subprocess.Popen[str]", is_time: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_time():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.002)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.communicate()


def test_a_running_commune_is_saved_proven_elsewhere_and_survives_kills(live: Live, empty_place: Live, tmp_path: Path) -> None:
    hands = Hands(live, tmp_path / "backups")

    killed_when(hands.start("backup"), lambda: any(hands.backups.glob("*.part")))
    assert hands.whole == []
    saved = hands.run("backup")
    assert (saved.returncode, len(hands.whole), list(hands.backups.glob("*.part"))) == (0, 1, []), saved.stderr
    drilled = hands.run("backup", "drill", "--key", str(hands.key))
    assert drilled.returncode == 0, drilled.stdout + drilled.stderr
    assert "PHỤC HỒI ĐỦ 100 % (RESTORED, 100 % PROVEN)" in drilled.stdout
    opened = re.search(r"thử (\d+) giá trị \(values tried\), mở được", drilled.stdout)
    assert opened is not None
    assert int(opened[1]) > 1000
    assert not (live.data_dir / ".drill-work").exists()
    assert hands.run("backup", "state").returncode == 0

    command = ("restore", str(hands.whole[0]), "--key", str(hands.key))
    killed_when(hands.start(*command, live=empty_place), (empty_place.data_dir / "restoring").exists)
    begun = hands.run("prepare", live=empty_place)
    assert begun.returncode == 1
    assert "Nơi này đang phục hồi dở dang" in begun.stderr
    restored = hands.run(*command, live=empty_place)
    assert restored.returncode == 0, restored.stdout + restored.stderr
    lines = restored.stdout.splitlines()
    assert lines[-1] == "PHỤC HỒI ĐỦ 100 % (RESTORED, 100 % PROVEN)"
    assert any(line.startswith("Nhật ký (audit record): 2 chuỗi") and line.endswith("nguyên vẹn (sound)") for line in lines)

    again = hands.run(*command, live=empty_place)
    assert (again.returncode, "Nơi phục hồi đã có dữ liệu" in again.stdout) == (1, True)
    assert "nguyên vẹn (sound)" in hands.run("audit", "verify", live=empty_place).stdout


def test_a_lost_file_is_found_by_the_drill(live_alone: Live, tmp_path: Path) -> None:
    hands = Hands(live_alone, tmp_path / "backups")
    lost = next((live_alone.data_dir / "files").glob("??/??/*"))
    lost.unlink()

    saved = hands.run("backup")
    assert (saved.returncode, lost.name in saved.stdout) == (1, True)
    drilled = hands.run("backup", "drill", "--key", str(hands.key))
    assert (drilled.returncode, "CHƯA ĐỦ (NOT WHOLE)" in drilled.stdout) == (1, True)
    assert hands.run("backup", "state").returncode == 1
