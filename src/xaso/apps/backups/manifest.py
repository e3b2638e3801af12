"""What stands at the beginning and the end of a backup."""

import hashlib
import hmac
import json
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from xaso.apps.backups.archive import NotABackup
from xaso.apps.backups.facts import Facts
from xaso.kernel.errors import Refusal

FORMAT = 1
ROOT = Path(__file__).resolve().parents[4]


@dataclass(frozen=True)
class Manifest:
    """The first member: what the backup holds. `secret` tells whether a secret key is the one that was in force, without telling it."""

    made_at: str
    program: str
    vendor: str
    server: str
    facts: Facts
    files: int
    files_bytes: int
    database_bytes: int
    folders: list[str]
    secret: str
    format: int = FORMAT

    def text(self) -> bytes:
        """Return it as it is written."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def read(cls, content: bytes) -> "Manifest":
        """Raise NotABackup when it is none of ours, Refusal `backups.newer` when its form is not known yet."""
        try:
            said: dict[str, Any] = json.loads(content)
            if int(said["format"]) > FORMAT:
                raise Refusal("backups.newer", what=f"{said['program']} > {program_version()}")
            facts = said.pop("facts")
            heads = [(str(chain), int(links), str(digest)) for chain, links, digest in facts["heads"]]
            return cls(facts=Facts(facts["rows"], facts["migrations"], heads), **said)
        except (ValueError, KeyError, TypeError) as error:
            raise NotABackup("manifest") from error


@dataclass(frozen=True)
class Ending:
    """The last member: how much came before it, which files could not be saved, and the seal of the installation that made it."""

    members: int
    damaged: list[str]
    seal: str

    def text(self) -> bytes:
        """Return it as it is written."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def read(cls, content: bytes) -> "Ending":
        """Raise NotABackup when it is none of ours."""
        try:
            return cls(**json.loads(content))
        except (ValueError, TypeError) as error:
            raise NotABackup("end") from error


def program_version() -> str:
    """Return the version of this program."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def secret_mark() -> str:
    """Return what tells this installation's secret key from others."""
    return _keyed(b"which secret key")[:16]


def seal_of(digest: bytes) -> str:
    """Return this installation's seal of a backup with that digest: whoever knows only the public key can't make it."""
    return _keyed(b"backup " + digest)


def _keyed(message: bytes) -> str:
    key = hashlib.sha256(b"xaso backups\0" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, message, hashlib.sha256).hexdigest()
