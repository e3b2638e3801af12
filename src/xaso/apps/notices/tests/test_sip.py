"""Calls over SIP: the real baresip against the real sipp over UDP, which answers, rings, refuses and hangs up."""

import io
import socket
import subprocess
import threading
import time
import wave
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from xaso.apps.notices import rules
from xaso.apps.notices.adapters.sip import SipCalls, SipSettings
from xaso.apps.notices.adapters.sip_sound import for_telephone
from xaso.apps.notices.jobs import make_calls
from xaso.apps.notices.models import Call, CallTry
from xaso.apps.notices.ports import VoiceResult
from xaso.apps.notices.testing import waiting_call
from xaso.kernel.worktime import VN

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
"""Ten in the morning in Vietnam."""
PHONE = "0912345678"
HEAD = "[last_Via:]\n[last_From:]\n[last_To:];tag=[call_number]\n[last_Call-ID:]\n[last_CSeq:]\nContact: <sip:[local_ip]:[local_port]>\n"
SDP = """Content-Type: application/sdp
Content-Length: [len]

v=0
o=t 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio {media} RTP/AVP 8
a=rtpmap:8 PCMA/8000
"""
BYE = """BYE sip:xa@127.0.0.1:[remote_port] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
From: <sip:[service]@[local_ip]>;tag=[call_number]
To:[$caller]
[last_Call-ID:]
CSeq: 2 BYE
Max-Forwards: 70
Content-Length: 0

"""


def answer(status: str, body: str = "Content-Length: 0\n\n") -> str:
    return f"<send><![CDATA[\nSIP/2.0 {status}\n{HEAD}{body}]]></send>"


ASKED_BY = '<recv request="INVITE"><action><ereg regexp=".*" search_in="hdr" header="From:" assign_to="caller"/></action></recv>'
INVITE, ACK = '<recv request="INVITE"/>', '<recv request="ACK"/>'
RING = answer("180 Ringing")
SCENARIOS = {
    "hears": [INVITE, RING, answer("200 OK", SDP), ACK, '<recv request="BYE"/>', answer("200 OK")],
    "hangs up": [ASKED_BY, RING, answer("200 OK", SDP), ACK, '<pause milliseconds="300"/>', "BYE", '<recv response="200"/>'],
    "busy": [INVITE, RING, answer("486 Busy Here"), ACK],
    "declines": [INVITE, answer("603 Decline"), ACK],
    "unknown": [INVITE, answer("404 Not Found"), ACK],
    "overloaded": [INVITE, answer("503 Service Unavailable"), ACK],
    "rings": [INVITE, RING, '<recv request="CANCEL"/>', answer("200 OK")],
}
EXPECTED = {
    "hears": "reached",
    "hangs up": "cut_short",
    "busy": "busy",
    "declines": "no_answer",
    "unknown": "wrong_number",
    "overloaded": "failed",
    "rings": "no_answer",
    "gone": "failed",
}


def spoken_wav(seconds: float, rate: int = 16000) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes(bytes((place * 37) % 251 for place in range(int(seconds * rate) * 2)))
    return target.getvalue()


