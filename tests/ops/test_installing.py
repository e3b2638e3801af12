"""`xaso install` and `xaso upgrade` on a machine below a folder: to a commune that serves, over two releases, and back from bad ones."""

import http.client
import os
import pwd
import re
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cutting import wait_for
from tests.live import free_port
from tests.ops.releases import ADMINISTRATOR, HOSTS, PASSWORD, Machine, Repository

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(os.geteuid() != 0, reason="an installation is root's work"),
]
ADDS_A_TABLE = 'migrations.RunSQL("CREATE TABLE second_release (id integer)")'
DROPS_IT = 'migrations.RunSQL("DROP TABLE second_release")'
FAILS = 'migrations.RunSQL("SELECT nowhere FROM nothing_there")'
TAKES_LONG = 'migrations.RunPython(lambda apps, editor: __import__("time").sleep(60))'
PROGRAMS = ("xaso-web.service", "xaso-work.service")


def service_user() -> str:
    """Return `nobody` where that one can read the code, else root."""
    nobody = pwd.getpwnam("nobody")
    shell = ["sh", "-c", f"exec {sys.executable} -c 'import xaso'"]
    reach = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups", *shell]
    can_read = subprocess.run(reach, check=False, capture_output=True).returncode == 0
    return "nobody" if can_read else "root"


@pytest.fixture(scope="module")
def machine(worker_number: int) -> Iterator[Machine]:
    folder = Path("/tmp") / f"xaso-machine-{os.getpid()}"
    folder.mkdir(mode=0o755)
    made = Machine(folder / "root", Repository(folder / "checkout"), service_user(), free_port(worker_number))
    made.prepare()
    code, said = made.run("install", "--host", HOSTS, "--tls", "private", *ADMINISTRATOR, text=f"{PASSWORD}\n")
    assert "chưa khởi động (no systemd here: written, not started)" in said, said
    assert "xã Tân Tiến; đăng nhập bằng may.ly" in said
    assert code == 1, said
    assert made.systemctl("start", *PROGRAMS) == 0, made.log("xaso-web.service")
    wait_for(lambda: serves(made), 60)
    yield made
    made.systemctl("stop", *PROGRAMS)
    shutil.rmtree(folder)


