"""What the official set: the pages that may ask, and the PKCS#11 modules of her tokens. One file in her own folder, for her alone."""

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Origins as browsers write them; paths of modules."""

    origins: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()


def folder() -> Path:
    """Return the program's folder: `XASO_SIGNER_HOME`, else the usual one for a user's settings."""
    own = os.environ.get("XASO_SIGNER_HOME")
    if own:
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home())) / "xaso-signer"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "xaso-signer"


def load() -> Settings:
    """Return what was set; nothing yet is nothing allowed. Raises ValueError of a file that is none of ours."""
    path = folder() / "settings.json"
    if not path.exists():
        return Settings()
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Settings(tuple(map(str, kept["origins"])), tuple(map(str, kept["modules"])))


def save(settings: Settings) -> None:
    """Keep the settings."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder() / "settings.json.new"
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(folder() / "settings.json")
