"""Brings the data folder and the database to the state that this version needs. Repeating it is quick and changes nothing."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.platform import clock, keyring
from xaso.platform.demo import loaders
from xaso.site import readiness
from xaso.site.supervisor import say

REAL_COMMUNE = (
    "Cơ sở dữ liệu này là của một xã thật: không nạp dữ liệu dùng thử vào đó. Chạy thật thì đặt XASO_MODE=production; "
    "dùng thử thì đặt XASO_DATA hoặc DATABASE_URL khác (this database is a real commune's: no demo data goes into it)"
)
DEMO_CONTENT = "3"  # raised when loading the demo again adds something


def prepare() -> int:
    """Do all of it; returns 1 with words for the operator when this installation must not start."""
    if not _is_free_of(readiness.half_restored()):
        return 1
    if settings.XASO_MODE == "production" and not _is_free_of(readiness.in_settings()):
        return 1
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    keyring.ring()
    _once("static-collected", _fingerprint(_static_sources()), _collect_static, again=not Path(settings.STATIC_ROOT).exists())
    is_new = _migrate()
    if settings.XASO_MODE == "production" and not _is_free_of(readiness.problems()):
        return 1
    if settings.XASO_MODE == "demo" and _holds_a_real_commune():
        say(REAL_COMMUNE)
        return 1
    _once("catalogue-loaded", _fingerprint(settings.CATALOGUE_DIR.rglob("*.*")), load_catalogue, again=is_new)
    if settings.XASO_MODE == "demo":
        _once("demo-loaded", DEMO_CONTENT, load_demo, again=is_new)
    return 0


def load_demo() -> None:
    """Load what the rooms bring for the demo commune, lowest floor first. Raises SystemExit beside a real commune."""
    if _holds_a_real_commune():
        raise SystemExit(REAL_COMMUNE)
    now = clock.now()
    for loader in loaders:
        say(f"  {loader.load(now)}")


def load_catalogue() -> None:
    """Load the catalogue's files that say something new. Raises SystemExit naming every fault of every file."""
    try:
        loaded = procedures.load_catalogue(settings.CATALOGUE_DIR, now=clock.now())
    except procedures.CatalogueError as error:
        raise SystemExit(f"Danh mục có chỗ sai, chưa nạp gì (nothing loaded):\n{error}") from error
    say(f"Danh mục thủ tục: {len(loaded.new)} bản mới, {loaded.unchanged} không đổi, {len(loaded.retired)} thôi dùng (catalogue)")


def _holds_a_real_commune() -> bool:
    commune = people.the_commune()
    return commune is not None and not commune.is_demo


def _is_free_of(problems: Iterable[str]) -> bool:
    """Tell each problem; returns whether there was none."""
    found = list(problems)
    for problem in found:
        say(f"- {problem}")
    return not found


def _once(name: str, fingerprint: str, work: Callable[[], None], *, again: bool) -> None:
    """Do the work unless its mark in the data folder says that it was done with this fingerprint."""
    mark = settings.DATA_DIR / name
    if again or not mark.exists() or mark.read_text() != fingerprint:
        work()
        mark.write_text(fingerprint)


def _migrate() -> bool:
    """Create or upgrade the tables if any step is missing; tells whether the database was empty."""
    executor = MigrationExecutor(connection)
    is_new = not executor.loader.applied_migrations
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Tạo, nâng cấp bảng dữ liệu… (tables)")
        call_command("migrate", interactive=False, verbosity=0)
    return is_new


def _collect_static() -> None:
    """Gather and compress the static files."""
    say("Gom tệp tĩnh… (static files)")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def _static_sources() -> Iterable[Path]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield Path(storage.path(path))


def _fingerprint(paths: Iterable[Path]) -> str:
    """Return a digest of the files' names, sizes and times."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        facts = path.stat()
        digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
