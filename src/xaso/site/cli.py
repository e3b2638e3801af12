"""`xaso`: the operator's commands. Imports are late, so that each command loads only what it needs."""

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime

from xaso.site.mode import choose_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    chosen = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.command
    return command(chosen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="xaso", description="Xã Số: lệnh cho người vận hành (commands for the operator)")
    commands = parser.add_subparsers(required=True, metavar="lệnh")

    def add(name: str, command: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(command=command)
        return sub

    add("run", run, "chạy tất cả dưới một bộ giám sát (run everything)")
    add("prepare", prepare, "chuẩn bị dữ liệu, danh mục, tệp tĩnh (prepare data, catalogue, static files)")
    web = add("web", serve_web, "chỉ chạy máy chủ web (web server only)")
    web.add_argument("--host", default="127.0.0.1")
    web.add_argument("--port", type=int, default=8000)
    web.add_argument("--workers", type=int, default=2)
    add("work", work, "chỉ chạy tiến trình việc nền (job worker only)")
    add("migrate", migrate, "tạo hoặc nâng cấp bảng dữ liệu (create or upgrade the tables)")
    add("demo-data", demo_data, "nạp xã dùng thử (load the demo commune)")
    add("load-catalogue", load_catalogue, "nạp danh mục thủ tục (load the catalogue of procedures)")
    national = add("import-procedures", import_procedures, "đọc bản công bố thủ tục của quốc gia (read the national database)")
    national.add_argument("file", help="tệp .jsonl hoặc .jsonl.gz")
    national.add_argument("--as-of", type=_day, help="ngày áp dụng của bản này, ví dụ 2026-07-20 (the day from which it holds)")
    admin = add("create-admin", create_admin, "lập xã và người quản trị đầu tiên (commune and first administrator)")
    for name, text in ADMIN_QUESTIONS.items():
        admin.add_argument(f"--{name}", help=text)
    token = add("token", token_create, "mã truy cập cho phần mềm khác (tokens for other software)")
    token.add_argument("verb", choices=["create"])
    token.add_argument("--scope", action="append", required=True)
    token.add_argument("--name", default="xaso token")
    add("check-production", check_production, "kiểm tra trước khi chạy thật (check before going live)")
    add("options", list_options, "liệt kê các thiết lập (list the settings)")
    return parser


ADMIN_QUESTIONS = {
    "commune": "Tên xã (name of the commune), ví dụ: xã Tân Tiến",
    "province": "Tỉnh, thành phố (province)",
    "full-name": "Họ và tên người quản trị (administrator's name)",
    "username": "Tên đăng nhập (user name)",
}


def run(_chosen: argparse.Namespace) -> int:
    """Start the supervisor with everything below it."""
    from xaso.site.run import run_everything

    return run_everything()


def prepare(_chosen: argparse.Namespace) -> int:
    """Bring the data folder and the database to the state this version needs."""
    _set_up_django()
    from xaso.site import prepare as preparation

    return preparation.prepare()


def serve_web(chosen: argparse.Namespace) -> int:
    """Run the web server."""
    from xaso.site.server import serve

    choose_settings()
    serve(chosen.host, chosen.port, workers=chosen.workers)
    return 0


def work(_chosen: argparse.Namespace) -> int:
    """Run the job worker until a signal stops it."""
    _set_up_django()
    from xaso.platform import worker

    worker.work(worker.stop_on_signals())
    return 0


def migrate(_chosen: argparse.Namespace) -> int:
    """Create or upgrade the tables."""
    _set_up_django()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
    return 0


def demo_data(_chosen: argparse.Namespace) -> int:
    """Load what the rooms bring for the demo commune; safe to repeat."""
    _set_up_django()
    from xaso.site import prepare as preparation

    preparation.load_demo()
    return 0


def load_catalogue(_chosen: argparse.Namespace) -> int:
    """Load the catalogue's files into the database."""
    _set_up_django()
    from xaso.site import prepare as preparation

    preparation.load_catalogue()
    return 0


def import_procedures(chosen: argparse.Namespace) -> int:
    """Read an edition of the national database; an administrator approves it at /quan-tri/ before anything of it counts."""
    _set_up_django()
    from pathlib import Path

    from xaso.apps.procedures import facade as procedures
    from xaso.kernel.errors import Refusal
    from xaso.platform import clock
    from xaso.platform.errors import words_for

    try:
        done = procedures.import_edition(Path(chosen.file), as_of=chosen.as_of, now=clock.now())
    except Refusal as refusal:
        print(words_for(refusal), file=sys.stderr)
        return 1
    print("\n".join(procedures.import_in_words(done)))
    return 0


def _day(text: str) -> date:
    """Read 2026-07-20 or 20/07/2026."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day without a time
    raise argparse.ArgumentTypeError(f"không phải ngày: {text} (viết như 2026-07-20)")


def create_admin(chosen: argparse.Namespace) -> int:
    """Set up the commune of an empty database with its first administrator; asks for what was not given."""
    import getpass

    answers = {name: getattr(chosen, name.replace("-", "_")) or input(f"{text}: ") for name, text in ADMIN_QUESTIONS.items()}
    password = getpass.getpass("Mật khẩu (password): ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    _set_up_django()
    from xaso.kernel.errors import Refusal
    from xaso.platform.errors import words_for
    from xaso.site.first_administrator import create

    try:
        print(create(answers, password))
    except Refusal as refusal:
        print(words_for(refusal), file=sys.stderr)
        return 1
    return 0


def token_create(chosen: argparse.Namespace) -> int:
    """Make a bearer token for the commune and print it, once."""
    _set_up_django()
    from xaso.apps.people import facade as people
    from xaso.platform import clock, tokens

    commune = people.the_commune()
    if commune is None:
        print("Chưa có xã nào: chạy xaso create-admin trước (no commune yet)", file=sys.stderr)
        return 1
    print(tokens.create(commune.id, chosen.name, chosen.scope, now=clock.now()))
    return 0


def check_production(_chosen: argparse.Namespace) -> int:
    """Tell whether production may start with this environment and this database."""
    import os

    os.environ["XASO_MODE"] = "production"
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    _set_up_django()
    from xaso.site.readiness import problems

    found = problems()
    for problem in found:
        print(f"- {problem}", file=sys.stderr)
    print("Chưa chạy thật được (not ready)" if found else "Sẵn sàng chạy thật (ready)")
    return 1 if found else 0


def list_options(_chosen: argparse.Namespace) -> int:
    """Print each declared setting with its unit, its default and its meaning."""
    _set_up_django()
    from xaso.platform.options import options

    for option in options:
        print(f"{option.name} = {option.default} [{option.unit}]  {option.meaning}")
    return 0


def _set_up_django() -> None:
    """Load Django. A setting that is missing is told in one line, not by a traceback."""
    choose_settings()
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
        from xaso.site import checks  # noqa: F401  registers them
    except ImproperlyConfigured as error:
        raise SystemExit(f"xaso: {error}") from error


if __name__ == "__main__":
    sys.exit(main())
