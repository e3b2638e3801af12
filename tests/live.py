"""A commune that really runs: `xaso run` as an operator starts it, on a data folder, a database and ports of its own."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests import fresh, postgres
from xaso.site.supervisor import answers, is_port_free

LOOPBACK = "127.0.0.1"
FIRST_PORT, LAST_PORT, PORT_STEP = 8400, 8980, 10
START_SECONDS = 60
COMMAND = (sys.executable, "-m", "xaso.site.cli")
TEMPLATE_DATABASE = "xaso_live_template"


@dataclass
class Live:
    """One running installation. `url` has no slash at its end."""

    data_dir: Path
    port: int
    database_url: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the address of the web server."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def eid_url(self) -> str:
        """Return the address of the stand-in for the e-ID provider."""
        return f"http://{LOOPBACK}:{self.port + 1}"

    @property
    def authority_url(self) -> str:
        """Return the address of the stand-in for certification authority and time-stamp server."""
        return f"http://{LOOPBACK}:{self.port + 2}"

    @property
    def log_dir(self) -> Path:
        """Return the folder of the programs' logs."""
        return self.data_dir / "log"

    def start(self) -> None:
        """Start everything and wait until it answers. Raises AssertionError with the words of the operator's screen when it doesn't."""
        screen = self.data_dir / "screen.txt"
        with screen.open("wb") as file:
            self.process = subprocess.Popen([*COMMAND, "run"], env=self.all_variables, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
        deadline = time.monotonic() + START_SECONDS
        while not self.is_up():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(screen.read_text(encoding="utf-8") + self.logs())
            time.sleep(0.05)

    def is_up(self) -> bool:
        """Tell whether the web server and the stand-ins answer."""
        places = ((0, "/healthz"), (1, "/.well-known/openid-configuration"), (2, "/root.pem"))
        return all(answers(LOOPBACK, self.port + offset, path) for offset, path in places)

    def stop(self) -> None:
        """Stop everything as Ctrl-C does."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def kill(self, program: str) -> None:
        """Kill a program (`web`, `work`, `eid`, `authority`) without warning; the supervisor starts it again."""
        deadline = time.monotonic() + START_SECONDS
        while (pid := self.pids().get(program)) is None:
            assert time.monotonic() < deadline, self.logs()
            time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)

    def pids(self) -> dict[str, int]:
        """Return the process ids by program, and of the `supervisor`."""
        found: dict[str, int] = json.loads((self.data_dir / "run.json").read_text())
        return found

    def xaso(self, *arguments: str, text: str = "") -> str:
        """Run an operator's command on this installation and return what it prints."""
        done = subprocess.run([*COMMAND, *arguments], env=self.all_variables, input=text, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def logs(self) -> str:
        """Return the ends of all logs."""
        return "\n".join(f"== {path.name}\n{path.read_text(encoding='utf-8')[-4000:]}" for path in sorted(self.log_dir.glob("*.log")))

    @property
    def all_variables(self) -> dict[str, str]:
        """Return the environment that this installation's programs get. Nothing is spoken ahead or stamped unless a test asks for it."""
        kept = {name: value for name, value in os.environ.items() if name not in {"DJANGO_SETTINGS_MODULE", "XASO_EID_ISSUER"}}
        places = {"XASO_DATA": str(self.data_dir), "PORT": str(self.port), "DATABASE_URL": self.database_url, "XASO_MODE": "demo"}
        ahead = {"XASO_SPEECH_AHEAD_SECONDS": "0", "XASO_TIME_STAMP_ADDRESS": ""}
        return {**kept, **places, **ahead, **self.environment}


class Template:
    """The demo commune, loaded once in a test run with nothing left to do, and copied for whoever needs one."""

    def __init__(self, folder: Path, server_url: str) -> None:
        self.folder = folder
        self.server_url = server_url if server_url.startswith("postgres") else ""

    def prepare(self) -> None:
        """Load the demo commune into migrated tables, unless another process of this test run has done or is doing so."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder.parent / "template.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (self.folder / "demo-loaded").exists():
                return
            if self.server_url:
                postgres.drop_database(self.server_url, TEMPLATE_DATABASE)
                postgres.create_database(self.server_url, TEMPLATE_DATABASE, template=fresh.postgresql_template(self.server_url))
            else:
                fresh.copy_sqlite(self.folder / "xaso.sqlite3")
            commune = Live(self.folder, FIRST_PORT, self._database(TEMPLATE_DATABASE))
            commune.xaso("prepare")
            commune.xaso("work", "--once")

    def copy(self, folder: Path, port: int, environment: Mapping[str, str] | None = None) -> Live:
        """Return an installation with its own copy of everything, not started yet."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        name = f"xaso_live_{os.getpid()}_{port}"
        if self.server_url:
            postgres.drop_database(self.server_url, name)
            postgres.create_database(self.server_url, name, template=TEMPLATE_DATABASE)
        return Live(folder, port, self._database(name), environment or {})

    def drop(self, live: Live) -> None:
        """Remove the copy's database; the folder is the caller's."""
        if self.server_url:
            postgres.drop_database(self.server_url, live.database_url.rpartition("/")[2])

    def _database(self, name: str) -> str:
        return postgres.sibling(self.server_url, name) if self.server_url else ""


def free_port(worker: int = 0) -> int:
    """Return a port whose next three are free too; each worker of the test run looks in a stretch of its own."""
    stretch = (LAST_PORT - FIRST_PORT) // 4
    start = FIRST_PORT + (worker % 4) * stretch
    for port in range(start, start + stretch, PORT_STEP):
        if all(is_port_free(LOOPBACK, port + offset) for offset in range(4)):
            return port
    raise RuntimeError(f"no free port from {start} on")
