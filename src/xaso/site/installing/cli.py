"""The commands `xaso install`, `xaso upgrade` and `xaso tls`: what they take. They run as root and load no Django."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from xaso.site.installing.places import Places

SHORTEST_PASSWORD = 10
"""As `AUTH_PASSWORD_VALIDATORS` wants; what else makes a password weak is said once the program is built."""

Command = Callable[[argparse.Namespace], int]


class Add(Protocol):
    """Adds a command of `xaso`."""

    def __call__(self, name: str, command: Command, text: str, /) -> argparse.ArgumentParser:
        """Return the parser of its arguments."""


def add_commands(add: Add, administrator: Mapping[str, str], set_up: Callable[[], None]) -> None:
    """Add them; `administrator` are the questions of `create-admin`, `set_up` loads Django for the one step that needs the database."""
    install = add("install", _told(_install), "cài lên máy chủ Debian: dịch vụ, HTTPS, quản trị (install on a bare Debian)")
    _add_places(install)
    install.add_argument("--host", action="append", required=True, help="tên miền hay địa chỉ số; lặp lại khi có nhiều (name or address)")
    install.add_argument("--tls", choices=["acme", "files", "private"], required=True, help="chứng chỉ lấy ở đâu (where from)")
    install.add_argument("--certificate", type=Path, help="với files: tệp chứng chỉ cùng chuỗi, PEM (certificate with its chain)")
    install.add_argument("--key", type=Path, help="với files: tệp khóa riêng, PEM (private key)")
    install.add_argument("--email", default="", help="với acme: ai nhận báo tin của nơi cấp (contact)")
    install.add_argument("--acme-directory", default="", help="với acme: nơi cấp khác Let's Encrypt (another authority)")
    for name, text in administrator.items():
        install.add_argument(f"--{name}", help=text)
    upgrade = add("upgrade", _told(_upgrade), "nâng cấp; hỏng thì tự trở lại bản cũ (upgrade; goes back by itself when it fails)")
    _add_places(upgrade)
    upgrade.add_argument("release", nargs="?", default="", help="phiên bản; mặc định bản mới nhất (a tag or commit; else the newest)")
    upgrade.add_argument("--from", dest="source", default="", help="kho mã khác hay tệp git bundle (a repository, or a bundle on a stick)")
    upgrade.add_argument("--recover", action="store_true", help="chỉ trở lại nếu lần trước bị ngắt (only go back if the last was cut off)")
    tls = add("tls", _told(_renew), "gia hạn chứng chỉ riêng khi sắp hết hạn (renew the private certificate)")
    _add_places(tls)
    tls.add_argument("verb", choices=["renew"])
    step = add("upgrade-step", _database_step(set_up), "bước của lệnh upgrade, không tự gọi (a step of upgrade, not called by people)")
    step.add_argument("verb", choices=["keep", "put-back", "grant"])
    step.add_argument("folder", type=Path)


def _add_places(command: argparse.ArgumentParser) -> None:
    command.add_argument("--root", type=Path, default=Path("/"), help="cài dưới thư mục này để thử (below this folder, for a trial)")
    command.add_argument("--user", default="xaso", help="người dùng hệ thống chạy dịch vụ (system user of the services)")
    command.add_argument("--port", type=int, default=8000, help="cổng nội bộ (port inside this machine)")


def _told(work: Command) -> Command:
    """Let root do it; a problem is told in words, with exit code 1."""

    def command(chosen: argparse.Namespace) -> int:
        from xaso.site.installing.running import Problem

        if os.geteuid() != 0:
            _complain("Cần quyền root: sudo xaso … (needs root)")
            return 1
        try:
            return work(chosen)
        except Problem as problem:
            _complain(f"! {problem}")
            return 1

    return command


def _install(chosen: argparse.Namespace) -> int:
    from xaso.site.installing.install import Wish, install
    from xaso.site.installing.proxy import Tls

    names = ("commune", "province", "full-name", "username")
    administrator = {name: value for name in names if (value := getattr(chosen, name.replace("-", "_")))}
    missing = [f"--{name}" for name in names if name not in administrator]
    if administrator and missing:
        _complain(f"! Người quản trị còn thiếu {', '.join(missing)} (missing)")
        return 1
    tls = Tls(chosen.tls, chosen.certificate, chosen.key, chosen.email, chosen.acme_directory)
    wish = Wish(chosen.host, tls, administrator, _password() if administrator else "")
    return install(_places(chosen), wish, _say)


def _upgrade(chosen: argparse.Namespace) -> int:
    from xaso.site.installing import upgrade

    if chosen.recover:
        return upgrade.recover(_places(chosen), _say)
    return upgrade.upgrade(_places(chosen), chosen.release, chosen.source, _say)


def _renew(chosen: argparse.Namespace) -> int:
    from xaso.site.installing import proxy

    _say(proxy.renew(_places(chosen)))
    return 0


def _database_step(set_up: Callable[[], None]) -> Command:
    def command(chosen: argparse.Namespace) -> int:
        set_up()
        from xaso.apps.backups import facade as backups
        from xaso.kernel.errors import Refusal
        from xaso.site.installing.roles import grant_to_service

        try:
            if chosen.verb == "keep":
                _say(f"{backups.keep_database(chosen.folder) / 1e6:.1f} MB")
                return 0
            if chosen.verb == "put-back":
                backups.put_back_database(chosen.folder)
            grant_to_service()
        except Refusal as refusal:
            _complain("\n".join(backups.refusal_lines(refusal)))
            return 1
        return 0

    return command


def _places(chosen: argparse.Namespace) -> "Places":
    from xaso.site.installing.places import Places

    return Places(chosen.root.absolute(), chosen.user, chosen.port)


def _password() -> str:
    """Ask for a password twice, until both are the same and long enough; a program gives it in one line. Raises Problem."""
    if not sys.stdin.isatty():
        return _long_enough(sys.stdin.readline().rstrip("\n"))
    from xaso.site.installing.running import Problem

    while True:
        try:
            password = _long_enough(getpass.getpass(f"Mật khẩu người quản trị, ít nhất {SHORTEST_PASSWORD} ký tự (password): "))
        except Problem as problem:
            _complain(f"! {problem}")
            continue
        if getpass.getpass("Gõ lại lần nữa (again): ") == password:
            return password
        _complain("! Hai lần gõ khác nhau (not the same)")


def _long_enough(password: str) -> str:
    from xaso.site.installing.running import Problem

    if len(password) < SHORTEST_PASSWORD:
        raise Problem(f"Mật khẩu cần ít nhất {SHORTEST_PASSWORD} ký tự (at least so many characters)")
    return password


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _complain(line: str) -> None:
    sys.stderr.write(f"{line}\n")
