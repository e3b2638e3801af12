"""Releases side by side: each in a folder of its own with its own `.venv`, built whole before anything of it runs.

The one that runs is the target of a link. So a new one is fetched and built while the old one serves, going back needs no network, and a
machine that loses power in between has one whole release or the other.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from xaso.site.installing.places import RELEASES_KEPT, Places
from xaso.site.installing.running import Problem, run

BUILT = ".built"


@dataclass(frozen=True)
class Release:
    """One state of the program: its folder, and its name, day and commit in one."""

    name: str
    folder: Path


def adopt(places: Places, checkout: Path) -> None:
    """Take the history of a checkout into the installation's own repository, with the address it came from."""
    if not places.repository.exists():
        run("git", "clone", "--quiet", "--mirror", "--no-hardlinks", checkout, places.repository)
    origin = _git_or_nothing(checkout, "remote", "get-url", "origin")
    if origin:
        run("git", "-C", places.repository, "remote", "set-url", "origin", origin)


def fetch(places: Places, source: str) -> None:
    """Bring newer history from where the program came from, or from a file on a stick (`git bundle`). Raises Problem."""
    wanted = ("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
    run("git", "-C", places.repository, "fetch", "--quiet", source or "origin", *wanted)


def chosen(places: Places, wanted: str) -> str:
    """Return the commit of a tag or branch; without a wish that of the newest version's tag, else of the main branch. Raises Problem."""
    name = wanted or _newest_version(places) or "HEAD"
    try:
        return run("git", "-C", places.repository, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    except Problem:
        raise Problem(f"Không có phiên bản {name} (no such release)") from None


def build(places: Places, commit: str) -> Release:
    """Unpack a commit and make its `.venv`. What is half built of an earlier try is made anew. Raises Problem."""
    release = _release_of(places, commit)
    if (release.folder / BUILT).exists():
        return release
    shutil.rmtree(release.folder, ignore_errors=True)
    release.folder.mkdir(parents=True, mode=0o755)
    _unpack(places, commit, release.folder)
    run(release.folder / "deploy/venv.sh", "requirements.lock")
    (release.folder / BUILT).touch()
    return release


def running(places: Places) -> Release | None:
    """Return the release that the link points to; None before the first."""
    if not places.current.is_symlink():
        return None
    folder = places.current.resolve()
    return Release(folder.name, folder)


def point_to(places: Places, release: Release) -> None:
    """Make it the one that runs from the next start on, in one step."""
    draft = places.current.with_name("current.new")
    draft.unlink(missing_ok=True)
    draft.symlink_to(release.folder)
    draft.replace(places.current)


def forget_old(places: Places) -> None:
    """Remove all but the newest releases and the one that runs."""
    now = running(places)
    folders = sorted(places.releases.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in folders[RELEASES_KEPT:]:
        if now is None or folder != now.folder:
            shutil.rmtree(folder)


def _release_of(places: Places, commit: str) -> Release:
    name = run("git", "-C", places.repository, "log", "-1", "--format=%cd-%h", "--date=format:%Y%m%d", commit)
    return Release(name, places.releases / name)


def _unpack(places: Places, commit: str, folder: Path) -> None:
    with subprocess.Popen(["git", "-C", str(places.repository), "archive", commit], stdout=subprocess.PIPE) as packing:
        unpacked = subprocess.run(["tar", "--extract", "--no-same-owner", "--directory", str(folder)], stdin=packing.stdout, check=False)
    if packing.returncode or unpacked.returncode:
        raise Problem(f"Không lấy được mã nguồn của {commit} ra {folder} (could not unpack)")


def _newest_version(places: Places) -> str:
    return run("git", "-C", places.repository, "tag", "--list", "v*", "--sort=-version:refname").partition("\n")[0]


def _git_or_nothing(folder: Path, *arguments: str) -> str:
    try:
        return run("git", "-C", folder, *arguments)
    except Problem:
        return ""
