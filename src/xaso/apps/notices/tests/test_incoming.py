"""SMS that people send: taken in from a real SMPP session and the real gammu-smsd, whole, once, and shown to officials."""

import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.notices import rules
from xaso.apps.notices.actions.incoming import Answer, answer, forget_old, join_what_lacks_pieces, receive_text
from xaso.apps.notices.adapters import WaysOut
from xaso.apps.notices.adapters.file import FileSms
from xaso.apps.notices.adapters.gammu import GammuSms
from xaso.apps.notices.adapters.smpp import SmppSms
from xaso.apps.notices.jobs import take_incoming
from xaso.apps.notices.models import Incoming, IncomingPart, Message
from xaso.apps.notices.testing import CODE, StandInCentre, last_incoming
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role, forget
from xaso.kernel.sms import read_gsm7
from xaso.platform.models import OutboxMessage

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PHONE = "0912345678"
LONG = "Tôi nộp hồ sơ XS-261123-0007 từ tuần trước, hôm nay muốn hỏi đã có kết quả chưa 😀. " * 3
LONG_PLAIN = "Toi nop ho so XS-261123-0007 {tu tuan truoc}, hom nay muon hoi da co ket qua chua € [1]. " * 4


@pytest.fixture
def commune(db: None) -> Iterator[object]:
    made = people.commune()
    forget()
    yield made
    forget()


CONFIGURATION = """
[gammu]
port = {folder}/phone
connection = none
model = dummy
[smsd]
service = files
inboxpath = {folder}/inbox/
outboxpath = {folder}/outbox/
sentsmspath = {folder}/sent/
errorsmspath = {folder}/error/
commtimeout = 1
loopsleep = 1
receivefrequency = 1
"""


@pytest.fixture
def gammu(tmp_path: Path) -> Iterator[Path]:
    """Run the real daemon on a dummy phone that holds a short SMS and both pieces of a long one."""
    for name in ("inbox", "outbox", "sent", "error", *(f"phone/sms/{box}" for box in range(1, 6))):
        (tmp_path / name).mkdir(parents=True)
    for name in ("fs", "note", "todo", "calendar", "alarm", "pbk"):
        (tmp_path / "phone" / name).mkdir()
    for number, (text, header) in enumerate(
        (("tc xs-261123-0007 hồ sơ", ""), ("Phần một và ", "050003AA0201"), ("phần hai", "050003AA0202")), start=1
    ):
        (tmp_path / "phone" / "sms" / "1" / str(number)).write_text(received_sms(text, header))
    (tmp_path / "rc").write_text(CONFIGURATION.format(folder=tmp_path))
    with subprocess.Popen(["gammu-smsd", "-c", str(tmp_path / "rc")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        yield tmp_path
        process.terminate()


def received_sms(text: str, header: str) -> str:
    """Return an SMS as the dummy phone keeps it."""
    lines = [
        "[SMSBackup000]",
        "Received = 20261123T091500",
        "State = UnRead",
        'Number = "+84912345678"',
        f"Text00 = {text.encode('utf-16-be').hex().upper()}",
        "Coding = Unicode_No_Compression",
        "Folder = 1",
        f"Length = {len(text)}",
        "Class = -1",
        *([f"UDH = {header}"] if header else []),
    ]
    return "\n".join(lines) + "\n"


def taken(port: object, how_many: int, now: datetime = NOW, seconds: float = 10) -> int:
    """Let the worker take in SMS until there are so many."""
    end = time.monotonic() + seconds
    count = 0
    while (count := count + take_incoming(now, ways=WaysOut(None, None, None, port))) < how_many:  # type: ignore[arg-type]
        assert time.monotonic() < end, count
        time.sleep(0.01)
    return count


@pytest.mark.parametrize(
    ("octets", "coding", "text"),
    [
        (b"TC \x1b\x65 \x00", "gsm7", "TC € @"),
        (b"\x1b", "gsm7", ""),
        (b"\xff\x1b\x1b", "gsm7", "??"),
        ("TC đây".encode("utf-16-be"), "ucs2", "TC đây"),
        (b"\xd8\x3d", "ucs2", "�"),
        ("đ".encode("utf-16-be")[:1], "ucs2", "�"),
        (b"\xc3\x28", "utf8", "�("),
        (b"a\x00b\x07\nc", "utf8", "ab\nc"),
        ("\u202eTC\u202c".encode(), "utf8", "TC"),
        (b"x" * 5000, "utf8", "x" * 1000),
    ],
)
def test_whatever_comes_becomes_a_text(octets: bytes, coding: str, text: str) -> None:
    assert rules.incoming_text(octets, coding) == text


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("+84912345678", PHONE),
        ("84912345678", PHONE),
        ("0912 345 678", PHONE),
        ("VIETTEL\x00", "VIETTEL"),
        ("1414", "1414"),
        ("9" * 90, "9" * 40),
    ],
)
def test_a_senders_number_is_written_as_ours_are(written: str, phone: str) -> None:
    assert rules.incoming_phone(written) == phone


