"""`xaso import-procedures` as an operator runs it: in words, refused where it must be, and safe to run twice at once."""

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.live import COMMAND, Live, Template, free_port
from xaso.apps.procedures.testing import national_file, national_record

AT_ONCE = 3


@pytest.fixture
def installation(commune_template: Template, tmp_path: Path, worker_number: int) -> Iterator[Live]:
    """Yield a commune that does not run."""
    live = commune_template.copy(tmp_path / "data", free_port(worker_number))
    yield live
    commune_template.drop(live)


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    return national_file(tmp_path / "a.jsonl", *(national_record(f"1.9000{number:02}") for number in range(40)))


def _import(live: Live, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, "import-procedures", *arguments]
    return subprocess.run(command, env=live.all_variables, capture_output=True, text=True, check=False, timeout=120)


def test_the_operator_is_told_what_was_found_and_that_nothing_counts_yet(installation: Live, edition: Path) -> None:
    done = _import(installation, str(edition), "--as-of", "20/07/2026")

    assert done.returncode == 0, done.stderr
    assert "Thủ tục mới: 40" in done.stdout
    assert "/quan-tri/thu-tuc-quoc-gia/" in done.stdout


def test_several_imports_of_one_file_at_once_leave_one_edition_waiting(installation: Live, edition: Path) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(lambda _: _import(installation, str(edition)), range(AT_ONCE)))

    assert [one.returncode for one in done] == [0] * AT_ONCE, [one.stderr for one in done]
    assert sum("đang chờ duyệt" in one.stdout for one in done) == AT_ONCE - 1


@pytest.mark.parametrize(("length", "word"), [(-40, "cắt ngang"), (0, "không có thủ tục nào")])
def test_a_damaged_file_is_refused_in_words(installation: Live, edition: Path, length: int, word: str) -> None:
    edition.write_bytes(edition.read_bytes()[:length])

    done = _import(installation, str(edition))

    assert done.returncode == 1
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_a_day_that_is_none_is_refused(installation: Live, edition: Path) -> None:
    done = _import(installation, str(edition), "--as-of", "31/02/2026")

    assert done.returncode == 2
    assert "31/02/2026" in done.stderr
