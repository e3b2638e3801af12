"""The database as it was before an upgrade is put back whole, on either kind of database."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live import COMMAND, Live, Template, free_port


@pytest.fixture
def commune(commune_template: Template, tmp_path: Path, worker_number: int) -> Iterator[Live]:
    """A commune whose programs are stopped, as in an upgrade."""
    copy = commune_template.copy(tmp_path / "commune", free_port(worker_number))
    yield copy
    commune_template.drop(copy)


def test_what_was_written_since_is_gone_and_all_else_is_there(commune: Live, tmp_path: Path) -> None:
    copy = tmp_path / "before"
    commune.xaso("upgrade-step", "keep", str(copy))
    commune.xaso("token", "create", "--scope", "dossiers:read", "--name", "nâng cấp hỏng")
    assert "nâng cấp hỏng" in commune.xaso("token", "list")

    for _again in range(2):
        commune.xaso("upgrade-step", "put-back", str(copy))

        assert "nâng cấp hỏng" not in commune.xaso("token", "list")
        assert commune.xaso("audit", "verify")


def test_without_the_copy_nothing_is_taken_away(commune: Live, tmp_path: Path) -> None:
    command = [*COMMAND, "upgrade-step", "put-back", str(tmp_path / "nowhere")]
    refused = subprocess.run(command, env=commune.all_variables, capture_output=True, text=True, check=False)

    assert refused.returncode == 1
    assert "Không mở được tệp" in refused.stderr
    assert commune.xaso("audit", "verify")
