"""deploy/as-service.sh: root's commands leave nothing behind that the service could not write."""

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "deploy" / "as-service.sh"
NOBODY = "nobody"
SECRET = "$PATH `id` 'x' " + "s" * 60


def _reads_the_code() -> bool:
    """Tell whether this is root, and the service's user can reach the code and its environment."""
    if os.geteuid() != 0:
        return False
    reach = ["setpriv", f"--reuid={NOBODY}", "--clear-groups", str(SCRIPT.parents[1] / ".venv" / "bin" / "python"), "-c", "import xaso"]
    return subprocess.run(reach, check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not _reads_the_code(), reason="needs root, and code that another user may read")
def test_a_command_runs_with_the_services_user_and_environment() -> None:
    place = Path("/tmp") / f"xaso-as-service-{os.getpid()}"
    place.mkdir(mode=0o755)
    try:
        data, ring, environment = place / "data", place / "keyring", place / "environment"
        for folder in (data, ring):
            folder.mkdir(mode=0o700)
            os.chown(folder, *_ids())
        environment.write_text(
            f'# a comment\n\nXASO_MODE=production\nXASO_HOSTS="dichvu.example.vn"\nXASO_SECRET_KEY={SECRET}\n'
            f"XASO_DATA={data}\nXASO_KEYRING={ring}\n"
        )
        environment.chmod(0o600)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XASO_", "DJANGO_", "DATABASE_"))}

        variables = {**kept, "XASO_ENVIRONMENT": str(environment), "XASO_USER": NOBODY}

        made_ring = subprocess.run([SCRIPT, "keyring", "new"], env=variables, capture_output=True, text=True, check=False)
        done = subprocess.run([SCRIPT, "prepare"], env=variables, capture_output=True, text=True, check=False)

        assert (made_ring.returncode, {path.stat().st_uid for path in ring.iterdir()}) == (0, {_ids()[0]}), made_ring.stderr
        assert done.returncode == 0, done.stderr
        made = list(data.rglob("*"))
        assert (data / "xaso.sqlite3") in made
        assert {path.stat().st_uid for path in made} == {_ids()[0]}
        assert {path.stat().st_mode & 0o077 for path in made if data / "static" not in [path, *path.parents]} == {0}
    finally:
        subprocess.run(["rm", "-r", place], check=True)


def _ids() -> tuple[int, int]:
    import pwd

    row = pwd.getpwnam(NOBODY)
    return row.pw_uid, row.pw_gid
