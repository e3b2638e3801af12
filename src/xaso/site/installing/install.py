"""`xaso install`: from a checkout on a bare Debian to a commune that people reach by HTTPS. Each step may be repeated and says what it did.

What an operator has written (settings, secret key, certificates) is never overwritten.
"""

import os
import pwd
import secrets
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xaso.site.installing import health, proxy, releases, units
from xaso.site.installing.places import Places
from xaso.site.installing.proxy import EXAMPLE_HOST, Tls
from xaso.site.installing.running import Problem, as_service, has_services, prepare, run
from xaso.site.installing.writing import folder, write

CHECKOUT = Path(__file__).resolve().parents[4]
KEY_BYTES = 50
ALREADY = "đã có (there already)"
IS_SET_UP = "(already set up)"
"""So ends what `create-admin` says where there is a commune."""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Wish:
    """What the operator wants: names of the host (the first is printed in QR codes), certificate, first administrator."""

    hosts: list[str]
    tls: Tls
    administrator: Mapping[str, str] = field(default_factory=dict)
    password: str = ""


def install(places: Places, wish: Wish, say: Say) -> int:
    """Do every step; returns 0 when people can reach the commune, 1 when something is left to do. Raises Problem where it can't go on."""
    for name, step in (("Tài khoản hệ thống (system user)", _user), ("Thư mục (folders)", _folders), ("Khóa bí mật (secret key)", _secret)):
        say(f"{name}: {step(places)}")
    say(f"Thiết lập (settings): {_environment(places, wish.hosts)}")
    release = _release(places)
    say(f"Phần mềm (program): {release.name}")
    say(f"Dịch vụ (services): {'đã ghi (written)' if units.provide(places, release.folder) else ALREADY}")
    say(f"Chùm khóa dữ liệu (key ring): {_ring(places)}")
    say("Dữ liệu (data)… ")
    prepare(places)
    left = [*_administrator(places, wish, say), *_certificate(places, release.folder, wish, say), *_start(places, say)]
    for line in (*left, *next_steps(places)):
        say(line)
    return 1 if left else 0


def _user(places: Places) -> str:
    try:
        pwd.getpwnam(places.user)
    except KeyError:
        run("useradd", "--system", "--user-group", "--home-dir", places.data, "--shell", "/usr/sbin/nologin", places.user)
        return places.user
    return ALREADY


def _folders(places: Places) -> str:
    for path in (places.code, places.releases, places.settings, places.challenges, places.units, places.proxy.parent):
        if not path.exists():
            folder(path)
    folder(places.certificates, mode=0o755)
    for private in (places.data, places.keyring):
        folder(private, mode=0o700, owner=places.user)
    return str(places.data)


def _secret(places: Places) -> str:
    if places.secret_key.exists():
        return ALREADY
    write(places.secret_key, f"{secrets.token_urlsafe(KEY_BYTES)}\n".encode(), mode=0o600, owner=places.user)
    return f"{places.secret_key}: chép ra nơi khác, không để chung với bản sao lưu (keep a copy, apart from the backups)"


def _ring(places: Places) -> str:
    if (places.keyring / "current").exists():
        return ALREADY
    as_service(places, "keyring", "new")
    return f"{places.keyring}: chép ra nơi khác, không để chung với bản sao cơ sở dữ liệu (keep a copy, apart from the database's)"


