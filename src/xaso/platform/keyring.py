"""The ring of keys under which sensitive columns are kept: files in a folder outside the database (decision 0112).

    <folder>/s1qz3f0k7w   a sealing key: 64 hexadecimal digits, readable by its owner only
    <folder>/i1qz3f0k2c   an index key, of the same form
    <folder>/current      the names of the two keys that write, a line each; all others only read
    <folder>/dropped/     keys taken out of use: nothing is opened with them any more

A key's name begins with its kind and tells when it was made, so that of two keys of a kind the later one stands later in order.
"""

import os
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from xaso.kernel.errors import Refusal
from xaso.platform.errors import declare_words
from xaso.platform.files.store import flush_folder
from xaso.platform.options import Option, declare

SEALING, INDEXING = "s", "i"
KINDS = (SEALING, INDEXING)
ID_LENGTH = 10
KEY_BYTES = 32
CURRENT, DROPPED = "current", "dropped"
LOOKED_AT_EVERY_SECONDS = 1.0
"""How soon a running process learns that the folder changed."""
SETTLED_SECONDS = 60
"""How long after another key became current the old one may still be dropped on: any process has learned of it by then."""

_NAME = re.compile(r"[si][0-9a-z]{9}")
_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_CHANCE = 3
_EPOCH = 1_735_689_600  # 2025-01-01, so that six digits of 32 last until 2059

KEYRING = declare(
    Option(
        "XASO_KEYRING",
        "",
        str,
        "folder",
        "keys of sensitive columns, outside XASO_DATA; compulsory in production. Empty: XASO_DATA/keyring, which the demo makes itself",
    )
)


@dataclass(frozen=True)
class Ring:
    """The keys that are there by name, and which two write; empty names where there is none yet."""

    keys: Mapping[str, bytes]
    sealing: str = ""
    indexing: str = ""
    boxes: Mapping[str, AESGCM] = field(default_factory=dict)

    @property
    def index_keys(self) -> tuple[str, ...]:
        """Return the names of all index keys, the one that writes first."""
        others = [name for name in self.keys if name.startswith(INDEXING) and name != self.indexing]
        return (self.indexing, *sorted(others))

    @property
    def is_usable(self) -> bool:
        """Tell whether there is a key of each kind that writes."""
        return self.sealing in self.keys and self.indexing in self.keys

    @property
    def is_turning(self) -> bool:
        """Tell whether there are keys beside the two that write, so that rows may be under them."""
        return len(self.keys) > len(KINDS)


@dataclass(frozen=True)
class _Seen:
    """A ring as it was read, by which settings, from which state of its folder, and when that was last looked at."""

    settings: tuple[str, object]
    stamp: tuple[int, ...]
    ring: Ring
    looked_at: float


class _Memory:
    """What this process read last."""

    seen: _Seen | None = None


_memory = _Memory()


def folder() -> Path:
    """Return the folder of the ring."""
    return Path(KEYRING.value() or Path(settings.DATA_DIR) / "keyring")


def ring(*, fresh: bool = False) -> Ring:
    """Return the ring; a change in the folder is learned of within a second, `fresh` at once. The demo makes its own at first use.

    Raises Refusal `keyring.missing` when there is no key to write with, `keyring.unreadable` naming the file.
    """
    chosen, moment = (os.environ.get(KEYRING.name, ""), settings.DATA_DIR), time.monotonic()
    known = _memory.seen if _memory.seen is not None and _memory.seen.settings == chosen else None
    if known and not fresh and moment - known.looked_at < LOOKED_AT_EVERY_SECONDS:
        return known.ring
    place = folder()
    stamp = _stamp(place)
    there = known.ring if known and known.stamp == stamp else _read_or_make(place)
    _memory.seen = _Seen(chosen, stamp, there, moment)
    return there


def found() -> Ring:
    """Return what the folder holds, usable or not. Raises Refusal `keyring.unreadable`."""
    return _read(folder())


