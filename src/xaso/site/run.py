"""`xaso run`: prepares, starts web server, job worker and (in the demo) the stand-ins for outside systems, and says where they are."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from xaso.site.mode import mode
from xaso.site.supervisor import Program, answers, hold, is_port_free, say, supervise

ROOT = Path(__file__).resolve().parents[3]
LOOPBACK = "127.0.0.1"
EID_PORT_OFFSET, AUTHORITY_PORT_OFFSET = 1, 2
WORKER_DELAY_SECONDS = 1.5  # the first page comes first
EID_HEALTH, AUTHORITY_HEALTH = "/.well-known/openid-configuration", "/root.pem"
RULE = "─" * 78
SYSTEM_PACKAGES = ROOT / "deploy" / "system-packages.txt"
APT_LINE = "sudo apt-get install --yes --no-install-recommends"


def run_everything() -> int:
    """Prepare and run until told to stop; returns the exit code."""
    port = _port()
    data_dir = Path(os.environ.setdefault("XASO_DATA", str(ROOT / "var"))).resolve()
    os.environ["PORT"] = str(port)
    lock = hold(data_dir)
    if lock is None:
        say(f"Xã Số đang chạy với thư mục {data_dir}; dừng nó trước, hoặc đặt XASO_DATA khác (already running with this folder)")
        return 1
    with lock:
        return _run(port, data_dir)


def _run(port: int, data_dir: Path) -> int:
    host = _host()
    busy = [number for number in _ports(port) if not is_port_free(host, number)]
    if busy:
        say(f"Cổng {busy[0]} đang có chương trình khác dùng. Dừng nó, hoặc chọn cổng khác: PORT={port + 100} make run (port is busy)")
        return 1
    command = (sys.executable, "-m", "xaso.site.cli")
    code = subprocess.run([*command, "prepare"], check=False, stdin=subprocess.DEVNULL).returncode
    if code:
        return code
    return supervise(
        _programs(command, host, port),
        data_dir,
        is_ready=lambda: all(answers(LOOPBACK, *place) for place in _health_places(port)),
        announce=lambda: say(block(port, data_dir)),
        say=say,
    )


def _programs(command: tuple[str, ...], host: str, port: int) -> list[Program]:
    workers = os.environ.get("XASO_WEB_WORKERS", "2")
    outside = _standins(port) if mode() == "demo" else []
    known = _time_stamps(port) if mode() == "demo" else {}
    return [
        *outside,
        Program("web", (*command, "web", "--host", host, "--port", str(port), "--workers", workers), environment=known),
        Program("work", (*command, "work"), delay_seconds=WORKER_DELAY_SECONDS, environment=known),
    ]


def _standins(port: int) -> list[Program]:
    return [Program("eid", _eid_command(port)), Program("authority", _authority_command(port))]


def _eid_command(port: int) -> tuple[str, ...]:
    options = ("--port", str(port + EID_PORT_OFFSET), "--data", os.environ["XASO_DATA"], "--client-origin", f"http://{LOOPBACK}:{port}")
    return (sys.executable, "-m", "xaso_standins.eid", *options)


def _authority_command(port: int) -> tuple[str, ...]:
    data = Path(os.environ["XASO_DATA"])
    folders = ("--data", str(data / "standins" / "authority"), "--root-to", str(data / "keys" / "trusted" / "standin.pem"))
    return (sys.executable, "-m", "xaso_standins.authority", "--port", str(port + AUTHORITY_PORT_OFFSET), *folders)


def _time_stamps(port: int) -> dict[str, str]:
    """Return the settings that take the stand-in's time stamps into use, unless the operator chose others."""
    address = f"http://{LOOPBACK}:{port + AUTHORITY_PORT_OFFSET}"
    ours = {
        "XASO_TIME_STAMP_ADDRESS": f"{address}/tsa",
        "XASO_REVOCATION_ADDRESSES": f"{address}/crl/own.crl {address}/crl/root.crl {address}/",
    }
    return {name: os.environ.get(name, value) for name, value in ours.items()}


def _ports(port: int) -> list[int]:
    return [port, port + EID_PORT_OFFSET, port + AUTHORITY_PORT_OFFSET] if mode() == "demo" else [port]


def _health_places(port: int) -> list[tuple[int, str]]:
    return list(zip(_ports(port), ("/healthz", EID_HEALTH, AUTHORITY_HEALTH), strict=False))


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 1 <= int(text) <= 65_000:
        raise SystemExit(f"PORT={text!r}: cần một số từ 1 đến 65000 (a number)")
    return int(text)


def _host() -> str:
    """Return the address to listen at: the demo never leaves the loopback."""
    return os.environ.get("XASO_BIND", LOOPBACK) if mode() == "production" else LOOPBACK


def block(port: int, data_dir: Path) -> str:
    """Return what the operator needs to know once all is up."""
    address = f"http://{LOOPBACK}:{port}"
    lines = [RULE, f" Xã Số đang chạy tại {address}/"]
    if mode() == "demo":
        lines[1] += "   (BẢN DÙNG THỬ)"
        lines += [
            f"   Người dân    {address}/            Đăng nhập: chọn một người ở trang định danh thử, cổng {port + EID_PORT_OFFSET}",
            f"   Cán bộ       {address}/dang-nhap/  Mật khẩu chung: xaso-demo",
            "                Bước hai: mã 6 chữ số hiện sẵn ở trang đăng nhập, chỉ trong bản dùng thử",
            "                tiepnhan (một cửa) · hotich (thụ lý) · phochutich (ký) · vanthu (văn thư)",
            "                giamdoc (giám đốc trung tâm) · totruong (tổ trưởng) · quantri (quản trị)",
        ]
    lines += [f"   Dữ liệu      {data_dir}   (nhật ký: log/)", *missing_packages(SYSTEM_PACKAGES.read_text(encoding="utf-8"))]
    lines += [
        "   Dừng         Ctrl-C; dữ liệu được giữ nguyên",
        f" English: open {address}/ ; staff names above, password xaso-demo, the code of step two is shown there; Ctrl-C stops, data stay."
        if mode() == "demo"
        else f" English: running at {address}/ ; Ctrl-C stops, data stay.",
        RULE,
    ]
    return "\n".join(lines)


def missing_packages(listed: str, path: str | None = None) -> list[str]:
    """Return a line on optional system packages that are not here, with the command that installs them; nothing when all are."""
    rows = [line.split("|") for line in listed.splitlines() if line and not line.startswith("#")]
    commands = {package.strip(): command.strip() for command, package, use, _why in rows if use.strip() == "run"}
    missing = " ".join(package for package, command in commands.items() if not shutil.which(command, path=path))
    return [f"   Chưa có      {missing} (không bắt buộc). Cài: make system, hay {APT_LINE} {missing}"] if missing else []
