"""Calls over SIP: the real baresip against the real sipp over UDP, which answers, rings, refuses and hangs up."""

import io
import socket
import subprocess
import threading
import time
import wave
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from xaso.apps.notices.adapters.sip import SipCalls, SipSettings
from xaso.apps.notices.adapters.sip_sound import USUAL, Silence, for_telephone
from xaso.apps.notices.ports import VoiceResult

PHONE = "0912345678"
PASSWORD = "bí mật; một"
SHORT = Silence(0.1, 0.1)
TEXT_SECONDS = 1.0
SECONDS_TO_RING = 2.0
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
RING, BUSY = answer("180 Ringing"), answer("486 Busy Here")
AUTHENTICATE = 'Authenticate: Digest realm="xa", nonce="4f5a", algorithm=MD5, qop="auth"\nContent-Length: 0\n\n'
CHALLENGE = f"WWW-{AUTHENTICATE}"
ANSWERED_TO_PROXY = (
    '<recv request="INVITE"><action><ereg regexp="username=.xa.*response=" search_in="hdr" header="Proxy-Authorization:" check_it="true"'
    ' assign_to="ok"/></action></recv><Reference variables="ok"/>'
)
REGISTER_OR_INVITE = '<recv request="REGISTER" optional="true" next="1"/>' + INVITE


def checked(request: str, good: str, more: str = "Content-Length: 0\n\n") -> list[str]:
    """Take a request again, and answer well only if it bears the right digest."""
    right = f'<verifyauth assign_to="good" username="xa" password="{PASSWORD}"/>'
    wrong = answer("403 Forbidden").replace("<send>", '<send next="8">')
    asked = f'<recv request="{request}"><action>{right}</action></recv>'
    return [asked, '<nop next="7" test="good"/>', wrong, '<label id="7"/>', answer(good, more), '<label id="8"/>']


registering = [answer("401 Unauthorized", CHALLENGE), *checked("REGISTER", "200 OK", "Expires: 300\nContent-Length: 0\n\n")]
SCENARIOS = {
    "hears": [INVITE, RING, answer("200 OK", SDP), ACK, '<recv request="BYE"/>', answer("200 OK")],
    "hangs up": [ASKED_BY, RING, answer("200 OK", SDP), ACK, '<pause milliseconds="300"/>', "BYE", '<recv response="200"/>'],
    "busy": [INVITE, RING, answer("486 Busy Here"), ACK],
    "declines": [INVITE, answer("603 Decline"), ACK],
    "unknown": [INVITE, answer("404 Not Found"), ACK],
    "overloaded": [INVITE, answer("503 Service Unavailable"), ACK],
    "rings": [INVITE, RING, '<recv request="CANCEL"/>', answer("200 OK")],
    "asks who we are": [INVITE, answer("401 Unauthorized", CHALLENGE), ACK, *checked("INVITE", "486 Busy Here"), ACK],
    "asks before a proxy": [
        INVITE,
        answer("407 Proxy Authentication Required", f"Proxy-{AUTHENTICATE}"),
        ACK,
        ANSWERED_TO_PROXY,
        BUSY,
        ACK,
    ],
    "does not know us": [INVITE, answer("401 Unauthorized", CHALLENGE), ACK, INVITE, answer("403 Forbidden"), ACK],
    "registers": [REGISTER_OR_INVITE, BUSY, '<recv request="ACK" next="9"/>', '<label id="1"/>', *registering, '<label id="9"/>'],
    "registers nobody": ['<recv request="REGISTER"/>', answer("403 Forbidden")],
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
    "asks who we are": "busy",
    "asks before a proxy": "busy",
    "does not know us": "failed",
    "registers": "busy",
    "registers nobody": "failed",
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
    calls = "2" if name == "registers" else "1"
    command = ["sipp", "-sf", f"{name}.xml", "-i", "127.0.0.1", "-p", str(port), "-m", calls, "-nostdin", "-timeout", "30"]
    return port, subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def settings_for(name: str, port: int) -> SipSettings:
    is_asked = "asks" in name or "know" in name or "registers" in name
    return SipSettings(
        f"127.0.0.1:{port}",
        "xa",
        PASSWORD if is_asked else "",
        listen="127.0.0.1:0",
        ring_seconds=SECONDS_TO_RING,
        registers="registers" in name,
        silence=SHORT,
    )


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
        calls = {name: SipCalls(settings_for(name, port)) for name, port in ports.items()}
        for name, one in calls.items():
            one.begin(phone=PHONE, wav=spoken_wav(TEXT_SECONDS), reference=name)
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
    """A packet is 20 ms of 8 kHz: 12 octets of header and 160 of sound; 0.1 s of silence, 1 s, 0.1 s, 1 s are 110 packets.

    The program hangs up some silence after the end of the file.
    """
    assert set(ended["packets"]) <= {172} | set(range(8, 172))
    assert 108 <= sum(size == 172 for size in ended["packets"]) <= 190


def test_nothing_about_the_person_is_told(ended: dict[str, Any]) -> None:
    assert PHONE not in str(ended["results"])
    assert PASSWORD not in str(ended["results"])


def test_an_exchange_that_does_not_register_us_is_named_as_the_fault(ended: dict[str, Any]) -> None:
    assert ended["results"]["registers nobody"].detail == "not registered: 403 Forbidden"


@pytest.mark.parametrize("password", ['a"b', "a\\b", "a\nb"])
def test_a_password_that_the_program_would_read_otherwise_is_refused(password: str) -> None:
    with pytest.raises(ValueError, match="quotation mark"):
        SipSettings("127.0.0.1", "xa", password)


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
    sound, text_seconds, seconds = for_telephone(spoken_wav(2.0), USUAL)

    with wave.open(io.BytesIO(sound)) as read:
        assert (read.getframerate(), read.getnchannels(), read.getsampwidth()) == (8000, 1, 2)
        assert read.getnframes() / 8000 == pytest.approx(seconds)
    assert [text_seconds, seconds] == pytest.approx([2.0, 6.5])


@pytest.mark.parametrize("rate", [11025, 4000])
def test_another_sound_is_refused(rate: int) -> None:
    with pytest.raises(ValueError, match="8 kHz"):
        for_telephone(spoken_wav(0.1, rate), USUAL)
