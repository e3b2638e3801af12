"""systemd's units of an installation: those of `deploy/systemd` in a release, with this installation's paths and user."""

from pathlib import Path

from xaso.site.installing.places import Places
from xaso.site.installing.running import has_services, services
from xaso.site.installing.writing import write

OURS = "xaso-"
PROGRAMS = ("xaso-web.service", "xaso-work.service")
TIMERS = ("xaso-tls.timer", "xaso-verify.timer")


def provide(places: Places, release: Path) -> bool:
    """Write the release's units; tells whether any was new or other than before."""
    changed = [write(places.units / source.name, text(places, source).encode()) for source in sources(release)]
    if any(changed) and has_services(places):
        services("daemon-reload")
    return any(changed)


def drop_old(places: Places, release: Path) -> list[str]:
    """End and remove the units that earlier releases brought and this one does not; returns their names. Raises Problem."""
    kept = {source.name for source in sources(release)}
    old = [path for path in sorted(places.units.glob(f"{OURS}*")) if path.suffix in {".service", ".timer"} and path.name not in kept]
    for path in old:
        if has_services(places):
            services("disable", "--now", path.name)
        path.unlink()
    if old and has_services(places):
        services("daemon-reload")
    return [path.name for path in old]


def sources(release: Path) -> list[Path]:
    """Return the unit files that a release brings."""
    return sorted(path for path in (release / "deploy/systemd").iterdir() if path.suffix in {".service", ".timer"})


def text(places: Places, source: Path) -> str:
    """Return a unit as it stands on this machine."""
    unit = source.read_text(encoding="utf-8")
    for example, here in (
        ("/opt/xaso/current", str(places.current)),
        ("/etc/xaso", str(places.settings)),
        ("/var/lib/xaso", str(places.data)),
        ("User=xaso", f"User={places.user}"),
        ("--port 8000", f"--port {places.port}"),
        ("upgrade --recover", " ".join(("upgrade --recover", *places.options))),
        ("tls renew", " ".join(("tls renew", *places.options))),
    ):
        unit = unit.replace(example, here)
    return unit


def stop(_places: Places) -> None:
    """Stop the programs; returns when they have ended. Raises Problem."""
    services("stop", *reversed(PROGRAMS))


def start(_places: Places) -> None:
    """Start the programs. Raises Problem."""
    services("start", *PROGRAMS)


def enable(_places: Places) -> None:
    """Let the programs and timers run from now on and after each start of the machine. Raises Problem."""
    services("enable", *PROGRAMS, *TIMERS)
    services("start", *TIMERS)
