"""`xaso`: the operator's commands. Imports are late, so that each command loads only what it needs."""

import argparse
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from uuid import UUID

from xaso.site import backup_cli, keyring_cli
from xaso.site.installing import cli as installing
from xaso.site.mode import choose_settings, is_loopback, mode


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
    jobs = add("work", work, "chỉ chạy tiến trình việc nền (job worker only)")
    jobs.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi thôi (do what waits, then stop)")
    add("migrate", migrate, "tạo hoặc nâng cấp bảng dữ liệu (create or upgrade the tables)")
    add("demo-data", demo_data, "nạp xã dùng thử (load the demo commune)")
    add("load-catalogue", load_catalogue, "nạp danh mục thủ tục (load the catalogue of procedures)")
    national = add("import-procedures", import_procedures, "đọc bản công bố thủ tục của quốc gia (read the national database)")
    national.add_argument("file", help="tệp .jsonl hoặc .jsonl.gz")
    national.add_argument("--as-of", type=_day, help="ngày áp dụng của bản này, ví dụ 2026-07-20 (the day from which it holds)")
    admin = add("create-admin", create_admin, "lập xã và người quản trị đầu tiên (commune and first administrator)")
    for name, text in ADMIN_QUESTIONS.items():
        admin.add_argument(f"--{name}", help=text)
    _add_token_commands(add("token", list_tokens, "mã truy cập cho phần mềm khác (tokens for other software)"))
    webhook = add("webhook", webhook_command, "báo tin cho phần mềm khác (tell other software of state changes)")
    webhook.add_argument("verb", choices=["add", "list"])
    webhook.add_argument("--url", help="địa chỉ nhận tin (address that receives)")
    webhook.add_argument("--topic", action="append", help="loại tin, ví dụ dossiers.accept; mặc định dossiers.* (kind of fact)")
    webhook.add_argument("--name", help="tên phần mềm (name of the software); mặc định là tên miền")
    text_in = add("text-in", text_in_the_demo, "nhắn SMS đến xã dùng thử như một người dân (text the demo commune as a citizen would)")
    text_in.add_argument("phone", help="số điện thoại, ví dụ 0912345678")
    text_in.add_argument("text", help='nội dung, ví dụ "TC XS-261123-0007"')
    aloud = add("speak", speak, "đọc sẵn thành tiếng mọi trang ngay bây giờ (speak all pages ahead, now)")
    aloud.add_argument("address", nargs="*", help="chỉ những trang này, ví dụ /thu-tuc/1.001193/ (these pages alone)")
    aloud.add_argument("--language", default="", help="chỉ trang bằng thứ tiếng này: vi, en, bn (pages in this language alone)")
    record = add("audit", verify_audit, "kiểm tra nhật ký không sửa được (verify the audit record)")
    record.add_argument("verb", choices=["verify"])
    record.add_argument("--anchors", help="so với bản sao các mốc ở thư mục này (compare with a copy of the anchors)")
    backup_cli.add_commands(add, _set_up_django)
    keyring_cli.add_commands(add, _set_up_django)
    installing.add_commands(add, ADMIN_QUESTIONS, _set_up_django)
    add("check-production", check_production, "kiểm tra trước khi chạy thật (check before going live)")
    add("options", list_options, "liệt kê các thiết lập (list the settings)")
    return parser


