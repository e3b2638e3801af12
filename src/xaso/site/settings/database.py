"""Reads `DATABASE_URL`; without one, the commune's own SQLite file, durable at each commit."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

TLS = ("sslmode", "sslrootcert")
HERE = ("localhost", "127.0.0.1")


def database_from_environment(url: str, data_dir: Path) -> dict[str, Any]:
    """Return Django's settings for one database. Raises ValueError for a scheme that is neither sqlite nor postgresql."""
    if not url:
        return sqlite(data_dir / "xaso.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(parts.path))
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": _host(parts.netloc),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": _encryption(_host(parts.netloc), parts.query),
        }
    raise ValueError(f"DATABASE_URL: unknown scheme {parts.scheme!r}; use postgresql:// or sqlite:///")


def _encryption(host: str, query: str) -> dict[str, str]:
    """Return how the connection is encrypted: as the address says, else always (TLS) where the server is another machine."""
    said = {name: value for name, value in parse_qsl(query) if name in TLS}
    is_here = not host or host.startswith("/") or host in HERE
    return said if is_here or "sslmode" in said else {**said, "sslmode": "require"}


def _host(netloc: str) -> str:
    """Return the host name, or the folder of a Unix socket written as `%2Frun%2Fpostgresql`."""
    host = unquote(netloc.rpartition("@")[2])
    return host if host.startswith("/") else host.partition(":")[0]


def sqlite(path: Path) -> dict[str, Any]:
    """Return settings for SQLite in WAL mode that flushes each commit to the disk (`synchronous=FULL`)."""
    return {
        "ENGINE": "xaso.platform.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=4000;",
        },
    }
