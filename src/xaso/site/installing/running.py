"""Runs other programs; what they fail with is told in their own words."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from xaso.site.installing.places import Places

SYSTEMD_RUNS = Path("/run/systemd/system")
OTHERS_MAY = 0o077


class Problem(Exception):
    """Why a step could not be done, in words for the operator."""


def run(*command: str | Path, variables: Mapping[str, str] | None = None, given: str = "") -> str:
    """Run a program and return what it printed. Raises Problem with its last words."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, input=given, env={**os.environ, **(variables or {})}, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Problem(f"{words[0]}: {error.strerror}") from error
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-12:]
        raise Problem("\n    ".join([f"{' '.join(words[:4])} … ({done.returncode})", *said]))
    return done.stdout.strip()


def as_service(
    places: Places, *arguments: str, release: Path | None = None, given: str = "", variables: Mapping[str, str] | None = None
) -> str:
    """Run a command of `xaso` with the service's user and settings, from the release that runs or another one. Raises Problem."""
    script = (release or places.current) / "deploy/as-service.sh"
    places_told = {"XASO_ENVIRONMENT": str(places.environment), "XASO_USER": places.user}
    return run(script, *arguments, variables={**places_told, **(variables or {})}, given=given)


def as_owner(places: Places, *arguments: str, release: Path | None = None) -> str:
    """Run a command of `xaso` as `as_service` does, with the database account that owns the tables where there is one. Raises Problem."""
    owner = places.owner_environment
    if not owner.exists():
        return as_service(places, *arguments, release=release)
    if owner.stat().st_mode & OTHERS_MAY:
        raise Problem(f"{owner}: chỉ root được đọc; chmod 600 rồi chạy lại (root alone may read it)")
    return as_service(places, *arguments, release=release, variables={"XASO_OWNER_ENVIRONMENT": str(owner)})


def prepare(places: Places, *, release: Path | None = None) -> None:
    """Bring data folder and database to the release's state; the tables' owner, if any, gives the service its part. Raises Problem."""
    as_owner(places, "prepare", release=release)
    if places.owner_environment.exists():
        as_owner(places, "upgrade-step", "grant", str(release or places.current), release=release)


def services(verb: str, *units: str) -> None:
    """Let systemd do something with units. Raises Problem."""
    run("systemctl", verb, *units)


def has_services(places: Places) -> bool:
    """Tell whether this machine's systemd runs the installation's programs: not in a trial, nor inside a container without it."""
    return SYSTEMD_RUNS.exists() and not places.is_trial


def has_program(name: str) -> bool:
    """Tell whether the machine has a program."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") is not None