def _add_token_commands(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(required=True, metavar="việc")
    create = verbs.add_parser("create", help="lập mã mới, in ra một lần (make one and print it, once)")
    create.set_defaults(command=create_token)
    create.add_argument("--scope", action="append", required=True, help="quyền, mỗi quyền một lần; xem docs/developer.md (what it may do)")
    create.add_argument("--name", default="xaso token", help="phần mềm nào dùng (who uses it)")
    create.add_argument("--expires", type=date.fromisoformat, metavar="YYYY-MM-DD", help="ngày dùng cuối cùng (its last day)")
    verbs.add_parser("list", help="liệt kê (list them)").set_defaults(command=list_tokens)
    revoke = verbs.add_parser("revoke", help="thu hồi (withdraw one)")
    revoke.set_defaults(command=revoke_token)
    revoke.add_argument("id", type=UUID, help="số hiệu trong danh sách (its id in the list)")


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
    if mode() == "demo" and not is_loopback(chosen.host):
        raise SystemExit(f"--host {chosen.host}: bản dùng thử chỉ nghe ở máy này, 127.0.0.1 (the demo listens on this machine only)")
    _count_in("web")
    from xaso.site.server import serve

    serve(chosen.host, chosen.port, workers=chosen.workers)
    return 0


def work(chosen: argparse.Namespace) -> int:
    """Run the job worker until a signal stops it, or with `--once` until nothing waits."""
    _count_in("work")
    _set_up_django()
    from xaso.platform import worker
    from xaso.site.readiness import refuse_to_run_unready

    refuse_to_run_unready()
    (worker.work_off if chosen.once else worker.work)(worker.stop_on_signals())
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
    from xaso.site.first_administrator import create

    return _printed(lambda: create(answers, password))


def create_token(chosen: argparse.Namespace) -> int:
    """Make a bearer token for the commune and print it, once."""
    _set_up_django()
    from xaso.apps.people import facade as people
    from xaso.platform import clock
    from xaso.site import access_tokens

    commune = people.the_commune()
    if commune is None:
        print("Chưa có xã nào: chạy xaso create-admin trước (no commune yet)", file=sys.stderr)
        return 1
    return _printed(
        lambda: access_tokens.create(commune.id, chosen.name, chosen.scope, last_day=chosen.expires, now=clock.now()),
    )


def list_tokens(_chosen: argparse.Namespace) -> int:
    """Print all tokens: who has one, what it may do, until when."""
    _set_up_django()
    from xaso.platform import clock
    from xaso.site import access_tokens

    for line in access_tokens.listing(now=clock.now()):
        print(line)
    return 0


def revoke_token(chosen: argparse.Namespace) -> int:
    """Withdraw a token."""
    _set_up_django()
    from xaso.platform import clock
    from xaso.site import access_tokens

    return _printed(lambda: f"Đã thu hồi (revoked): {access_tokens.revoke(chosen.id, now=clock.now()).name}")


def _printed(work: Callable[[], str]) -> int:
    """Do the work and print what it says; a refusal is told in words."""
    from xaso.kernel.errors import Refusal
    from xaso.platform.errors import words_for

    try:
        print(work())
    except Refusal as refusal:
        print(words_for(refusal), file=sys.stderr)
        return 1
    return 0


def webhook_command(chosen: argparse.Namespace) -> int:
    """Connect a program outside and print its id and signing secret, once; or list those that are connected."""
    _set_up_django()
    from xaso.apps.people import facade as people
    from xaso.apps.webhooks import facade as webhooks
    from xaso.kernel.errors import Refusal
    from xaso.platform import clock
    from xaso.platform.actor import Actor
    from xaso.platform.errors import words_for

    commune = people.the_commune()
    if commune is None:
        print("Chưa có xã nào: chạy xaso create-admin trước (no commune yet)", file=sys.stderr)
        return 1
    actor = Actor.system(commune.id, "xaso webhook")
    if chosen.verb == "list":
        for line in webhooks.list_webhooks(actor):
            print(f"{line.id} {line.url} [{' '.join(line.topics)}] {line.waiting} chờ (wait), {line.given_up} hỏng (failed) {line.stopped}")
        return 0
    if not chosen.url:
        print("Thiếu --url (address is missing)", file=sys.stderr)
        return 1
    try:
        name = chosen.name or chosen.url.partition("//")[2].partition("/")[0]
        webhook_id, secret = webhooks.add_webhook(actor, name, chosen.url, chosen.topic or ["dossiers.*"], now=clock.now())
    except Refusal as refusal:
        print(words_for(refusal), file=sys.stderr)
        return 1
    print(f"{webhook_id}\n{secret}")
    return 0


def text_in_the_demo(chosen: argparse.Namespace) -> int:
    """Send the demo commune an SMS and print what it answers."""
    _set_up_django()
    from xaso.apps.notices import facade as notices

    answers = notices.text_in(chosen.phone, chosen.text)
    if answers is None:
        raise SystemExit("XASO_SMS không phải là file: chỉ bản dùng thử nhận tin theo cách này (only the demo takes SMS this way)")
    sys.stdout.write("\n".join(answers or ["(không có tin trả lời, xem /tin-nhan/den/; no answer)"]) + "\n")
    return 0


def speak(chosen: argparse.Namespace) -> int:
    """Read the citizens' pages and make their sounds, in place of waiting for the worker."""
    _set_up_django()
    from xaso.apps.speech import facade as speech
    from xaso.platform import clock
    from xaso.platform.language import languages_offered

    known = [code for code, _name in languages_offered()]
    if chosen.language and chosen.language not in known:
        print(f"Không có thứ tiếng {chosen.language!r}; có (known languages): {', '.join(known)}", file=sys.stderr)
        return 1
    done = speech.speak_at_once(chosen.address, language=chosen.language, now=clock.now())
    print(f"{done.pages} trang, {done.heard} câu nghe được, {done.silent} câu chưa có giọng (pages, sentences heard, without a voice)")
    return 0


def verify_audit(chosen: argparse.Namespace) -> int:
    """Tell whether the audit record is as it was written; returns 1 when it is not."""
    _set_up_django()
    from pathlib import Path

    from xaso.site import audit_command

    lines, sound = audit_command.verify(Path(chosen.anchors) if chosen.anchors else None)
    print("\n".join(lines))
    return 0 if sound else 1


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
    from xaso.site import options as _own  # noqa: F401  declares the installation's

    for option in options:
        print(f"{option.name} = {option.default} [{option.unit}]  {option.meaning}")
    return 0


def _count_in(program: str) -> None:
    """Say where this program counts what `/metrics` shows, before anything that counts is loaded."""
    from xaso.platform.counting import count_in

    with _missing_settings_told():
        choose_settings()
        from django.conf import settings

        count_in(settings.DATA_DIR, program)


def _set_up_django() -> None:
    """Load Django, without looking for circles in what is loaded: it stays to the end, and that took a sixth of each start."""
    gc.disable()
    with _missing_settings_told():
        choose_settings()
        import django

        django.setup()
        from xaso.site import checks  # noqa: F401  registers them
    gc.freeze()
    gc.enable()


@contextmanager
def _missing_settings_told() -> Iterator[None]:
    """Tell a setting that is missing in one line, not by a traceback."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        yield
    except ImproperlyConfigured as error:
        raise SystemExit(f"xaso: {error}") from error


if __name__ == "__main__":
    sys.exit(main())