def tables(machine: Machine) -> set[str]:
    with closing(sqlite3.connect(machine.database)) as database:
        return {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def serves(machine: Machine) -> bool:
    headers = {"Host": HOSTS, "X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    try:
        with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{machine.port}/", headers=headers), timeout=20) as answer:
            return "xã Tân Tiến" in answer.read().decode()
    except OSError:
        return False


def test_from_a_checkout_to_a_commune_that_serves(machine: Machine) -> None:
    assert serves(machine)


def test_a_second_installation_changes_nothing(machine: Machine) -> None:
    secret = (machine.root / "etc/xaso/secret-key").read_bytes()
    ring = {path.name: path.read_bytes() for path in (machine.root / "etc/xaso/keyring").iterdir()}
    authority = (machine.root / "etc/xaso/tls/ca.crt").read_bytes()

    _code, said = machine.run("install", "--host", HOSTS, "--tls", "private")

    assert said.count("đã có (there already)") == 5
    assert (
        "Người quản trị (administrator): đã có"
        in machine.run("install", "--host", HOSTS, "--tls", "private", *ADMINISTRATOR, text=f"{PASSWORD}\n")[1]
    )
    assert (machine.root / "etc/xaso/secret-key").read_bytes() == secret
    assert {path.name: path.read_bytes() for path in (machine.root / "etc/xaso/keyring").iterdir()} == ring
    assert (machine.root / "etc/xaso/tls/ca.crt").read_bytes() == authority
    assert serves(machine)


def test_other_names_are_not_written_over_the_operators_settings(machine: Machine) -> None:
    code, said = machine.run("install", "--host", "khac.example.vn", "--tls", "private")

    assert code == 1
    assert "nêu XASO_HOSTS=dichvu.example.vn" in said


def test_an_answer_that_is_missing_and_a_short_password_are_said_before_anything_is_done(machine: Machine) -> None:
    for given, password, said in ((ADMINISTRATOR[:-2], PASSWORD, "còn thiếu --username"), (ADMINISTRATOR, "ngan", "ít nhất 10 ký tự")):
        code, told = machine.run("install", "--host", HOSTS, "--tls", "private", *given, text=f"{password}\n")
        assert code == 1
        assert said in told
        assert "Tài khoản hệ thống" not in told


def test_what_only_root_and_the_service_may_read_is_readable_to_nobody_else(machine: Machine) -> None:
    private = [
        "etc/xaso/environment",
        "etc/xaso/secret-key",
        "etc/xaso/tls/ca.key",
        "etc/xaso/tls/server.key",
        "etc/xaso/keyring",
        "var/lib/xaso",
    ]

    assert [path for path in private if (machine.root / path).stat().st_mode & 0o077] == []


def test_the_units_are_such_as_systemd_takes(machine: Machine) -> None:
    units = sorted(map(str, (machine.root / "etc/systemd/system").glob("xaso-*")))

    checked = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False)

    of_this_machine = ("not found", f"Special user {machine.user} configured")
    ours = [line for line in checked.stderr.splitlines() if "xaso" in line and not any(one in line for one in of_this_machine)]
    assert len(units) == 7
    assert ours == []


def test_the_proxy_speaks_https_that_a_device_with_our_certificate_trusts(machine: Machine, worker_number: int) -> None:
    outside, plain = 9_400 + 20 * worker_number, 9_401 + 20 * worker_number
    text = (machine.root / "etc/nginx/conf.d/xaso.conf").read_text()
    for port, other in ((443, outside), (80, plain)):
        text = text.replace(f"listen {port}", f"listen {other}").replace(f"listen [::]:{port}", f"listen [::1]:{other}")
    folder = machine.root / "run/nginx"
    folder.mkdir()
    written = folder / "xaso.log"
    text = text.replace("/var/log/nginx/xaso.log", str(written)).replace("/var/log/nginx/xaso-error.log", str(folder / "xaso-error.log"))
    (folder / "nginx.conf").write_text(f"pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ access_log off; {text} }}")
    subprocess.run(["nginx", "-c", folder / "nginx.conf"], check=True)
    try:
        trusting = ssl.create_default_context(cafile=str(machine.root / "etc/xaso/tls/ca.crt"))
        page, headers = over_https(outside, trusting)
        assert "xã Tân Tiến" in page
        assert "max-age=31536000" in headers["Strict-Transport-Security"]
        cookies = over_https(outside, trusting, "/dang-nhap/")[1].get_all("Set-Cookie") or []
        assert [cookie.partition("=")[0] for cookie in cookies] == ["__Host-csrftoken"]
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookies[0].split(";")}
        over_https(outside, trusting, "/gui/01a22b6b-1eaf-758e-b6a3-4ae2cb8c1b8b/?secret=rat-kin-dao")
        assert wait_for(lambda: re.search(r"^127\.0\.0\.1 \[\S+\] GET 404 ", written.read_text(), re.MULTILINE))
        assert "rat-kin-dao" not in written.read_text()
        with pytest.raises(ssl.SSLCertVerificationError):
            over_https(outside, ssl.create_default_context())
        older = ssl.create_default_context(cafile=str(machine.root / "etc/xaso/tls/ca.crt"))
        older.maximum_version = ssl.TLSVersion.TLSv1_2
        older.set_ciphers("ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA:AES128-GCM-SHA256")
        with pytest.raises(ssl.SSLError, match="handshake"):
            over_https(outside, older)
        note = machine.root / "etc/xaso/upgrading.json"
        note.write_text("{}")
        for method in ("GET", "POST"):
            page, headers = over_https(outside, trusting, "/dang-nhap/", method=method)
            assert "Trang của xã đang tạm dừng" in page
            assert (headers["Retry-After"], headers["Refresh"]) == ("20", "20" if method == "GET" else None)
            assert of_its_style(page) in headers["Content-Security-Policy"]
        note.unlink()
        assert "xã Tân Tiến" in over_https(outside, trusting)[0]
        with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{plain}/xaso-ca.crt", headers={"Host": HOSTS})) as answer:
            assert answer.read() == (machine.root / "etc/xaso/tls/ca.crt").read_bytes()
    finally:
        os.kill(int((folder / "pid").read_text()), signal.SIGTERM)


def of_its_style(page: str) -> str:
    """Return how a page's content policy allows the one style that stands in it."""
    style = page.partition("<style>")[2].partition("</style>")[0]
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


