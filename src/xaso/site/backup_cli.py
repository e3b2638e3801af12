"""The commands `xaso backup …` and `xaso restore`: what they take. What they do stands in `backup_command.py`, loaded with Django."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

Command = Callable[[argparse.Namespace], int]
Said = tuple[list[str], int]
KEY_FILE = "tệp khóa bí mật (file of the secret key)"


class Add(Protocol):
    """Adds a command of `xaso`."""

    def __call__(self, name: str, command: Command, text: str, /) -> argparse.ArgumentParser:
        """Return the parser of its arguments."""


def add_commands(add: Add, set_up: Callable[[], None]) -> None:
    """Add both; `set_up` loads Django."""

    def told(work: Callable[[argparse.Namespace], Said]) -> Command:
        def command(chosen: argparse.Namespace) -> int:
            set_up()
            lines, code = work(chosen)
            sys.stdout.write("".join(f"{line}\n" for line in lines))
            sys.stdout.flush()
            return code

        return command

    backup = add("backup", told(_back_up), "sao lưu cơ sở dữ liệu và tệp (back up database and files)")
    backup.add_argument("--to", type=Path, help="thư mục, thay cho XASO_BACKUP_FOLDER (folder in its place)")
    _add_verbs(backup, told)
    restore = add("restore", told(_restore), "phục hồi vào nơi trống, chứng minh đủ (restore into an empty place and prove it)")
    restore.add_argument("file", type=Path, help="tệp .tar.age")
    restore.add_argument("--key", type=Path, required=True, help=KEY_FILE)


def _add_verbs(backup: argparse.ArgumentParser, told: Callable[[Callable[[argparse.Namespace], Said]], Command]) -> None:
    verbs = backup.add_subparsers(metavar="việc")
    key = verbs.add_parser("key", help="tạo khóa sao lưu (make a key)")
    key.set_defaults(command=told(_make_key))
    key.add_argument("file", type=Path, help="tệp mới cho khóa bí mật (new file for the secret key)")
    drill = verbs.add_parser("drill", help="phục hồi thử ở nơi khác và chứng minh (restore elsewhere and prove it)")
    drill.set_defaults(command=told(_drill))
    drill.add_argument("--key", type=Path, required=True, help=KEY_FILE)
    drill.add_argument("--file", type=Path, help="bản sao lưu, mặc định là bản mới nhất (a backup; else the newest)")
    state = verbs.add_parser("state", help="các lần gần nhất; mã thoát 1 khi quá cũ (the last ones; 1 when stale)")
    state.set_defaults(command=told(_state))


def _back_up(chosen: argparse.Namespace) -> Said:
    from xaso.platform import clock
    from xaso.site import backup_command

    return backup_command.make(chosen.to, now=clock.now())


def _make_key(chosen: argparse.Namespace) -> Said:
    from xaso.site import backup_command

    return backup_command.make_key(chosen.file)


def _restore(chosen: argparse.Namespace) -> Said:
    from xaso.platform import clock
    from xaso.site import backup_command

    return backup_command.restore(chosen.file, chosen.key, now=clock.now())


def _drill(chosen: argparse.Namespace) -> Said:
    from xaso.platform import clock
    from xaso.site import backup_command

    return backup_command.drill(chosen.file, chosen.key, now=clock.now())


def _state(_chosen: argparse.Namespace) -> Said:
    from xaso.platform import clock
    from xaso.site import backup_command

    return backup_command.tell_state(now=clock.now())
