"""Calls people over SIP with baresip: one process a call, which plays a sound and hangs up at its end. Its output tells what happened.

The number goes in by standard input and the password by a file, so that no list of processes shows them; nothing of a call is logged.
"""

import queue
import re
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from xaso.apps.notices.adapters.sip_sound import USUAL, Silence, for_telephone
from xaso.apps.notices.ports import VoiceOutcome, VoiceResult

READY, ESTABLISHED = re.compile(r"baresip is ready"), re.compile(r"Call established")
PROGRESS = re.compile(r"SIP Progress: 1\d\d")
REGISTERED, NOT_REGISTERED = re.compile(r"registered successfully"), re.compile(r"reg: \S+: ([^\r\n(]*)")
CLOSED = re.compile(r"session closed: (?:(\d{3}) )?([^\r\n]*)")
ENDED = re.compile(r"terminated \(duration")
START_SECONDS, LEAVE_SECONDS, OVER_SECONDS = 10.0, 5.0, 8.0
REGISTERED_SECONDS = 300
"""How long the exchange is to know us; the program takes itself off when the call is over."""
HEARD_SHARE = 0.8
"""Who heard so much of the text has heard it: many hang up at the thanks."""
BUSY, NOBODY = frozenset({486, 600}), frozenset({408, 480, 487, 603})
NO_SUCH_NUMBER = frozenset({404, 410, 484, 604})
CONFIGURATION = """
sip_listen {listen}
net_interface {interface}
call_max_calls 1
audio_player aubridge,nil
audio_alert aubridge,nil
audio_source aufile,{folder}/sound.wav
ausrc_srate 8000
auplay_srate 8000
ausrc_channels 1
auplay_channels 1
module_path {modules}
module stdio.so
module g711.so
module aufile.so
module aubridge.so
module_tmp account.so
module_app menu.so
"""


@dataclass(frozen=True)
class SipSettings:
    """The exchange that calls go through: `exchange` is host or host:port. `listen` is our own address, host:port, port 0 for any.

    `registers` tells whether it wants to know where we are before it takes a call. Raises ValueError for a password that can't be given.
    """

    exchange: str
    user: str
    password: str = ""
    listen: str = "0.0.0.0:0"
    interface: str = ""
    modules: str = "/usr/lib/baresip/modules"
    ring_seconds: float = 30
    longest_seconds: float = 180
    at_once: int = 1
    registers: bool = False
    silence: Silence = USUAL

    def __post_init__(self) -> None:
        if re.search(r'["\\\x00-\x1f]', self.password):
            raise ValueError("the password at the telephone exchange must hold no quotation mark, backslash or line end")


@dataclass
class SipCalls:
    """The calls under way, each in a thread that knows nothing of the database; what came of them waits in `_done`."""

    settings: SipSettings
    _threads: list[threading.Thread] = field(default_factory=list)
    _done: "queue.Queue[VoiceResult]" = field(default_factory=queue.Queue)

    def room(self) -> int:
        """Return how many more calls may begin."""
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        return self.settings.at_once - len(self._threads)

    def begin(self, *, phone: str, wav: bytes, reference: str) -> None:
        """Dial, and come back at once."""
        thread = threading.Thread(target=self._call, args=(phone, wav, reference), daemon=True)
        self._threads.append(thread)
        thread.start()

    def results(self) -> list[VoiceResult]:
        """Return what came of calls that have ended since."""
        found = []
        while not self._done.empty():
            found.append(self._done.get_nowait())
        return found

    def _call(self, phone: str, wav: bytes, reference: str) -> None:
        try:
            outcome, detail = _Dialling(self.settings, phone, wav).outcome()
        except (OSError, ValueError, EOFError) as error:
            outcome, detail = "failed", type(error).__name__
        self._done.put(VoiceResult(reference, outcome, detail))