def over_https(port: int, context: ssl.SSLContext, path: str = "/", *, method: str = "GET") -> tuple[str, http.client.HTTPMessage]:
    """Ask for a page as a browser that knows the host's name does; returns content and headers."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as plain, context.wrap_socket(plain, server_hostname=HOSTS) as sealed:
        connection = http.client.HTTPSConnection(HOSTS, port, context=context, timeout=20)
        connection.sock = sealed
        connection.request(method, path, headers={"Host": HOSTS})
        answer = connection.getresponse()
        return answer.read().decode(), answer.headers


def test_an_upgrade_brings_the_next_release_and_a_bad_one_is_taken_back(machine: Machine) -> None:
    serves_on_when_a_program_cannot_be_stopped(machine)
    brings_the_next_release_and_its_tables(machine)
    takes_back_a_release_that_fails(machine, "migration")
    takes_back_a_release_that_fails(machine, "page")
    is_taken_back_after_a_power_cut(machine)
    changes_nothing_when_it_cannot_be_built(machine)


def serves_on_when_a_program_cannot_be_stopped(machine: Machine) -> None:
    before = machine.running_release
    machine.repository.release("v1.unstopped")
    (machine.root / "run/xaso-web.service.hangs").touch()

    code, said = machine.run("upgrade", "v1.unstopped")

    (machine.root / "run/xaso-web.service.hangs").unlink()
    assert code == 1, said
    assert "systemctl stop" in said
    assert machine.running_release == before
    assert not (machine.root / "etc/xaso/upgrading.json").exists()
    assert all((machine.root / f"run/{name}.pid").exists() for name in PROGRAMS)
    assert serves(machine)


def brings_the_next_release_and_its_tables(machine: Machine) -> None:
    machine.repository.migration("0002_second", "0001_initial", ADDS_A_TABLE)
    proxy_takes(machine, 46)
    machine.repository.release("v2")
    before = machine.running_release
    units = machine.root / "etc/systemd/system"
    (units / "xaso-of-an-earlier-release.service").write_text("[Service]\n")
    (units / "somebody-elses.service").write_text("[Service]\n")

    code, said = machine.run("upgrade")

    assert code == 0, said + machine.log("xaso-web.service")
    assert machine.running_release != before
    assert not (units / "xaso-of-an-earlier-release.service").exists()
    assert (units / "somebody-elses.service").exists()
    assert (units / "xaso-web.service").exists()
    assert "second_release" in tables(machine)
    assert takes(machine) == 46
    assert serves(machine)
    assert "đang chạy đúng bản này" in machine.run("upgrade")[1].lower()


def takes_back_a_release_that_fails(machine: Machine, fault: str) -> None:
    before = machine.running_release
    machine.repository.back_to("v2")
    machine.repository.migration("0003_third", "0002_second", DROPS_IT)
    proxy_takes(machine, 47)
    if fault == "migration":
        machine.repository.migration("0004_fourth", "0003_third", FAILS)
    else:
        home = machine.repository.folder / "src/xaso/apps/portal/pages/home.py"
        home.write_text(home.read_text().replace("def home_context(request: HttpRequest)", "def home_contxt(request: HttpRequest)"))
    machine.repository.release(f"v3.{fault}")

    code, said = machine.run("upgrade", f"v3.{fault}")

    assert code == 1
    assert ("no such table: nothing_there" in said) if fault == "migration" else ("/: 500" in said), said
    assert "Bản cũ đang chạy trên dữ liệu như trước khi nâng cấp" in said
    assert machine.running_release == before
    assert takes(machine) == 46
    assert "second_release" in tables(machine)
    assert serves(machine)


def proxy_takes(machine: Machine, megabytes: int) -> None:
    """Let the next release's proxy take bodies of this size."""
    settings = machine.repository.folder / "deploy/nginx.conf"
    settings.write_text(re.sub(r"client_max_body_size \d+m", f"client_max_body_size {megabytes}m", settings.read_text()))


def takes(machine: Machine) -> int:
    """Return the size of bodies, in megabytes, that the machine's proxy takes."""
    found = re.search(r"client_max_body_size (\d+)m", (machine.root / "etc/nginx/conf.d/xaso.conf").read_text())
    assert found
    return int(found[1])


def is_taken_back_after_a_power_cut(machine: Machine) -> None:
    before = machine.running_release
    machine.repository.back_to("v2")
    machine.repository.migration("0003_third", "0002_second", DROPS_IT)
    machine.repository.migration("0004_fourth", "0003_third", TAKES_LONG)
    machine.repository.release("v3.cut")

    upgrading = machine.start("upgrade", "v3.cut")
    deadline = time.monotonic() + 120
    while not (machine.root / "etc/xaso/upgrading.json").exists() or "second_release" in tables(machine):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.killpg(upgrading.pid, signal.SIGKILL)
    upgrading.communicate()

    assert machine.systemctl("start", *PROGRAMS) == 0
    wait_for(lambda: serves(machine), 60)
    assert "Đã trở lại" in machine.log("xaso-recover.service")
    assert machine.running_release == before
    assert "second_release" in tables(machine)
    assert not (machine.root / "etc/xaso/upgrading.json").exists()


def changes_nothing_when_it_cannot_be_built(machine: Machine) -> None:
    before = machine.running_release
    machine.repository.back_to("v2")
    (machine.repository.folder / "deploy/venv.sh").write_text("#!/bin/sh\necho 'no network' >&2\nexit 1\n")
    machine.repository.release("v3.unbuilt")

    code, said = machine.run("upgrade", "v3.unbuilt")

    assert code == 1
    assert "no network" in said
    assert machine.running_release == before
    assert machine.systemctl("start", *PROGRAMS) == 0
    wait_for(lambda: serves(machine), 60)
