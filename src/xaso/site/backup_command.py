"""`xaso backup` and `xaso restore`: database and files saved together, brought back, and proven, in lines for the operator."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from xaso.apps.backups import facade as backups
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN

DRILL_PROVEN = "Phục hồi thử xong, đã xóa nơi thử (drill done, its place removed)"


def make(folder: Path | None, *, now: datetime) -> tuple[list[str], int]:
    """Make a backup; returns lines to print and the exit code: 1 when files were lost before, too."""
    try:
        made = backups.make_backup(now=now, folder=folder)
    except Refusal as refusal:
        return backups.refusal_lines(refusal), 1
    return list(backups.made_lines(made)), 1 if made.damaged else 0


def make_key(file: Path) -> tuple[list[str], int]:
    """Make a key, write the secret half into a new file and return the public half with what to do."""
    identity = backups.Identity.make()
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as target:
            target.write(f"# xaso backup; public key: {identity.recipient}\n{identity.text()}\n")
    except FileExistsError:
        return backups.refusal_lines(Refusal("backups.file_there", file=str(file))), 1
    except OSError:
        return backups.refusal_lines(Refusal("backups.file_missing", file=str(file))), 1
    return [
        f"XASO_BACKUP_RECIPIENTS={identity.recipient}",
        f"Khóa bí mật ở {file}: chép ra hai nơi khác máy này, in ra giấy, rồi xóa khỏi máy (secret key: copy it to two other places,",
        "print it, delete it here). Mất khóa thì không ai mở được bản sao lưu (without it nobody can open the backups).",
    ], 0


def restore(path: Path, key_file: Path, *, now: datetime) -> tuple[list[str], int]:
    """Restore a backup into this empty installation and prove it; returns lines to print and the exit code."""
    try:
        proof = backups.bring_back(path, backups.read_identities(key_file), now=now)
    except Refusal as refusal:
        return backups.refusal_lines(refusal), 1
    return list(backups.proof_lines(proof)), 0 if proof.is_whole else 1


def drill(path: Path | None, key_file: Path, *, now: datetime) -> tuple[list[str], int]:
    """Restore a backup elsewhere and prove it there; returns lines to print and the exit code."""
    try:
        drilled = backups.make_drill(path, key_file, now=now)
    except Refusal as refusal:
        return backups.refusal_lines(refusal), 1
    return [*drilled.lines, DRILL_PROVEN], 0


def tell_state(*, now: datetime) -> tuple[list[str], int]:
    """Return how backups stand, and 1 as the exit code when that is an alarm: for who watches."""
    state = backups.state(now)
    return list(_state_lines(state)), 1 if state.is_alarming else 0


def _state_lines(state: backups.State) -> Iterable[str]:
    yield f"Sao lưu gần nhất (last backup): {_moment(state.last_backup_at)}{_stale(state.backup_is_stale)}"
    yield f"Phục hồi thử gần nhất (last drill): {_moment(state.last_drill_at)}{_stale(state.drill_is_stale)}"
    if state.last_failed:
        yield "! Lần sao lưu cuối không thành, xem /quan-tri/sao-luu/ (the last try failed)"
    if state.damaged:
        yield f"! {state.damaged} tệp đã mất hoặc hỏng (files gone or damaged)"


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(VN):%d/%m/%Y %H:%M}" if at else "chưa có (never)"


def _stale(is_stale: bool) -> str:
    return "  ! quá cũ (STALE)" if is_stale else ""