def _read_or_make(place: Path) -> Ring:
    there = _read(place)
    if not there.is_usable and settings.XASO_MODE != "production":
        make()
        there = _read(place)
    if not there.is_usable:
        raise Refusal("keyring.missing", folder=str(place))
    return there


def _stamp(place: Path) -> tuple[int, ...]:
    """Return what changes whenever a key comes, goes or becomes current."""
    times = []
    for path in (place, place / CURRENT):
        try:
            times.append(path.stat().st_mtime_ns)
        except OSError:
            times.append(0)
    return tuple(times)


def _read(place: Path) -> Ring:
    if not place.is_dir():
        return Ring({})
    try:
        keys = {path.name: _key_in(path) for path in sorted(place.iterdir()) if _NAME.fullmatch(path.name)}
        current = (place / CURRENT).read_text(encoding="ascii").split() if (place / CURRENT).exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("keyring.unreadable", file=str(getattr(error, "filename", None) or place)) from error
    named = {name[:1]: name for name in current if name in keys}
    boxes = {name: AESGCM(key) for name, key in keys.items() if name.startswith(SEALING)}
    return Ring(keys, named.get(SEALING, ""), named.get(INDEXING, ""), boxes)


def _key_in(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError as error:
        raise Refusal("keyring.unreadable", file=str(path)) from error
    if len(key) != KEY_BYTES:
        raise Refusal("keyring.unreadable", file=str(path))
    return key


def make() -> None:
    """Make a ring of one key of each kind unless there is one; of two that try at once one wins."""
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = [_write_key(place, kind, after="") for kind in KINDS]
    draft = place / f".{secrets.token_hex(8)}"
    _write(draft, "".join(f"{name}\n" for name in made))
    try:
        os.link(draft, place / CURRENT)
    except FileExistsError:
        for name in made:
            (place / name).unlink()
    finally:
        draft.unlink()
    flush_folder(place)


def add_key(kind: str) -> str:
    """Add a key that only reads until it is made current; returns its name. Raises Refusal `keyring.missing`."""
    there = _usable()
    name = _write_key(folder(), kind, after=max(one for one in there.keys if one.startswith(kind)))
    flush_folder(folder())
    return name


def use_key(name: str) -> None:
    """Let this key write from now on. Raises Refusal `keyring.unknown_key`; `keyring.older_key`, for rows are only written forward."""
    there = _usable()
    if name not in there.keys:
        raise Refusal("keyring.unknown_key", key=name, folder=str(folder()))
    now_writing = {SEALING: there.sealing, INDEXING: there.indexing}
    if name < now_writing[name[:1]]:
        raise Refusal("keyring.older_key", key=name, current=now_writing[name[:1]])
    now_writing[name[:1]] = name
    draft = folder() / f".{secrets.token_hex(8)}"
    _write(draft, "".join(f"{one}\n" for one in now_writing.values()))
    draft.replace(folder() / CURRENT)
    flush_folder(folder())


def drop_key(name: str) -> Path:
    """Move a key aside; returns where it lies now. That nothing is under it any more, the caller has made sure of.

    Raises Refusal `keyring.unknown_key`, `keyring.current_key`, and `keyring.too_soon` while a process may still write with it.
    """
    there = _usable()
    if name not in there.keys:
        raise Refusal("keyring.unknown_key", key=name, folder=str(folder()))
    if name in {there.sealing, there.indexing}:
        raise Refusal("keyring.current_key", key=name)
    if time.time() - (folder() / CURRENT).stat().st_mtime < SETTLED_SECONDS:
        raise Refusal("keyring.too_soon", seconds=SETTLED_SECONDS)
    aside = folder() / DROPPED
    aside.mkdir(mode=0o700, exist_ok=True)
    (folder() / name).replace(aside / name)
    flush_folder(folder())
    return aside / name


def join(restored: Path) -> None:
    """Add the keys of a restored ring to the one that is here, which goes on writing with its own; without one here it takes its place.

    Raises Refusal `keyring.differs` when a key here bears the name of another, OSError; then none was added.
    """
    place = folder()
    theirs, ours = _read(restored), _read(place)
    differing = [name for name, key in theirs.keys.items() if ours.keys.get(name, key) != key]
    if differing:
        raise Refusal("keyring.differs", key=differing[0], folder=str(place))
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in sorted({*theirs.keys} - {*ours.keys}):
        _write(place / name, theirs.keys[name].hex())
    if not ours.is_usable and theirs.is_usable:
        (place / CURRENT).unlink(missing_ok=True)
        _write(place / CURRENT, f"{theirs.sealing}\n{theirs.indexing}\n")
    flush_folder(place)


def _usable() -> Ring:
    there = found()
    if not there.is_usable:
        raise Refusal("keyring.missing", folder=str(folder()))
    return there


def _write_key(place: Path, kind: str, *, after: str) -> str:
    """Write a new key under the name of this moment, one later in order than `after`."""
    moment = int(time.time()) - _EPOCH
    if after:
        moment = max(moment, _number(after[1:7]) + 1)
    while True:
        name = f"{kind}{_digits(moment)}{''.join(secrets.choice(_DIGITS) for _digit in range(_CHANCE))}"
        try:
            _write(place / name, secrets.token_hex(KEY_BYTES))
        except FileExistsError:
            continue
        return name


def _digits(number: int) -> str:
    return "".join(_DIGITS[number >> shift & 31] for shift in range(25, -1, -5))


def _number(digits: str) -> int:
    return sum(_DIGITS.index(digit) << shift for digit, shift in zip(digits, range(25, -1, -5), strict=True))


def _write(path: Path, text: str) -> None:
    """Write a new file that its owner alone reads, down to the disk."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())


declare_words(
    {
        "keyring.missing": _("Chưa có chùm khóa dữ liệu ở %(folder)s. Người vận hành chạy xaso keyring new, hoặc đặt lại chùm khóa cũ."),
        "keyring.lost": _(
            "Cơ sở dữ liệu có giá trị giấu bằng khóa %(keys)s, không thấy ở %(folder)s. Đặt lại chùm khóa cũ. Chưa tạo gì. "
            "Chùm cũ mất hẳn thì xaso keyring new --lost; các giá trị ấy sẽ không đọc được nữa."
        ),
        "keyring.not_asked": _(
            "Cơ sở dữ liệu không trả lời nên chưa biết có giá trị nào giấu bằng chùm khóa khác không. Chưa tạo gì ở %(folder)s. "
            "Chạy cơ sở dữ liệu rồi làm lại."
        ),
        "keyring.unreadable": _("Không đọc được tệp khóa %(file)s."),
        "keyring.unknown_key": _("Chùm khóa ở %(folder)s không có khóa %(key)s."),
        "keyring.older_key": _("Khóa %(key)s cũ hơn khóa đang dùng %(current)s: chỉ đổi sang khóa mới hơn."),
        "keyring.current_key": _("Khóa %(key)s đang dùng để ghi, không bỏ được."),
        "keyring.too_soon": _("Vừa đổi khóa. Chờ đủ %(seconds)s giây rồi làm lại."),
        "keyring.in_use": _("Còn %(rows)s giá trị dùng khóa %(key)s. Chờ tiến trình việc nền ghi lại xong; xem xaso keyring state."),
        "keyring.differs": _("Khóa %(key)s ở %(folder)s khác khóa cùng tên được đưa vào. Chưa ghi gì."),
        "keyring.key_missing": _("Thiếu khóa %(key)s nên không đọc được %(column)s. Người vận hành đặt lại khóa này vào chùm khóa."),
        "keyring.not_opened": _("Giá trị ở %(column)s không mở được: bị sửa, hoặc bị chép từ dòng khác sang."),
    }
)