def test_the_alphabet_reads_what_it_writes() -> None:
    assert read_gsm7(b"\x1b\x3c1\x1b\x3e") == "[1]"


@pytest.mark.parametrize("way", ["udh", "udh16", "sar"])
@pytest.mark.parametrize("text", ["TC XS-261123-0007", "Hồ sơ XS-261123-0007 đến đâu?", LONG, LONG_PLAIN])
def test_a_text_comes_whole_over_smpp(commune: object, centre: StandInCentre, port: SmppSms, text: str, way: str) -> None:
    centre.tell(**{"do": "incoming", "from": "84912345678", "text": text, "way": way})
    taken(port, 1)
    while IncomingPart.objects.exists():
        taken(port, 1)

    assert [(one.phone, one.body, one.repeats) for one in Incoming.objects.all()] == [(PHONE, text.strip(), 0)]
    centre.wait_for(lambda seen: not seen["owed"])
    assert OutboxMessage.objects.filter(topic="notices.incoming").count() == 1
    assert PHONE not in str(OutboxMessage.objects.get(topic="notices.incoming").payload)


def test_what_the_centre_says_twice_is_kept_once(commune: object, centre: StandInCentre, port: SmppSms) -> None:
    port.arrived()
    centre.tell(mode="twice", do="incoming", text=LONG)

    taken(port, 8)
    join_what_lacks_pieces(NOW + timedelta(minutes=61))

    assert list(Incoming.objects.values_list("body", flat=True)) == [LONG.strip()]
    assert not IncomingPart.objects.exists()


def test_what_was_kept_and_not_acknowledged_comes_again_and_is_kept_once(commune: object, centre: StandInCentre, port: SmppSms) -> None:
    port.arrived()
    centre.tell(do="incoming", text="TC XS-261123-0007")
    centre.wait_for(lambda _seen: port.arrived())
    receive_text("84912345678", "TC XS-261123-0007", now=NOW)
    port.close()

    taken(port, 1, NOW + timedelta(minutes=2))

    assert list(Incoming.objects.values_list("repeats", flat=True)) == [1]
    centre.wait_for(lambda seen: not seen["owed"])


@pytest.mark.parametrize("each", [10, pytest.param(100, marks=pytest.mark.faults)])
def test_many_at_once_are_all_kept(commune: object, centre: StandInCentre, port: SmppSms, each: int) -> None:
    port.arrived()
    for number in range(10):
        centre.tell(**{"do": "incoming", "from": f"8491234{number:04}", "text": "TC XS-261123-0007", "count": each})

    assert taken(port, each * 10, seconds=60) == each * 10
    assert sum(1 + repeats for repeats in Incoming.objects.values_list("repeats", flat=True)) == each * 10
    centre.wait_for(lambda seen: not seen["owed"])


def test_a_piece_that_never_comes_leaves_a_mark(commune: object, centre: StandInCentre, port: SmppSms) -> None:
    centre.tell(do="incoming", text=LONG, lacking=2)
    taken(port, 2)

    assert join_what_lacks_pieces(NOW + timedelta(minutes=59)) == 0
    assert join_what_lacks_pieces(NOW + timedelta(minutes=61)) == 1

    body = Incoming.objects.get().body
    assert body.startswith("Tôi nộp hồ sơ")
    assert "[…]" in body
    assert not IncomingPart.objects.exists()


def test_before_the_commune_is_set_up_the_centre_keeps_what_came(db: None, centre: StandInCentre, port: SmppSms) -> None:
    forget()
    centre.tell(do="incoming", text="TC")
    centre.wait_for(lambda _seen: port.arrived())

    assert take_incoming(NOW, ways=WaysOut(None, None, None, port)) == 0
    assert centre.seen()["owed"]


