"""Where an installation keeps what, and as whom it runs."""

from dataclasses import dataclass
from pathlib import Path

RELEASES_KEPT = 3


@dataclass(frozen=True)
class Places:
    """The folders of one installation. `root` is `/`, or a folder in its place for a trial beside a running system."""

    root: Path = Path("/")
    user: str = "xaso"
    port: int = 8000

    @property
    def code(self) -> Path:
        """Return the folder of the program: its repository and its releases."""
        return self.root / "opt/xaso"

    @property
    def repository(self) -> Path:
        """Return the bare repository that releases are taken from."""
        return self.code / "repository.git"

    @property
    def releases(self) -> Path:
        """Return the folder that holds a folder for each release."""
        return self.code / "releases"

    @property
    def current(self) -> Path:
        """Return the link to the release that runs."""
        return self.code / "current"

    @property
    def settings(self) -> Path:
        """Return the folder of what only this installation has."""
        return self.root / "etc/xaso"

    @property
    def environment(self) -> Path:
        """Return the file of the settings."""
        return self.settings / "environment"

    @property
    def owner_environment(self) -> Path:
        """Return the file, root's alone, with the DATABASE_URL of the tables' owner, where that is not the service (PostgreSQL)."""
        return self.settings / "owner-environment"

    @property
    def secret_key(self) -> Path:
        """Return the file of the secret key."""
        return self.settings / "secret-key"

    @property
    def keyring(self) -> Path:
        """Return the folder of the keys of sensitive columns, the service's alone."""
        return self.settings / "keyring"

    @property
    def certificates(self) -> Path:
        """Return the folder of what the proxy shows and of the private authority."""
        return self.settings / "tls"

    @property
    def data(self) -> Path:
        """Return the folder of database and files, the service's alone."""
        return self.root / "var/lib/xaso"

    @property
    def upgrades(self) -> Path:
        """Return the folder of the database as it was before each upgrade."""
        return self.data / "upgrades"

    @property
    def challenges(self) -> Path:
        """Return the folder in which an authority on the internet looks for its answers (ACME, http-01)."""
        return self.root / "var/www/xaso"

    @property
    def units(self) -> Path:
        """Return the folder of systemd's units."""
        return self.root / "etc/systemd/system"

    @property
    def proxy(self) -> Path:
        """Return the file of the proxy's settings; Debian's nginx reads the folder."""
        return self.root / "etc/nginx/conf.d/xaso.conf"

    @property
    def upgrading(self) -> Path:
        """Return the note of an upgrade that is under way; while it is there, the proxy lets nobody in."""
        return self.settings / "upgrading.json"

    @property
    def proxy_before(self) -> Path:
        """Return the file that keeps the proxy's settings while an upgrade may still be taken back."""
        return self.settings / "proxy-before.conf"

    @property
    def options(self) -> list[str]:
        """Return the options of a command that say where, as whom and on which port, where they are not the usual ones."""
        usual = Places()
        wanted = (("--root", self.root, usual.root), ("--user", self.user, usual.user), ("--port", self.port, usual.port))
        return [part for name, here, default in wanted if here != default for part in (name, str(here))]

    @property
    def is_trial(self) -> bool:
        """Tell whether this is a folder beside the system, whose services are not the system's."""
        return self.root != Path("/")
