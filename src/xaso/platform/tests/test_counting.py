"""Where programs count: in memory, or on the disk where the place in memory is not theirs."""

import os
from pathlib import Path

import pytest

from xaso.platform.counting import FOLDER_VARIABLE, MEMORY, count_in

pytestmark = pytest.mark.skipif(not MEMORY.is_dir(), reason="no files in memory here")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, "")
    known = tmp_path.stat()
    return MEMORY / f"xaso-{known.st_dev}-{known.st_ino}"


def test_a_program_counts_in_memory_in_a_place_closed_to_others(tmp_path: Path, place: Path) -> None:
    count_in(tmp_path, "web")

    assert os.environ[FOLDER_VARIABLE] == str(place / "web")
    assert place.stat().st_mode & 0o077 == 0
    (place / "web").rmdir()
    place.rmdir()


def test_where_somebody_else_has_the_place_the_disk_serves(tmp_path: Path, place: Path) -> None:
    place.touch()

    count_in(tmp_path, "web")

    assert os.environ[FOLDER_VARIABLE] == str(tmp_path / "metrics" / "web")
    place.unlink()