def test_the_real_daemon_brings_what_the_phone_received(commune: object, tmp_path: Path, gammu: Path) -> None:
    modem = GammuSms(gammu, look_seconds=0, written_after_seconds=0.5)
    taken(modem, 2, seconds=20)

    bodies = {(one.phone, one.body) for one in Incoming.objects.all()}
    assert bodies == {(PHONE, "tc xs-261123-0007 hồ sơ"), (PHONE, "Phần một và phần hai")}
    assert list((gammu / "inbox").iterdir()) == []


def test_a_file_that_is_no_sms_is_left_alone(commune: object, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "readme.txt").write_text("x")

    assert GammuSms(tmp_path, look_seconds=0).arrived() == []
    assert GammuSms(tmp_path / "nothing", look_seconds=0).arrived() == []


def test_in_the_demo_one_texts_through_files(commune: object, tmp_path: Path) -> None:
    files = FileSms(tmp_path)
    files.text_in("0912 345 678", "TC hồ sơ")

    assert taken(files, 1) == 1
    assert Incoming.objects.get().body == "TC hồ sơ"
    assert files.arrived() == []


def test_old_sms_are_forgotten(commune: object) -> None:
    receive_text(PHONE, "cũ", now=NOW - timedelta(days=181))
    receive_text(PHONE, "mới", now=NOW - timedelta(days=179))

    assert forget_old(NOW) == 1
    assert Incoming.objects.get().body == "mới"


def test_a_reply_goes_to_the_commune_that_wrote_last(commune: object) -> None:
    other = people.commune()
    Message.objects.create(
        commune_id=other.id, channel="sms", template=CODE, language="vi", recipient_name="", address=PHONE, body="", created_at=NOW
    )

    receive_text(PHONE, "Cảm ơn", now=NOW)

    assert Incoming.objects.get().commune_id == other.id


def test_answers_in_all_have_a_limit_and_refusals_a_lower_one(commune: object) -> None:
    fates = []
    for number in range(65):
        receive_text(f"09{number:08}"[:10].replace("0900", "0912"), f"TC {number}", now=NOW)
        fates.append(answer(last_incoming().id, Answer("refused", CODE, {"code": "x"}), now=NOW))

    assert fates == ["refused"] * 60 + ["limited"] * 5


class TestPage:
    """The officials' list."""

    @pytest.fixture
    def desk(self, commune: object) -> Client:
        client = Client()
        client.force_login(people.staff_of(commune.id, Role.DESK.value))  # type: ignore[attr-defined]
        return client

    def test_it_is_filtered_and_escaped(self, desk: Client) -> None:
        receive_text(PHONE, "<script>alert(1)</script> \u202etc", now=NOW)
        receive_text("VIETTEL", "Khuyến mãi 50% " * 60, now=NOW)

        shown = desk.get("/tin-nhan/den/", {"q": "+84 912 345 678"}).content.decode()
        everything = desk.get("/tin-nhan/den/", {"xu-ly": "waiting", "trang": "99"}).content.decode()

        assert "&lt;script&gt;alert(1)" in shown
        assert "VIETTEL" not in shown
        assert "VIETTEL" in everything
        assert "Không có tin nào khớp" in desk.get("/tin-nhan/den/", {"xu-ly": "told"}).content.decode()

    def test_who_tries_codes_is_shown_and_recorded_once(self, desk: Client) -> None:
        for number in range(6):
            receive_text(PHONE, f"TC XS-261123-{number:04}", now=datetime.now(tz=UTC))
            answer(last_incoming().id, Answer("refused", CODE, {"code": "x"}), now=NOW)

        shown = desk.get("/tin-nhan/den/").content.decode()

        assert "gửi nhiều mã hồ sơ không đúng" in shown
        assert "6 lần" in shown
        assert len(audit.last_acts(last_incoming().commune_id, ["notices.guessing_stopped"], limit=5)) == 1

    def test_it_comes_as_a_workbook(self, desk: Client) -> None:
        receive_text(PHONE, "=1+1 TC", now=NOW)

        answered = desk.get("/tai-bang/tin-den/")

        with ZipFile(BytesIO(b"".join(answered))) as book:
            assert "=1+1 TC" in "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))

    def test_another_commune_sees_none(self, commune: object, desk: Client) -> None:
        receive_text(PHONE, "TC", now=NOW)
        other = people.commune()
        client = Client()
        client.force_login(people.staff_of(other.id, Role.DESK.value))

        assert PHONE[-4:] not in client.get("/tin-nhan/den/").content.decode().replace(" ", "")
