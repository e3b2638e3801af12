"""The ways out: files for the demo, a real conversation with a mail server on the loopback."""

import json
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, cast

import pytest

from xaso.apps.notices.adapters import ways_out
from xaso.apps.notices.adapters.console import ConsoleEmail, ConsoleSms
from xaso.apps.notices.adapters.file import FileEmail, FileSms
from xaso.apps.notices.adapters.gammu import GammuSms
from xaso.apps.notices.adapters.smpp import SmppSettings, SmppSms
from xaso.apps.notices.adapters.smpp_session import SmppAccount
from xaso.apps.notices.adapters.smtp import SmtpEmail
from xaso.apps.notices.ports import NotTaken, Unavailable, Undeliverable

LETTER = {"name": "Giàng A Pao", "address": "pao@example.org", "title": "Hồ sơ XS-1", "body": "Đã có kết quả.\n.\nHết.", "reference": "r-1"}


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server that answers as `replies` say: {verb: (seconds to wait, line)}; a line of "" hangs up."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, replies: dict[str, tuple[float, str]]) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.replies = replies
        self.letters: list[bytes] = []


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    usual = {"HELLO": "220 ready", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 taken", "QUIT": "221 bye"}

    def handle(self) -> None:
        if not self.say("HELLO"):
            return
        for raw in self.rfile:
            verb = raw.decode().split(" ")[0].strip().upper()
            if not self.say(verb):
                return
            if verb == "DATA" and not self.read_letter():
                return

    def read_letter(self) -> bool:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        cast("MailServer", self.server).letters.append(b"".join(lines))
        return self.say(".")

    def say(self, verb: str) -> bool:
        wait, line = cast("MailServer", self.server).replies.get(verb, (0, self.usual.get(verb, "250 ok")))
        time.sleep(wait)
        if line:
            self.wfile.write(line.encode() + b"\r\n")
        return bool(line)


@contextmanager
def mail_server(**replies: tuple[float, str]) -> Iterator[tuple[MailServer, SmtpEmail]]:
    with MailServer(replies) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server, SmtpEmail("127.0.0.1", server.server_address[1], "xa@bao-nhai.example", "none", timeout_seconds=1)
        finally:
            server.shutdown()
            thread.join()


def test_a_letter_arrives_whole() -> None:
    with mail_server() as (server, port):
        reference = port.send(**LETTER)
    letter = message_from_bytes(server.letters[0], policy=policy.default)
    assert (letter["To"], letter["From"], letter["Subject"]) == ("Giàng A Pao <pao@example.org>", "xa@bao-nhai.example", "Hồ sơ XS-1")
    assert (letter["Message-ID"], letter["Auto-Submitted"]) == ("<r-1@bao-nhai.example>", "auto-generated")
    assert letter.get_content().strip().splitlines() == "Đã có kết quả.\n.\nHết.".splitlines()
    assert reference == "<r-1@bao-nhai.example>"


@pytest.mark.parametrize(
    ("verb", "line", "failure"),
    [
        ("RCPT", "550 no such user", Undeliverable),
        ("RCPT", "450 mailbox busy", NotTaken),
        ("MAIL", "451 later", NotTaken),
        ("MAIL", "553 sender not allowed", Undeliverable),
        (".", "554 refused", Undeliverable),
        (".", "452 disk full", NotTaken),
        ("HELLO", "554 no service", Unavailable),
        ("HELLO", "", Unavailable),
        ("MAIL", "", Unavailable),
        (".", "", Unavailable),
    ],
)
def test_each_reply_is_understood(verb: str, line: str, failure: type[Exception]) -> None:
    with mail_server(**{verb: (0, line)}) as (_server, port), pytest.raises(failure):
        port.send(**LETTER)


@pytest.mark.parametrize("verb", ["HELLO", "MAIL", "."])
def test_a_server_that_falls_silent_holds_nobody_up(verb: str) -> None:
    with mail_server(**{verb: (4, "250 at last")}) as (_server, port):
        before = time.monotonic()
        with pytest.raises(Unavailable):
            port.send(**LETTER)
        assert time.monotonic() - before < 3.5


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with mail_server() as (_server, port):
        pass
    with pytest.raises(Unavailable):
        port.send(**LETTER)


def test_a_name_can_not_add_a_header_or_a_recipient() -> None:
    with mail_server() as (server, port):
        port.send(**LETTER | {"name": 'Pao" <a@b.example>, "x'})
    letter = message_from_bytes(server.letters[0], policy=policy.default)
    assert [address.addr_spec for address in letter["To"].addresses] == ["pao@example.org"]


def test_files_take_one_line_a_message(tmp_path: Path) -> None:
    folder = tmp_path / "outbox-demo"
    for number in range(2):
        assert FileSms(folder).send(phone="0912345678", text="Đã có\nkết quả", reference=f"r-{number}") == f"file:r-{number}"
    FileEmail(folder).send(**LETTER)
    lines = [json.loads(line) for line in (folder / "sms.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["phone"], line["text"], line["reference"]) for line in lines] == [
        ("0912345678", "Đã có\nkết quả", "r-0"),
        ("0912345678", "Đã có\nkết quả", "r-1"),
    ]
    assert json.loads((folder / "email.jsonl").read_text(encoding="utf-8")).items() >= LETTER.items()
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_disk_that_does_not_take_it_closes_the_way(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("")
    with pytest.raises(Unavailable):
        FileSms(tmp_path / "in-the-way").send(phone="0912345678", text="x", reference="r")


def test_the_console_shows_what_would_be_sent(capsys: pytest.CaptureFixture[str]) -> None:
    ConsoleSms().send(phone="0912345678", text="Đã có kết quả", reference="r")
    ConsoleEmail().send(**LETTER)
    shown = capsys.readouterr().out
    assert "[SMS 0912345678] Đã có kết quả" in shown
    assert "Giàng A Pao <pao@example.org>" in shown


def test_the_settings_choose_the_ways(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert (type(ways_out().sms), type(ways_out().email)) == (FileSms, FileEmail)
    secret = tmp_path / "password"
    secret.write_text("s3cret\n")
    for name, value in {
        "XASO_SMS": "off",
        "XASO_EMAIL": "smtp",
        "XASO_SMTP_HOST": "mail.example",
        "XASO_SMTP_PORT": "587",
        "XASO_SMTP_USER": "xa",
        "XASO_SMTP_PASSWORD_FILE": str(secret),
    }.items():
        monkeypatch.setenv(name, value)
    chosen = ways_out()
    assert chosen.sms is None
    assert chosen.email == SmtpEmail("mail.example", 587, "xa@localhost", "starttls", "xa", "s3cret", 10)
    monkeypatch.setenv("XASO_SMS", "pigeon")
    with pytest.raises(ValueError, match="must be one of"):
        ways_out()


def test_a_message_centre_is_chosen_with_its_settings_and_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("s3cret\n")
    for name, value in {
        "XASO_SMS": "smpp",
        "XASO_SMPP_HOST": "smsc.example",
        "XASO_SMPP_PORT": "3550",
        "XASO_SMPP_TLS": "tls",
        "XASO_SMPP_SYSTEM_ID": "baonhai",
        "XASO_SMPP_PASSWORD_FILE": str(secret),
        "XASO_SMPP_SENDER": "8088",
        "XASO_SMPP_LONG": "payload",
    }.items():
        monkeypatch.setenv(name, value)
    chosen = ways_out()
    assert isinstance(chosen.sms, SmppSms)
    assert [ways_out().sms, chosen.receipts] == [chosen.sms] * 2
    account = SmppAccount("smsc.example", 3550, "baonhai", "s3cret", tls=True)
    assert chosen.sms._settings == SmppSettings(account, "8088", (3, 0), "payload")
    monkeypatch.setenv("XASO_SMPP_SENDER_TYPE", "5.1")
    other = ways_out().sms
    assert isinstance(other, SmppSms)
    assert other._settings.sender_type == (5, 1)
    for wrong in ("5", "7.0", "5.99", "x.y"):
        monkeypatch.setenv("XASO_SMPP_SENDER_TYPE", wrong)
        with pytest.raises(ValueError, match="XASO_SMPP_SENDER_TYPE"):
            ways_out()


def test_a_modem_is_chosen_with_its_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XASO_SMS", "gammu")
    monkeypatch.setenv("XASO_GAMMU_SPOOL", str(tmp_path))
    chosen = ways_out()
    assert isinstance(chosen.sms, GammuSms)
    assert (chosen.sms.spool, chosen.sms.stuck_seconds) == (tmp_path, 900)
    assert [ways_out().sms, chosen.receipts] == [chosen.sms] * 2