def _environment(places: Places, hosts: list[str]) -> str:
    if places.environment.exists():
        there = proxy.hosts_of(places.environment)
        if there != hosts:
            raise Problem(f"{places.environment} nêu XASO_HOSTS={','.join(there)}; sửa ở đó rồi chạy lại (change it there first)")
        return ALREADY
    text = (CHECKOUT / "deploy/systemd/environment.example").read_text(encoding="utf-8")
    for example, here in (
        (f"XASO_HOSTS={EXAMPLE_HOST}", f"XASO_HOSTS={','.join(hosts)}"),
        ("XASO_SECRET_KEY_FILE=/etc/xaso/secret-key", f"XASO_SECRET_KEY_FILE={places.secret_key}"),
        ("XASO_DATA=/var/lib/xaso", f"XASO_DATA={places.data}"),
        ("XASO_KEYRING=/etc/xaso/keyring", f"XASO_KEYRING={places.keyring}"),
    ):
        text = text.replace(example, here)
    database = os.environ.get("DATABASE_URL", "")
    if database:
        text = text.replace("#DATABASE_URL=postgresql://xaso:password@127.0.0.1/xaso", f"DATABASE_URL={database}")
    write(places.environment, text.encode(), mode=0o600)
    return str(places.environment)


def _release(places: Places) -> releases.Release:
    """Return the release that runs; the first one is built from the checkout that this command stands in."""
    there = releases.running(places)
    if there is not None:
        return there
    releases.adopt(places, CHECKOUT)
    release = releases.build(places, run("git", "-C", CHECKOUT, "rev-parse", "HEAD"))
    releases.point_to(places, release)
    return release


def _administrator(places: Places, wish: Wish, say: Say) -> list[str]:
    """Set the commune up with its administrator; returns what is left to do, such as with a password that everybody guesses."""
    by_hand = f"{places.current}/deploy/as-service.sh create-admin"
    if not wish.administrator:
        say(f"Người quản trị (administrator): bỏ qua; làm sau: {by_hand} (left out; do it later)")
        return []
    answers = [part for name, value in wish.administrator.items() for part in (f"--{name}", value)]
    try:
        said = as_service(places, "create-admin", *answers, given=f"{wish.password}\n")
    except Problem as problem:
        if IS_SET_UP in str(problem):
            say(f"Người quản trị (administrator): {ALREADY}")
            return []
        return [f"! Người quản trị (administrator): {problem}", f"  làm lại (again): {by_hand}"]
    say(f"Người quản trị (administrator): {said}")
    return []


def _certificate(places: Places, release: Path, wish: Wish, say: Say) -> list[str]:
    """Set the proxy up; returns what is left to do: an authority on the internet may be out of reach today."""
    try:
        say(f"HTTPS: {proxy.set_up(places, release, wish.hosts, wish.tls)}")
    except Problem as problem:
        return [f"! HTTPS: {problem}"]
    return []


def _start(places: Places, say: Say) -> list[str]:
    """Start the services and ask them; returns what does not work."""
    if not has_services(places):
        return ["! Máy này không chạy systemd: dịch vụ đã ghi, chưa khởi động (no systemd here: written, not started)"]
    begun = time.time()
    units.enable(places)
    units.start(places)
    faults = health.faults(places, since=begun)
    if not faults:
        say("Đang chạy (running)")
    return [f"! {fault}" for fault in faults]


def next_steps(places: Places) -> list[str]:
    """Return what only people can do, last on the screen."""
    hosts = proxy.hosts_of(places.environment)
    lines = [
        "",
        f"Địa chỉ (address): https://{hosts[0]}/   Đăng nhập (sign in): https://{hosts[0]}/dang-nhap/",
        "Tường lửa (firewall): mở 80, 443; không mở 8000. Ví dụ: ufw allow 80,443/tcp",
        f"Sao lưu (backups): {places.current}/deploy/as-service.sh backup key …, rồi hai dòng XASO_BACKUP_… trong {places.environment}",
        f"Chạy thử chương trình (commands): {places.current}/deploy/as-service.sh options",
    ]
    if (places.certificates / "ca.crt").exists() and not (places.certificates / "given.crt").exists():
        lines.append(f"Máy của cán bộ, người dân cài chứng chỉ này một lần (devices install this once): http://{hosts[0]}/xaso-ca.crt")
    if shutil.which("nginx") is None:
        lines.append("! Thiếu nginx: apt-get install nginx, rồi chạy lại lệnh này (nginx is missing)")
    return lines
