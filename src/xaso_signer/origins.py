"""Which pages may ask. An origin is allowed by its whole name, `https://motcua.xa.gov.vn`; there are no patterns."""

from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost")
LONGEST = 200


def read_origin(text: str) -> str:
    """Return the origin as browsers write it. Raises ValueError unless it is https, or http on this very computer (a trial)."""
    parts = urlsplit(text.strip().rstrip("/"))
    host = parts.hostname or ""
    is_plain = not (parts.username or parts.password or parts.path or parts.query or parts.fragment)
    if not host or not is_plain or not host.isascii() or "*" in host or len(text) > LONGEST:
        raise ValueError(text)
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise ValueError(text)
    usual = {"https": 443, "http": 80}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in {None, usual} else "")


def is_own_host(host: str | None, port: int) -> bool:
    """Tell whether a request was addressed to this computer by its number; a foreign name that was led here (DNS rebinding) is not."""
    return host == f"127.0.0.1:{port}"