class _Dialling:
    """One process of baresip and what it has said so far."""

    def __init__(self, settings: SipSettings, phone: str, wav: bytes) -> None:
        self._settings = settings
        self._phone = phone
        self._sound, self._text_seconds, self._sound_seconds = for_telephone(wav, settings.silence)
        self._said = ""
        self._lock = threading.Lock()

    def outcome(self) -> tuple[VoiceOutcome, str]:
        """Make the call and return what came of it. Raises OSError where the program is not there."""
        with TemporaryDirectory(prefix="xaso-call-") as name:
            folder = Path(name)
            self._write(folder)
            command = ["baresip", "-f", name]
            with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
                reader = threading.Thread(target=self._read, args=(process.stdout,), daemon=True)
                reader.start()
                try:
                    return self._led(process)
                finally:
                    _leave(process)
                    reader.join(LEAVE_SECONDS)

    def _led(self, process: "subprocess.Popen[bytes]") -> tuple[VoiceOutcome, str]:
        if not self._wait(process, (READY,), START_SECONDS):
            return "failed", "baresip did not start"
        if self._settings.registers and not self._is_registered(process):
            refusal = NOT_REGISTERED.search(self._text())
            return "failed", f"not registered: {refusal[1].strip() if refusal else 'no answer'}"
        assert process.stdin is not None
        process.stdin.write(f"/dial sip:{self._phone}@{self._settings.exchange}\n".encode())
        process.stdin.flush()
        if not self._wait(process, (ESTABLISHED, CLOSED), self._settings.ring_seconds):
            rang = PROGRESS.search(self._text())
            return ("no_answer", "nobody took the call") if rang else ("failed", "the exchange does not answer")
        if not ESTABLISHED.search(self._text()):
            return self._refused()
        began = time.monotonic()
        limit = min(self._sound_seconds + OVER_SECONDS, self._settings.longest_seconds)
        self._wait(process, (ENDED, CLOSED), limit)
        heard = time.monotonic() - began
        enough = self._settings.silence.before_seconds + self._text_seconds * HEARD_SHARE
        return ("reached", "") if heard >= min(enough, limit) else ("cut_short", f"{heard:.0f} s")

    def _is_registered(self, process: "subprocess.Popen[bytes]") -> bool:
        self._wait(process, (REGISTERED, NOT_REGISTERED), self._settings.ring_seconds)
        return REGISTERED.search(self._text()) is not None

    def _refused(self) -> tuple[VoiceOutcome, str]:
        """Return what the exchange's answer means: its number, else its words."""
        found = CLOSED.search(self._text())
        assert found is not None
        status = int(found[1] or 0)
        shown = f"{found[1] or ''} {found[2]}".strip()
        if status in BUSY:
            return "busy", shown
        if status in NOBODY:
            return "no_answer", shown
        return ("wrong_number" if status in NO_SUCH_NUMBER else "failed"), shown

    def _write(self, folder: Path) -> None:
        (folder / "sound.wav").write_bytes(self._sound)
        chosen = self._settings
        interface = chosen.interface or chosen.listen.rpartition(":")[0]
        configuration = CONFIGURATION.format(listen=chosen.listen, interface=interface, folder=folder, modules=chosen.modules)
        if interface in {"", "0.0.0.0"}:  # noqa: S104  our side of a call, not a service
            configuration = configuration.replace("net_interface 0.0.0.0\n", "").replace("net_interface \n", "")
        (folder / "config").write_text(configuration)
        secret = f';auth_user={chosen.user};auth_pass="{chosen.password}"' if chosen.password else ""
        known = REGISTERED_SECONDS if chosen.registers else 0
        account = f"<sip:{chosen.user}@{chosen.exchange};transport=udp>;regint={known};audio_codecs=pcma,pcmu{secret}\n"
        (folder / "accounts").touch(mode=0o600)
        (folder / "accounts").write_text(account)
        (folder / "contacts").touch()

    def _read(self, output: IO[bytes]) -> None:
        while part := output.read1(4096):  # type: ignore[attr-defined]
            with self._lock:
                self._said = (self._said + part.decode(errors="replace"))[-20_000:]

    def _text(self) -> str:
        with self._lock:
            return self._said

    def _wait(self, process: "subprocess.Popen[bytes]", signs: tuple[re.Pattern[str], ...], seconds: float) -> bool:
        """Tell whether one of the signs was said in time; a program that ended says no more."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if any(sign.search(self._text()) for sign in signs):
                return True
            if process.poll() is not None:
                return False
            time.sleep(0.05)
        return False


def _leave(process: "subprocess.Popen[bytes]") -> None:
    """End the program, which hangs up first; one that does not is killed."""
    process.terminate()
    try:
        process.wait(LEAVE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
