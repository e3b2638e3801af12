"""`xaso keyring`: the ring made, turned and looked at, in lines for the operator."""

from collections.abc import Callable, Iterator

from xaso.apps.backups import facade as backups
from xaso.kernel.errors import Refusal
from xaso.platform import keyring
from xaso.platform.sealed import turning

KINDS = {keyring.SEALING: "để giấu (sealing)", keyring.INDEXING: "để tìm (index)"}
Said = tuple[list[str], int]


def _refusals_told(work: Callable[[], Said]) -> Said:
    try:
        return work()
    except Refusal as refusal:
        return backups.refusal_lines(refusal), 1


def add(*, index: bool, lost: bool) -> Said:
    """Make the ring where there is none, else add a key; returns lines to print and the exit code.

    Beside values that another ring keeps a new one is made only where the operator says that the old one is `lost` for good.
    """
    return _refusals_told(lambda: _add(keyring.INDEXING if index else keyring.SEALING, lost=lost))


def _add(kind: str, *, lost: bool) -> Said:
    if not keyring.found().is_usable:
        needed = set() if lost else turning.keys_in_use()
        if needed:
            raise Refusal("keyring.lost", keys=", ".join(sorted(needed)), folder=str(keyring.folder()))
        keyring.make()
        there = keyring.found()
        if not there.is_usable:
            raise Refusal("keyring.missing", folder=str(keyring.folder()))
        return [
            f"Đã tạo chùm khóa (ring made): {keyring.folder()}",
            f"  {there.sealing}  {KINDS[keyring.SEALING]}",
            f"  {there.indexing}  {KINDS[keyring.INDEXING]}",
            "Chép cả thư mục sang mọi máy web và máy việc nền, và cất một bản ở nơi khác: mất chùm khóa thì không ai đọc được các cột",
            "ấy nữa (copy the folder to every machine and keep a copy elsewhere: without it nobody can read those columns).",
        ], 0
    name = keyring.add_key(kind)
    return [
        f"Đã thêm khóa (key added): {keyring.folder() / name}",
        "Chép tệp này sang mọi máy rồi mới chạy trên từng máy (copy it to every machine first, then run on each):",
        f"  xaso keyring use {name}",
    ], 0


def use(name: str) -> Said:
    """Let a key write; returns lines to print and the exit code."""

    def work() -> Said:
        keyring.use_key(name)
        return [
            f"Từ nay ghi bằng khóa {name} (writes from now on).",
            "Tiến trình việc nền ghi lại các dòng cũ; còn bao nhiêu (the worker rewrites old rows; what is left): xaso keyring state",
        ], 0

    return _refusals_told(work)


def drop(name: str) -> Said:
    """Take a key out of use when nothing is under it; returns lines to print and the exit code."""

    def work() -> Said:
        rows = turning.rows_under(name)
        if rows:
            raise Refusal("keyring.in_use", key=name, rows=rows)
        aside = keyring.drop_key(name)
        return [
            f"Đã bỏ khóa, tệp ở {aside} (taken out, the file lies there).",
            "Bỏ ở mọi máy rồi hủy tệp; bản sao lưu cũ vẫn mang khóa ấy (on every machine, then destroy it; older backups still hold it).",
        ], 0

    return _refusals_told(work)


def tell_state() -> Said:
    """Return the keys and how many values are under each; 1 as the exit code when a key is missing."""
    return _refusals_told(_state)


def _state() -> Said:
    there = keyring.found()
    if not there.is_usable:
        raise Refusal("keyring.missing", folder=str(keyring.folder()))
    counts = list(turning.count_by_key())
    missing = sorted({one.key for one in counts if one.key} - {*there.keys})
    lines = [f"Chùm khóa (ring): {keyring.folder()}", *_key_lines(there, counts)]
    clear = sum(one.rows for one in counts if not one.key)
    if clear:
        lines.append(f"! {clear} giá trị chưa giấu (in clear)")
    lines += [f"! Thiếu khóa {name} (MISSING): {_rows(counts, name)} giá trị không đọc được (unreadable values)" for name in missing]
    return lines, 1 if missing else 0


def _key_lines(there: keyring.Ring, counts: list[turning.Count]) -> Iterator[str]:
    for name in sorted(there.keys):
        writes = "  đang dùng để ghi (writes)" if name in {there.sealing, there.indexing} else ""
        yield f"  {name}  {KINDS[name[:1]]}: {_rows(counts, name)} giá trị (values){writes}"
        yield from (f"    {one.column}: {one.rows}" for one in counts if one.key == name)


def _rows(counts: list[turning.Count], name: str) -> int:
    return sum(one.rows for one in counts if one.key == name)
