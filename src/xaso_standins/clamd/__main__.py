"""Starts the stand-in: `python -m xaso_standins.clamd --port 3310`, or `--socket /tmp/clamd.ctl`; port 0 takes any that is free.

It finds EICAR's test text (eicar.org) anywhere in a stream, and nothing else. Control is POST on its second port:
`mode=good|down|slow|silent|rubbish|error|small|hang_up`, `seconds=<how slow>`; GET tells the sizes of the streams that came.
"""

import argparse
import json
import os
import signal
import socketserver
import struct
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from urllib.parse import parse_qsl

LOOPBACK = "127.0.0.1"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MODES = ("good", "down", "slow", "silent", "rubbish", "error", "small", "hang_up")
SMALL_BYTES = 1024
COMMANDS = {b"zPING\0": b"PONG\0", b"zVERSION\0": b"ClamAV 1.4.0/stand-in\0"}


@dataclass
class Conduct:
    """How the stand-in behaves: well; hangs up on whoever comes (down); answers late; never answers; answers nonsense, or with its own

    error; takes only so much (small); takes all and hangs up.
    """

    mode: str = "good"
    seconds: float = 30.0
    streams: list[int] = field(default_factory=list)


class Conversation(socketserver.StreamRequestHandler):
    """One client."""

    conduct: Conduct

    def handle(self) -> None:
        """Answer one command, as clamd does outside a session."""
        if self.conduct.mode == "down":
            return
        command = self._until_zero()
        if command == b"zINSTREAM\0":
            self._take_stream()
        else:
            self.wfile.write(COMMANDS.get(command, b"UNKNOWN COMMAND\0"))

    def _until_zero(self) -> bytes:
        command = b""
        while not command.endswith(b"\0") and len(command) < 100 and (some := self.rfile.read(1)):
            command += some
        return command

    def _take_stream(self) -> None:
        limit = SMALL_BYTES if self.conduct.mode == "small" else None
        content = bytearray()
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if limit is not None and len(content) > limit:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.conduct.streams.append(len(content))
        self._answer(bytes(content))

    def _answer(self, content: bytes) -> None:
        mode = self.conduct.mode
        if mode == "hang_up":
            return
        if mode in {"slow", "silent"}:
            time.sleep(self.conduct.seconds)
        if mode == "silent":
            return
        if mode == "rubbish":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\nstream: OK")
        elif mode == "error":
            self.wfile.write(b"stream: Can't allocate memory ERROR\0")
        else:
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


class Control(BaseHTTPRequestHandler):
    """The control, over HTTP."""

    conduct: Conduct

    def do_GET(self) -> None:
        """Tell the sizes of the streams that came whole."""
        self._answer(200)

    def do_POST(self) -> None:
        """Change the conduct."""
        wanted = dict(parse_qsl(self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()))
        mode = wanted.get("mode", self.conduct.mode)
        if mode not in MODES:
            self._answer(400)
            return
        self.conduct.mode, self.conduct.seconds = mode, float(wanted.get("seconds", self.conduct.seconds))
        self._answer(200)

    def _answer(self, status: int) -> None:
        body = json.dumps({"mode": self.conduct.mode, "streams": self.conduct.streams}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Keep quiet."""


class TcpServer(socketserver.ThreadingTCPServer):
    """A thread for each client that comes by TCP."""

    allow_reuse_address = True
    daemon_threads = True


class UnixServer(socketserver.ThreadingUnixStreamServer):
    """A thread for each client that comes by the socket's path."""

    daemon_threads = True


def main() -> None:
    """Serve until told to stop; the first line printed names where clamd is spoken and the control's port."""
    parser = argparse.ArgumentParser(prog="python -m xaso_standins.clamd", description=__doc__)
    parser.add_argument("--port", type=int, default=3310)
    parser.add_argument("--socket", type=Path, help="listen on this path instead of a port")
    parser.add_argument("--control-port", type=int, default=0)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _stop)
    conduct = Conduct()
    here = type("Here", (Conversation,), {"conduct": conduct})
    with (
        _server(options.socket, options.port, here) as server,
        ThreadingHTTPServer((LOOPBACK, options.control_port), type("Here", (Control,), {"conduct": conduct})) as control,
    ):
        threading.Thread(target=control.serve_forever, daemon=True).start()
        place = str(options.socket) if options.socket else f"{LOOPBACK}:{server.socket.getsockname()[1]}"
        sys.stdout.write(f"{place} http://{LOOPBACK}:{control.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()


def _server(path: Path | None, port: int, handler: type[Conversation]) -> TcpServer | UnixServer:
    return UnixServer(str(path), handler) if path else TcpServer((LOOPBACK, port), handler)


def _stop(_signum: int, _frame: FrameType | None) -> None:
    """End at once: an exception raised here is lost where the server was just starting a thread for a client."""
    os._exit(0)


if __name__ == "__main__":
    main()
