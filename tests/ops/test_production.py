"""Production refuses to start where it would not be safe, and says what is missing."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import fresh
from tests.live import Live, Template

Run = Callable[..., subprocess.CompletedProcess[str]]
SECRET = "s" * 60


@pytest.fixture
def xaso(tmp_path: Path) -> Run:
    def run(*arguments: str, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XASO_", "DJANGO_", "DATABASE_", "PORT"))}
        places = {"XASO_DATA": str(tmp_path / "data"), "XASO_KEYRING": str(tmp_path / "ring"), **environment}
        command = [sys.executable, "-m", "xaso.site.cli", *arguments]
        return subprocess.run(command, env={**kept, **places}, input=text, capture_output=True, text=True, check=False, timeout=120)

    return run


READY = {"XASO_MODE": "production", "XASO_SECRET_KEY": SECRET, "XASO_HOSTS": "dichvu.example.vn"}
ANSWERS = ["--commune", "xã Tân Tiến", "--province", "Lào Cai", "--full-name", "Lý Thị Mẩy", "--username", "may.ly"]
PASSWORD = "mot-mat-khau-dai-2026\n"


@pytest.fixture(scope="module")
def empty_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of a real commune's installation that was prepared and holds nobody yet; made once, from migrated tables."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    folder.mkdir()
    fresh.copy_sqlite(folder / "xaso.sqlite3")
    live = Live(folder, 0, environment=READY | {"XASO_KEYRING": str(folder.parent / "ring")})
    live.xaso("keyring", "new")
    live.xaso("prepare")
    return folder


@pytest.fixture
def prepared(xaso: Run, empty_data: Path, tmp_path: Path) -> Run:
    """Return `xaso` on an installation of its own that was prepared."""
    shutil.copytree(empty_data, tmp_path / "data")
    shutil.copytree(empty_data.parent / "ring", tmp_path / "ring")
    return xaso


@pytest.mark.parametrize("missing", ["XASO_SECRET_KEY", "XASO_HOSTS"])
def test_a_missing_setting_is_named(xaso: Run, missing: str) -> None:
    done = xaso("prepare", **{name: value for name, value in READY.items() if name != missing})

    assert done.returncode != 0
    assert missing in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_mode_is_refused(xaso: Run) -> None:
    done = xaso("prepare", XASO_MODE="prod")

    assert done.returncode != 0
    assert "XASO_MODE" in done.stderr


@pytest.mark.parametrize(("changed", "word"), [({"XASO_SECRET_KEY": "short"}, "XASO_SECRET_KEY"), ({"XASO_HOSTS": "*"}, "XASO_HOSTS")])
def test_an_unsafe_setting_keeps_it_from_starting(xaso: Run, changed: dict[str, str], word: str) -> None:
    done = xaso("prepare", **{**READY, **changed})

    assert done.returncode == 1
    assert word in done.stderr
    assert "Tạo, nâng cấp bảng dữ liệu" not in done.stderr


def test_without_a_ring_of_keys_it_does_not_start_and_the_command_that_makes_one_is_named(xaso: Run, tmp_path: Path) -> None:
    without = xaso("prepare", **READY)
    beside = xaso("prepare", **READY, XASO_KEYRING=str(tmp_path / "data" / "keyring"))

    assert (without.returncode, beside.returncode) == (1, 1)
    assert "xaso keyring new" in without.stderr
    assert "XASO_KEYRING" in beside.stderr
    assert not (tmp_path / "data" / "xaso.sqlite3").exists()
    assert xaso("keyring", "new", **READY).returncode == 0
    (tmp_path / "ring").chmod(0o755)
    assert "chmod 700" in xaso("prepare", **READY).stderr


def test_the_ring_is_turned_by_its_commands(prepared: Run, tmp_path: Path) -> None:
    prepared("create-admin", *ANSWERS, text=PASSWORD, **READY)
    old = next(path.name for path in (tmp_path / "ring").glob("s*"))
    added = prepared("keyring", "new", **READY)
    (new,) = {path.name for path in (tmp_path / "ring").glob("s*")} - {old}

    assert (added.returncode, f"xaso keyring use {new}" in added.stdout) == (0, True)
    assert prepared("keyring", "use", new, **READY).returncode == 0
    back = prepared("keyring", "use", old, **READY)
    assert (back.returncode, old in back.stdout) == (1, True)
    early = prepared("keyring", "drop", old, **READY)
    assert (early.returncode, "60" in early.stdout) == (1, True)
    os.utime(tmp_path / "ring" / "current", (0, 0))
    assert prepared("keyring", "drop", new, **READY).returncode == 1
    assert prepared("keyring", "drop", old, **READY).returncode == 0
    state = prepared("keyring", "state", **READY)
    assert (state.returncode, old in state.stdout, f"{new}  " in state.stdout) == (0, False, True)
    assert prepared("keyring", "drop", old, **READY).returncode == 1
    assert prepared("check-production", **READY).returncode == 0


def test_beside_values_of_a_lost_ring_no_other_is_made_unless_the_operator_says_so(
    xaso: Run, commune_template: Template, tmp_path: Path
) -> None:
    shutil.copytree(commune_template.folder, tmp_path / "data")
    ring = {"XASO_KEYRING": str(tmp_path / "data" / "keyring")}
    old = next(path.name for path in (tmp_path / "data" / "keyring").glob("s*"))
    (tmp_path / "data" / "keyring").rename(tmp_path / "away")

    refused = xaso("keyring", "new", **ring)

    assert (refused.returncode, old in refused.stdout) == (1, True)
    assert not (tmp_path / "data" / "keyring").exists()
    assert xaso("keyring", "new", "--lost", **ring).returncode == 0
    assert f"Thiếu khóa {old} (MISSING)" in xaso("keyring", "state", **ring).stdout


def test_while_the_database_does_not_answer_no_ring_is_made(xaso: Run, tmp_path: Path) -> None:
    refused = xaso("keyring", "new", **READY, DATABASE_URL=f"postgresql://xaso@/xaso?host={tmp_path}")

    assert (refused.returncode, "không trả lời" in refused.stdout) == (1, True)
    assert not (tmp_path / "ring").exists()


def test_a_key_that_values_are_under_is_kept_and_a_lost_one_is_told(xaso: Run, commune_template: Template, tmp_path: Path) -> None:
    shutil.copytree(commune_template.folder, tmp_path / "data")
    ring = {"XASO_KEYRING": str(tmp_path / "data" / "keyring")}
    old = next(path.name for path in (tmp_path / "data" / "keyring").glob("s*"))
    new = xaso("keyring", "new", **ring).stdout.split()[-1]
    xaso("keyring", "use", new, **ring)
    os.utime(tmp_path / "data" / "keyring" / "current", (0, 0))
    refused = xaso("keyring", "drop", old, **ring)
    (tmp_path / "data" / "keyring" / old).rename(tmp_path / old)
    lost = xaso("keyring", "state", **ring)

    assert (refused.returncode, old in refused.stdout) == (1, True)
    assert (lost.returncode, f"Thiếu khóa {old} (MISSING)" in lost.stdout) == (1, True)
    (tmp_path / old).rename(tmp_path / "data" / "keyring" / old)
    assert xaso("keyring", "state", **ring).returncode == 0


def test_an_empty_installation_starts_and_gets_its_first_administrator(prepared: Run) -> None:
    made = prepared("create-admin", *ANSWERS, text=PASSWORD, **READY)
    again = prepared("create-admin", *ANSWERS, text=PASSWORD, **READY)

    assert (made.returncode, again.returncode) == (0, 1)
    assert "xã Tân Tiến" in made.stdout
    assert prepared("check-production", **READY).returncode == 0


def test_a_weak_first_password_is_refused(prepared: Run) -> None:
    done = prepared("create-admin", *ANSWERS, text="12345678\n", **READY)

    assert done.returncode == 1
    assert prepared("create-admin", *ANSWERS, text=PASSWORD, **READY).returncode == 0


def test_demo_accounts_keep_production_from_starting(xaso: Run, commune_template: Template, tmp_path: Path) -> None:
    shutil.copytree(commune_template.folder, tmp_path / "data")
    xaso("keyring", "new", "--lost", **READY)

    for done in (xaso("prepare", **READY), xaso("web", "--port", "8399", **READY)):
        assert done.returncode == 1
        assert "dùng thử" in done.stderr
        assert "quantri" in done.stderr


def test_the_job_worker_refuses_as_the_web_server_does(xaso: Run, commune_template: Template, tmp_path: Path) -> None:
    shutil.copytree(commune_template.folder, tmp_path / "data")

    done = xaso("work", **READY)

    assert done.returncode == 1
    assert "dùng thử" in done.stderr
    assert "quantri" in done.stderr


def test_a_provider_of_identities_needs_the_secret_it_gave(prepared: Run, tmp_path: Path) -> None:
    provider = {"XASO_EID_ISSUER": "https://eid.example.vn"}
    (tmp_path / "secret").write_text("của nhà cung cấp\n")

    without, given = prepared("prepare", **READY, **provider), prepared("prepare", **READY, **provider, XASO_EID_CLIENT_SECRET="s3cret")
    in_a_file = prepared("prepare", **READY, **provider, XASO_EID_CLIENT_SECRET_FILE=str(tmp_path / "secret"))

    assert without.returncode == 1
    assert "XASO_EID_CLIENT_SECRET" in without.stderr
    assert not (tmp_path / "data" / "eid-client-secret").exists()
    assert (given.returncode, in_a_file.returncode) == (0, 0)


def test_demo_data_never_go_into_a_real_communes_database(prepared: Run) -> None:
    prepared("create-admin", *ANSWERS, text=PASSWORD, **READY)

    for command in ("prepare", "demo-data", "run"):
        done = prepared(command, PORT="8395")

        assert done.returncode == 1, command
        assert "XASO_MODE=production" in done.stderr
    assert prepared("check-production", **READY).returncode == 0


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "may-chu-xa"])
def test_the_demo_serves_this_machine_alone(xaso: Run, host: str) -> None:
    done = xaso("web", "--host", host)

    assert done.returncode == 1
    assert host in done.stderr


@pytest.mark.parametrize("port", ["abc", "0", "70000"])
def test_a_port_that_is_none_is_told(xaso: Run, port: str) -> None:
    done = xaso("run", PORT=port)

    assert done.returncode != 0
    assert "PORT" in done.stderr
