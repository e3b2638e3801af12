#!/usr/bin/env python3
"""Does for tests what systemd does for the units of an installation: `systemctl start|stop|daemon-reload UNIT …`.

Reads the unit files themselves (`UNITS_FOLDER`), so that a wrong path, user or order in them shows. Each program runs in a session of its
own; `RUNNING_FOLDER` keeps its process id and what it prints.
"""

import os
import pwd
import signal
import subprocess
import sys
import time
from pathlib import Path

STOP_SECONDS = 30
Unit = dict[str, list[str]]


def main(verb: str, names: list[str]) -> int:
    """Do it; returns systemd's exit code: 0 or 1."""
    if verb == "daemon-reload":
        return 0
    return max((start if verb == "start" else stop)(name) for name in names)


def start(name: str) -> int:
    """Start a unit after those it requires, unless it runs."""
    if is_running(name):
        return 0
    unit = read(name)
    if any(start(required) for required in unit.get("Requires", [])):
        return 1
    for command in unit.get("ExecStartPre", []):
        if launch(name, unit, command).wait():
            return 1
    process = launch(name, unit, unit["ExecStart"][0])
    if unit.get("Type") == ["oneshot"]:
        return 1 if process.wait() else 0
    pid_file(name).write_text(str(process.pid))
    return 0


def stop(name: str) -> int:
    """End a unit's program and wait until it has gone; not while the folder holds a file `<name>.hangs`."""
    if (folder() / f"{name}.hangs").exists():
        return 1
    if not is_running(name):
        return 0
    pid = int(pid_file(name).read_text())
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while is_running(name):
        if time.monotonic() > deadline:
            os.killpg(pid, signal.SIGKILL)
        time.sleep(0.05)
    pid_file(name).unlink()
    return 0


def launch(name: str, unit: Unit, command: str) -> "subprocess.Popen[bytes]":
    """Start one command of a unit as its user, in its folder, with its environment."""
    user = unit.get("User", ["root"])[0]
    prefix = ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--init-groups"]
    with (folder() / f"{name}.log").open("ab") as log:
        return subprocess.Popen(
            [*prefix, *command.split()],
            cwd=unit.get("WorkingDirectory", ["/"])[0],
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **variables(unit)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def variables(unit: Unit) -> dict[str, str]:
    """Return what a unit's EnvironmentFile and Environment set."""
    lines = [line for path in unit.get("EnvironmentFile", []) for line in Path(path).read_text().splitlines()]
    set_here = [part for line in unit.get("Environment", []) for part in line.split()]
    pairs = [line.partition("=") for line in (*lines, *set_here) if "=" in line and not line.startswith("#")]
    kept = {name: os.environ[name] for name in ("UNITS_FOLDER", "RUNNING_FOLDER")}
    return {key: value for key, _, value in pairs} | kept


def read(name: str) -> Unit:
    """Return a unit's settings, those of one name together."""
    found: Unit = {}
    for line in (Path(os.environ["UNITS_FOLDER"]) / name).read_text().splitlines():
        key, is_setting, value = line.partition("=")
        if is_setting and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def is_running(name: str) -> bool:
    """Tell whether the unit's program runs (a process that has ended and waits for nobody does not)."""
    try:
        state = Path(f"/proc/{int(pid_file(name).read_text())}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, ValueError):
        return False
    return state != "Z"


def pid_file(name: str) -> Path:
    """Return where a unit's process id is kept."""
    return folder() / f"{name}.pid"


def folder() -> Path:
    """Return the folder of what runs."""
    return Path(os.environ["RUNNING_FOLDER"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
