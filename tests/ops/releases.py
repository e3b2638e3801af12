"""A repository of releases made from the code at hand, and an installation below a folder: for `xaso install` and `xaso upgrade`."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("src", "deploy", "catalogue", "manage.py", "requirements.lock")
VENV = """#!/bin/sh
# The test's own: the packages of the test run with the code of this release.
cd "$(dirname "$0")/.."
mkdir -p .venv/bin
printf '#!/bin/sh\\nPYTHONPATH=%s/src exec {python} "$@"\\n' "$PWD" >.venv/bin/python
chmod +x .venv/bin/python
"""
MIGRATION = """from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("satisfaction", "{after}")]
    operations = [{operation}]
"""
HOSTS = "dichvu.example.vn"
PASSWORD = "mot-mat-khau-dai-2026"
ADMINISTRATOR = ("--commune", "xã Tân Tiến", "--province", "Lào Cai", "--full-name", "Lý Thị Mẩy", "--username", "may.ly")


class Repository:
    """The program's history as a commune's machine fetches it; each change becomes a release."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        for name in SHIPPED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "tests"))
            else:
                shutil.copy(source, folder / name)
        (folder / "deploy/venv.sh").write_text(VENV.format(python=sys.executable))
        self._git("init", "--quiet", "--initial-branch=main")
        self.release("v1")

    def release(self, tag: str) -> None:
        """Make a release of what the folder holds now."""
        self._git("add", "--all")
        self._git("-c", "user.name=xaso", "-c", "user.email=xaso@example.vn", "commit", "--quiet", "--allow-empty", "--message", tag)
        self._git("tag", tag)

    def migration(self, name: str, after: str, operation: str) -> None:
        """Add a migration to the release that comes next."""
        path = self.folder / "src/xaso/apps/satisfaction/migrations" / f"{name}.py"
        path.write_text(MIGRATION.format(after=after, operation=operation))

    def back_to(self, tag: str) -> None:
        """Take the folder back to an earlier release; what comes next is made on top of that."""
        self._git("checkout", "--quiet", "--force", "-B", "main", tag)

    def _git(self, *arguments: str) -> None:
        subprocess.run(["git", "-C", self.folder, *arguments], check=True, capture_output=True)


@dataclass(frozen=True)
class Machine:
    """An installation below a folder, with the services that the stand-in for systemd runs; without a `database_url` on SQLite."""

    root: Path
    repository: Repository
    user: str
    port: int
    database_url: str = ""

    @property
    def data(self) -> Path:
        return self.root / "var/lib/xaso"

    @property
    def database(self) -> Path:
        return self.data / "xaso.sqlite3"

    @property
    def running_release(self) -> str:
        return (self.root / "opt/xaso/current").resolve().name

    @property
    def variables(self) -> dict[str, str]:
        """Return the environment of the operator: `systemctl` is the stand-in."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XASO_", "DJANGO_", "DATABASE_", "PORT"))}
        tools = self.root / "tools"
        return {
            **kept,
            "PATH": f"{tools}:{os.environ['PATH']}",
            "UNITS_FOLDER": str(self.root / "etc/systemd/system"),
            "RUNNING_FOLDER": str(self.root / "run"),
            **({"DATABASE_URL": self.database_url} if self.database_url else {}),
        }

    def prepare(self) -> None:
        """Put the stand-in for systemd on the path."""
        for name in ("tools", "run"):
            (self.root / name).mkdir(parents=True)
        tool = self.root / "tools/systemctl"
        tool.write_text(f'#!/bin/sh\nexec {sys.executable} {Path(__file__).with_name("systemctl.py")} "$@"\n')
        tool.chmod(0o755)

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start a command of `xaso` as root would type it in the checkout (before an installation) or on the installed machine."""
        installed = self.root / "opt/xaso/current/.venv/bin/python"
        places = ("--root", str(self.root), "--user", self.user, "--port", str(self.port))
        python = [str(installed)] if installed.exists() else [sys.executable]
        variables = self.variables | ({} if installed.exists() else {"PYTHONPATH": str(self.repository.folder / "src")})
        command = [*python, "-m", "xaso.site.cli", arguments[0], *places, *arguments[1:]]
        place, pipe = self.repository.folder, subprocess.PIPE
        return subprocess.Popen(
            command, env=variables, cwd=place, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )

    def run(self, *arguments: str, text: str = "") -> tuple[int, str]:
        """Run it to its end; returns the exit code and all it said."""
        process = self.start(*arguments)
        said, _ = process.communicate(text, timeout=300)
        return process.returncode, said

    def systemctl(self, *arguments: str) -> int:
        """Ask the stand-in for systemd."""
        return subprocess.run(["systemctl", *arguments], env=self.variables, check=False).returncode

    def log(self, unit: str) -> str:
        """Return what a unit's programs printed."""
        path = self.root / "run" / f"{unit}.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""
