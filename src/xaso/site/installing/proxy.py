"""The proxy that ends TLS: nginx, from `deploy/nginx.conf` of a release, with a certificate that is given, fetched or made here.

HTTPS is no ornament: without it a phone keeps no page, seals no draft and takes no passkey.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from xaso.site.installing.places import Places
from xaso.site.installing.private_ca import PrivateAuthority, is_address
from xaso.site.installing.running import Problem, has_services, run, services
from xaso.site.installing.writing import write

EXAMPLE_HOST = "dichvu.xa-vidu.gov.vn"
WAYS = ("acme", "files", "private")
SHOWN = re.compile(r"^\s*ssl_certificate\s+(\S+);\s*ssl_certificate_key\s+(\S+);", re.MULTILINE)


@dataclass(frozen=True)
class Tls:
    """Where the certificate comes from: `acme` (an authority on the internet), `files` (given ones) or `private` (made here)."""

    way: str
    certificate: Path | None = None
    key: Path | None = None
    email: str = ""
    directory: str = ""
    """Address of an ACME directory other than Let's Encrypt's, such as a province's."""


def set_up(places: Places, release: Path, hosts: list[str], tls: Tls) -> str:
    """Write the proxy's settings with its certificate and let it read them. Raises Problem; what was there before stays."""
    own = PrivateAuthority(places.certificates)
    if tls.way == "files":
        _take(places, tls)
        _point(places, release, hosts, places.certificates / "given.crt", places.certificates / "given.key")
        return "chứng chỉ được giao (the given certificate)"
    own.provide(hosts, now=datetime.now(UTC))
    if tls.way == "acme":
        certificate, key = _acme_paths(hosts[0])
        if not certificate.exists():
            _point(places, release, hosts, own.server_certificate, own.server_key)
            _fetch(places, hosts, tls)
        _point(places, release, hosts, certificate, key)
        return "chứng chỉ qua ACME, tự gia hạn bằng certbot (by ACME, renewed by certbot)"
    _point(places, release, hosts, own.server_certificate, own.server_key)
    return f"chứng chỉ riêng; máy người dùng cần cài {own.certificate} (a private authority: devices need this file)"


def renew(places: Places) -> str:
    """Make the private certificate anew when it is about to end. Raises Problem when there is none."""
    own = PrivateAuthority(places.certificates)
    if not own.server_certificate.exists():
        raise Problem("Máy này không dùng chứng chỉ riêng (no private certificate here)")
    hosts = hosts_of(places.environment)
    if own.provide(hosts, now=datetime.now(UTC)):
        _reload(places)
        return f"Đã làm lại chứng chỉ, dùng đến {own.ends_at():%d/%m/%Y} (renewed)"
    return f"Chứng chỉ còn dùng đến {own.ends_at():%d/%m/%Y} (still good)"


def follow(places: Places, before: Path, release: Path) -> str:
    """Bring the proxy's settings from one release's to the next one's; returns what is left to the operator, who may have edited them.

    What stood there is kept until `settle` or `put_back`. Raises Problem when nginx refuses the new ones.
    """
    if not places.proxy.exists():
        return ""
    text = places.proxy.read_text(encoding="utf-8")
    shown, hosts = SHOWN.search(text), hosts_of(places.environment)
    if shown is None or text != settings(places, before, hosts, Path(shown[1]), Path(shown[2])):
        return f"! {places.proxy} có chỗ sửa tay nên giữ nguyên; bản mới: {release}/deploy/nginx.conf (edited by hand, left as it is)"
    write(places.proxy_before, text.encode())
    _point(places, release, hosts, Path(shown[1]), Path(shown[2]))
    return ""


def settle(places: Places) -> None:
    """Forget the settings of before: the new release works."""
    places.proxy_before.unlink(missing_ok=True)


def put_back(places: Places) -> None:
    """Let the proxy have the settings of before, if `follow` changed them."""
    if places.proxy_before.exists():
        write(places.proxy, places.proxy_before.read_bytes())
        _reload(places)
        settle(places)


def hosts_of(environment: Path) -> list[str]:
    """Return the names that the settings list in XASO_HOSTS. Raises Problem without them."""
    for line in environment.read_text(encoding="utf-8").splitlines():
        if line.startswith("XASO_HOSTS="):
            return [host.strip() for host in line.partition("=")[2].strip("\"'").split(",") if host.strip()]
    raise Problem(f"{environment}: thiếu XASO_HOSTS (missing)")


def _take(places: Places, tls: Tls) -> None:
    if tls.certificate is None or tls.key is None:
        raise Problem("--tls files cần --certificate và --key (needs both)")
    for source, name, mode in ((tls.certificate, "given.crt", 0o644), (tls.key, "given.key", 0o600)):
        if not source.is_file():
            raise Problem(f"{source}: không có tệp này (no such file)")
        write(places.certificates / name, source.read_bytes(), mode=mode)


def _acme_paths(host: str) -> tuple[Path, Path]:
    folder = Path("/etc/letsencrypt/live") / host
    return folder / "fullchain.pem", folder / "privkey.pem"


def _fetch(places: Places, hosts: list[str], tls: Tls) -> None:
    if any(map(is_address, hosts)):
        raise Problem("ACME cần tên miền, không nhận địa chỉ số (needs names, not addresses)")
    contact = ["--email", tls.email] if tls.email else ["--register-unsafely-without-email"]
    directory = ["--server", tls.directory] if tls.directory else []
    names = [part for host in hosts for part in ("--domain", host)]
    run(
        *("certbot", "certonly", "--non-interactive", "--agree-tos", "--cert-name", hosts[0], "--webroot", "--webroot-path"),
        *(str(places.challenges), "--deploy-hook", "systemctl reload nginx", *contact, *directory, *names),
    )


def _point(places: Places, release: Path, hosts: list[str], certificate: Path, key: Path) -> None:
    """Let the proxy show this certificate. Settings that nginx refuses are taken back."""
    before = places.proxy.read_bytes() if places.proxy.exists() else None
    write(places.proxy, settings(places, release, hosts, certificate, key).encode())
    try:
        if has_services(places):
            run("nginx", "-t")
    except Problem:
        if before is None:
            places.proxy.unlink()
        else:
            write(places.proxy, before)
        raise
    _reload(places)


def _reload(places: Places) -> None:
    if has_services(places):
        services("reload-or-restart", "nginx")


def settings(places: Places, release: Path, hosts: list[str], certificate: Path, key: Path) -> str:
    """Return the proxy's settings: the release's example with this installation's names and paths."""
    text = (release / "deploy/nginx.conf").read_text(encoding="utf-8")
    for example, here in (
        (EXAMPLE_HOST, " ".join(hosts)),
        ("/etc/xaso/tls/server.crt", str(certificate)),
        ("/etc/xaso/tls/server.key", str(key)),
        ("/etc/xaso/tls/ca.crt", str(places.certificates / "ca.crt")),
        ("/etc/xaso/upgrading.json", str(places.upgrading)),
        ("/var/www/xaso", str(places.challenges)),
        ("/opt/xaso/current", str(places.current)),
        ("127.0.0.1:8000", f"127.0.0.1:{places.port}"),
    ):
        text = text.replace(example, here)
    return text
