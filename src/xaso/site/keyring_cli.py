"""The commands `xaso keyring …`: what they take. What they do stands in `keyring_command.py`, loaded with Django."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from xaso.site.backup_cli import Add, Command, Said

KEY = "tên khóa, như xaso keyring state in ra (name of the key)"


def add_commands(add: Add, set_up: Callable[[], None]) -> None:
    """Add them; `set_up` loads Django."""

    def told(work: Callable[[Any, argparse.Namespace], Said]) -> Command:
        def command(chosen: argparse.Namespace) -> int:
            set_up()
            from xaso.site import keyring_command

            lines, code = work(keyring_command, chosen)
            sys.stdout.write("".join(f"{line}\n" for line in lines))
            sys.stdout.flush()
            return code

        return command

    ring = add("keyring", told(lambda does, _chosen: does.tell_state()), "chùm khóa của dữ liệu nhạy cảm (keys of sensitive columns)")
    verbs = ring.add_subparsers(metavar="việc")
    new = verbs.add_parser("new", help="tạo chùm khóa, hoặc thêm một khóa (make the ring, or add a key)")
    new.set_defaults(command=told(lambda does, chosen: does.add(index=chosen.index, lost=chosen.lost)))
    new.add_argument("--index", action="store_true", help="khóa để tìm, không phải khóa để giấu (an index key, not a sealing key)")
    new.add_argument(
        "--lost",
        action="store_true",
        help="chùm khóa cũ mất hẳn, làm chùm mới (the old ring is lost for good: make another beside its values)",
    )
    use = verbs.add_parser("use", help="từ nay ghi bằng khóa này (write with this key from now on)")
    use.set_defaults(command=told(lambda does, chosen: does.use(chosen.key)))
    use.add_argument("key", help=KEY)
    state = verbs.add_parser("state", help="bao nhiêu giá trị dùng khóa nào; mã thoát 1 khi thiếu khóa (1 when a key is missing)")
    state.set_defaults(command=told(lambda does, _chosen: does.tell_state()))
    drop = verbs.add_parser("drop", help="bỏ một khóa không còn giá trị nào dùng (take a key out that nothing is under)")
    drop.set_defaults(command=told(lambda does, chosen: does.drop(chosen.key)))
    drop.add_argument("key", help=KEY)
