"""SMS through gammu-smsd: the real daemon with a phone of its own making (`model = dummy`), and a daemon that is not there."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from xaso.apps.notices.actions.retry import retry
from xaso.apps.notices.adapters import WaysOut
from xaso.apps.notices.adapters.gammu import GammuSms
from xaso.apps.notices.jobs import deliver_due, note_receipts
from xaso.apps.notices.models import Message
from xaso.apps.notices.ports import Unavailable
from xaso.apps.notices.testing import queued
from xaso.kernel.identifiers import uuid7
from xaso.platform.actor import Actor

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PHONE = "0912345678"
SHORT = "Hồ sơ XS-261123-0007 đã có kết quả."
LONG = "Hồ sơ XS-261123-0007 đã có kết quả. Anh/chị mang giấy hẹn đến quầy một cửa để nhận. 😀"
CONFIGURATION = """
[gammu]
port = {folder}/phone
connection = none
model = dummy
[smsd]
service = files
logfile = {folder}/log
debuglevel = 255
inboxpath = {folder}/inbox/
outboxpath = {folder}/outbox/
sentsmspath = {folder}/sent/
errorsmspath = {folder}/error/
commtimeout = 1
loopsleep = 1
"""


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    for name in ("inbox", "outbox", "sent", "error", "phone/sms/1", "phone/sms/2", "phone/sms/3", "phone/sms/4", "phone/sms/5"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("fs", "note", "todo", "calendar", "alarm", "pbk"):
        (tmp_path / "phone" / name).mkdir()
    (tmp_path / "rc").write_text(CONFIGURATION.format(folder=tmp_path))
    return tmp_path


@pytest.fixture
def daemon(spool: Path) -> Iterator[Path]:
    """Run the real daemon. It comes with the Debian package gammu-smsd, which `make test` installs: without it this fails."""
    with subprocess.Popen(["gammu-smsd", "-c", str(spool / "rc")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        yield spool
        process.terminate()


@pytest.fixture
def modem(spool: Path) -> GammuSms:
    return GammuSms(spool, look_seconds=0)


def wait_for(folder: Path, name: str, seconds: float = 20) -> Path:
    end = time.monotonic() + seconds
    while not (folder / name).exists():
        assert time.monotonic() < end, (folder.parent / "log").read_text(errors="replace")[-3000:]
        time.sleep(0.05)
    return folder / name


@pytest.mark.parametrize(
    ("text", "coding", "segments"),
    [
        (SHORT, "Unicode SMS", 1),
        (LONG, "Unicode SMS", 2),
        ("đ" * 134, "Unicode SMS", 2),
        ("đ" * 135, "Unicode SMS", 3),
        ("Ho so {XS-1}\nda co ket qua: 5 €", "7 bit SMS", 1),
        ("a" * 307, "7 bit SMS", 3),
    ],
)
def test_the_real_daemon_sends_what_we_hand_over(daemon: Path, modem: GammuSms, text: str, coding: str, segments: int) -> None:
    name = modem.send(phone=PHONE, text=text, reference=str(uuid7()))

    sent = wait_for(daemon / "sent", name)

    log = (daemon / "log").read_text(errors="replace")
    assert log.count("SMS sent on device") == log.count("status=0") == log.count(coding) == segments
    assert text_of(sent) == text


def text_of(sent: Path) -> str:
    """Return what the phone was given; the daemon notes each message after each of its segments, the last time whole."""
    noted = sent.read_text(errors="replace").rpartition("[SMSBackup000]")[2]
    lines = re.findall(r"^Text\d\d = ([0-9A-F]*)$", noted, re.MULTILINE)
    return bytes.fromhex("".join(lines)).decode("utf-16-be")


def test_what_the_daemon_sent_is_told_and_tidied_away(daemon: Path, modem: GammuSms) -> None:
    name = modem.send(phone=PHONE, text=SHORT, reference=str(uuid7()))
    wait_for(daemon / "sent", name)

    (receipt,) = modem.reports()
    assert (receipt.reference, receipt.fate) == (name, "passed_on")
    modem.acknowledge(receipt, is_known=True)

    assert list((daemon / "sent").iterdir()) == []
    assert modem.reports() == []


def test_a_message_is_handed_over_once_however_often_the_worker_dies(daemon: Path, modem: GammuSms) -> None:
    reference = str(uuid7())
    name = modem.send(phone=PHONE, text=SHORT, reference=reference)
    wait_for(daemon / "sent", name)

    assert modem.send(phone=PHONE, text=SHORT, reference=reference) == name

    assert list((daemon / "outbox").iterdir()) == []
    (receipt,) = modem.reports()
    modem.acknowledge(receipt, is_known=False)
    assert (daemon / "sent" / name).exists()


def test_the_daemon_never_sees_half_a_message(spool: Path, modem: GammuSms) -> None:
    name = modem.send(phone=PHONE, text=SHORT, reference=str(uuid7()))

    assert [path.name for path in (spool / "outbox").iterdir()] == [name]
    assert (spool / "outbox" / name).stat().st_mode & 0o777 == 0o644


def test_a_daemon_that_stands_still_closes_the_way(spool: Path, modem: GammuSms) -> None:
    first = modem.send(phone=PHONE, text=SHORT, reference=str(uuid7()))
    modem.send(phone=PHONE, text=SHORT, reference=str(uuid7()))
    long_ago = time.time() - modem.stuck_seconds - 1
    os.utime(spool / "outbox" / first, (long_ago, long_ago))

    with pytest.raises(Unavailable, match="2 messages wait"):
        modem.send(phone=PHONE, text=SHORT, reference=str(uuid7()))


def test_a_folder_that_is_not_there_closes_the_way_and_stops_nothing(tmp_path: Path) -> None:
    modem = GammuSms(tmp_path / "nothing", look_seconds=0)

    with pytest.raises(Unavailable, match="FileNotFoundError"):
        modem.send(phone=PHONE, text=SHORT, reference=str(uuid7()))
    assert modem.reports() == []


def test_files_of_others_are_left_alone(spool: Path, modem: GammuSms) -> None:
    for folder in ("sent", "error"):
        (spool / folder / "OUTC20261124_221039_00_0912345678_sms0.smsbackup").write_text("x")

    assert modem.reports() == []


@pytest.mark.django_db
class TestInTheWorker:
    """From the queue to the modem."""

    def test_a_message_is_sent_and_stays_so(self, daemon: Path, modem: GammuSms) -> None:
        message = queued(uuid4(), NOW, email="")[0]
        ways = WaysOut(modem, None, modem)
        assert deliver_due(NOW, ways=ways) == 1
        message.refresh_from_db()
        wait_for(daemon / "sent", message.provider_reference)

        assert note_receipts(NOW, ways=ways) == 1

        message.refresh_from_db()
        assert (message.state, message.arrived_at) == ("sent", None)
        assert list((daemon / "sent").iterdir()) == []

    def test_what_the_modem_could_not_send_is_shown_and_may_be_sent_again(self, spool: Path, modem: GammuSms) -> None:
        message = queued(uuid4(), NOW, email="")[0]
        ways = WaysOut(modem, None, modem)
        deliver_due(NOW, ways=ways)
        name = Message.objects.get().provider_reference
        (spool / "outbox" / name).rename(spool / "error" / name)  # as the daemon does; its dummy phone never fails

        assert note_receipts(NOW, ways=ways) == 1
        message.refresh_from_db()
        assert (message.state, message.last_error) == ("undelivered", "gammu-smsd: error")

        retry(Actor(kind="staff", commune_id=message.commune_id, roles=frozenset({"desk"})), message.id, now=NOW)
        assert deliver_due(NOW + timedelta(minutes=1), ways=ways) == 1
        assert [path.name for path in (spool / "outbox").iterdir()] == [name]
        assert list((spool / "error").iterdir()) == []


def test_a_machine_without_gammu_closes_the_way(spool: Path, modem: GammuSms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(spool))

    with pytest.raises(Unavailable, match="gammu-smsd-inject"):
        modem.send(phone=PHONE, text=SHORT, reference=str(uuid7()))

    assert list((spool / "outbox").iterdir()) == []