def free_port() -> int:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def exchange(folder: Path, name: str, media: int) -> "tuple[int, subprocess.Popen[bytes]]":
    """Start sipp in the part of an exchange that behaves so."""
    steps = [f"<send><![CDATA[\n{BYE}]]></send>" if step == "BYE" else step.replace("{media}", str(media)) for step in SCENARIOS[name]]
    (folder / f"{name}.xml").write_text('<?xml version="1.0"?><scenario name="x">' + "\n".join(steps) + "</scenario>")
    port = free_port()
    command = ["sipp", "-sf", f"{name}.xml", "-i", "127.0.0.1", "-p", str(port), "-m", "1", "-nostdin", "-timeout", "30"]
    return port, subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Make one call to each kind of exchange at once, and return outcome by name and the sound packets that the listener got."""
    folder = tmp_path_factory.mktemp("sip")
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as ear:
        ear.bind(("127.0.0.1", 0))
        ear.settimeout(0.2)
        packets: list[int] = []
        is_over = threading.Event()

        def listen() -> None:
            while not is_over.is_set():
                try:
                    packets.append(len(ear.recv(2000)))
                except TimeoutError:
                    continue

        listener = threading.Thread(target=listen)
        listener.start()
        other_media = free_port()
        running = {name: exchange(folder, name, ear.getsockname()[1] if name == "hears" else other_media) for name in SCENARIOS}
        ports = {name: port for name, (port, _process) in running.items()} | {"gone": free_port()}
        time.sleep(0.5)
        calls = {
            name: SipCalls(SipSettings(f"127.0.0.1:{port}", "xa", listen="127.0.0.1:0", ring_seconds=3)) for name, port in ports.items()
        }
        for name, one in calls.items():
            one.begin(phone=PHONE, wav=spoken_wav(0.6), reference=name)
        found: dict[str, VoiceResult] = {}
        end = time.monotonic() + 40
        while len(found) < len(calls) and time.monotonic() < end:
            found |= {result.reference: result for one in calls.values() for result in one.results()}
            time.sleep(0.05)
        is_over.set()
        listener.join()
        statuses = {name: process.wait(20) for name, (_port, process) in running.items()}
    return {"results": found, "packets": packets, "statuses": statuses}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_end_of_a_call_is_told_apart(ended: dict[str, Any], name: str) -> None:
    assert ended["results"][name].outcome == EXPECTED[name], ended["results"][name]


def test_the_conversations_were_whole(ended: dict[str, Any]) -> None:
    assert {name: status for name, status in ended["statuses"].items() if status != 0 and name != "rings"} == {}


def test_the_listener_heard_the_sound_twice(ended: dict[str, Any]) -> None:
    """A packet is 20 ms of 8 kHz: 12 octets of header and 160 of sound; 1 s of silence, 0.6 s, 1.5 s, 0.6 s are 185 packets."""
    assert set(ended["packets"]) <= {172} | set(range(8, 172))
    assert 150 <= sum(size == 172 for size in ended["packets"]) <= 215


def test_nothing_about_the_person_is_told(ended: dict[str, Any]) -> None:
    assert PHONE not in str(ended["results"])


def test_a_machine_without_baresip_fails_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    port = SipCalls(SipSettings("127.0.0.1", "xa"))

    port.begin(phone=PHONE, wav=spoken_wav(0.1), reference="1")
    assert port.room() in {0, 1}
    end = time.monotonic() + 10
    while not (found := port.results()) and time.monotonic() < end:
        time.sleep(0.02)

    assert (found[0].outcome, found[0].detail) == ("failed", "FileNotFoundError")


def test_a_text_is_played_twice_at_the_pace_of_telephones() -> None:
    sound, text_seconds, seconds = for_telephone(spoken_wav(2.0))

    with wave.open(io.BytesIO(sound)) as read:
        assert (read.getframerate(), read.getnchannels(), read.getsampwidth()) == (8000, 1, 2)
        assert read.getnframes() / 8000 == pytest.approx(seconds)
    assert [text_seconds, seconds] == pytest.approx([2.0, 6.5])


@pytest.mark.parametrize("rate", [11025, 4000])
def test_another_sound_is_refused(rate: int) -> None:
    with pytest.raises(ValueError, match="8 kHz"):
        for_telephone(spoken_wav(0.1, rate))


class Exchange:
    """Keeps whom it was told to call, and ends calls as the test says."""

    def __init__(self, places: int = 1) -> None:
        self.places = places
        self.begun: list[tuple[str, str, int]] = []
        self.ended: list[VoiceResult] = []

    def room(self) -> int:
        return self.places - len(self.begun)

    def begin(self, *, phone: str, wav: bytes, reference: str) -> None:
        self.begun.append((phone, reference, len(wav)))

    def results(self) -> list[VoiceResult]:
        found, self.ended = self.ended, []
        return found

    def end(self, outcome: Any) -> None:
        _phone, reference, _size = self.begun.pop()
        self.ended.append(VoiceResult(reference, outcome))


@pytest.mark.django_db
class TestWorker:
    """From the list to the exchange and back."""

    @pytest.fixture
    def call(self) -> Call:
        call = waiting_call(uuid4(), NOW)
        Call.objects.update(by="machine")
        return call

    def run(self, port: Exchange, outcome: str, now: datetime = NOW) -> Call:
        make_calls(now, port=port)
        port.end(outcome)
        make_calls(now, port=port)
        return Call.objects.get()

    def test_who_heard_it_is_done(self, call: Call) -> None:
        port = Exchange()
        done = self.run(port, "reached")

        assert done.state == "reached"
        assert list(CallTry.objects.values_list("outcome", "by")) == [("reached", "SIP")]

    def test_after_two_misses_an_official_calls(self, call: Call) -> None:
        port = Exchange()
        first = self.run(port, "no_answer")
        assert (first.by, first.misses, first.due_at) == ("machine", 1, NOW + timedelta(hours=2))

        second = self.run(port, "cut_short", first.due_at)
        assert (second.by, second.state, second.due_at) == ("person", "waiting", first.due_at)

    @pytest.mark.parametrize("outcome", ["wrong_number", "failed"])
    def test_what_a_machine_cannot_mend_goes_to_an_official_at_once(self, call: Call, outcome: str) -> None:
        assert self.run(Exchange(), outcome).by == "person"

    def test_one_at_a_time_and_not_at_night(self, call: Call) -> None:
        waiting_call(call.commune_id, NOW, key="2", subject="dossier:2")
        Call.objects.update(by="machine")
        night = datetime(2026, 11, 23, 21, 0, tzinfo=VN)
        port = Exchange()

        assert make_calls(night, port=port) == 0
        assert make_calls(NOW, port=port) == 1
        assert make_calls(NOW, port=port) == 0
        assert len(port.begun) == 1

    def test_a_call_that_a_dead_worker_left_is_made_again_after_its_lease(self, call: Call) -> None:
        make_calls(NOW, port=Exchange())
        assert make_calls(NOW + timedelta(minutes=9), port=Exchange()) == 0
        assert make_calls(NOW + timedelta(minutes=10), port=Exchange()) == 1

    def test_one_replaced_meanwhile_stays_replaced(self, call: Call) -> None:
        port = Exchange()
        make_calls(NOW, port=port)
        waiting_call(call.commune_id, NOW, key="newer")
        port.end("no_answer")

        make_calls(NOW, port=port)

        assert Call.objects.get(pk=call.pk).state == "replaced"

    def test_a_language_that_no_machine_speaks_is_left_to_an_official(self, call: Call) -> None:
        Call.objects.update(language="hmn")
        port = Exchange()

        assert make_calls(NOW, port=port) == 1
        assert port.begun == []
        assert Call.objects.get().by == "person"

    def test_without_an_exchange_nothing_is_called(self, call: Call) -> None:
        assert make_calls(NOW) == 0
        assert rules.MOST_MACHINE_MISSES < rules.MOST_MISSES
