"""The signer's program as an official runs it: a process of its own at a terminal, into which its PIN is typed."""

import json
import os
import pty
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

START_SECONDS = 15
Answer = tuple[int, Any, dict[str, str]]


@dataclass
class Program:
    """Runs with its own folder. `typed` are the answers to its questions, in turn; an empty one declines."""

    home: Path
    port: int
    typed: list[str] = field(default_factory=list)
    screen: str = ""
    process: subprocess.Popen[bytes] | None = None
    _terminal: int = -1

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def variables(self) -> dict[str, str]:
        """Its environment."""
        return {**os.environ, "XASO_SIGNER_HOME": str(self.home), "XASO_SIGNER_LANGUAGE": "vi"}

    def do(self, *arguments: str) -> tuple[int, str]:
        """Run one of its commands; return the exit status and what it says."""
        done = subprocess.run(
            [sys.executable, "-m", "xaso_signer", *arguments], env=self.variables, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout.strip()

    def start(self) -> None:
        """Start it and wait until it listens."""
        self._terminal, its_end = pty.openpty()
        self.process = subprocess.Popen(
            ["setsid", "--ctty", sys.executable, "-m", "xaso_signer", "--terminal", "--port", str(self.port)],
            env=self.variables,
            stdin=its_end,
            stdout=its_end,
            stderr=its_end,
        )
        os.close(its_end)
        threading.Thread(target=self._sit_there, daemon=True).start()
        deadline = time.monotonic() + START_SECONDS
        while self.ask("/", origin=None)[0] != 403:
            assert time.monotonic() < deadline, self.screen
            assert self.process.poll() is None, self.screen
            time.sleep(0.05)

    def stop(self) -> None:
        """End it as closing its terminal does."""
        if self.process is None:
            return
        self.process.terminate()
        self.process.wait()
        os.close(self._terminal)
        self.process = None

    def ask(
        self, path: str, sent: Any = None, *, origin: str | None, method: str = "POST", **headers: str
    ) -> tuple[int, Any, dict[str, str]]:
        """Send what a page's browser would; return status, body and headers. Status 0: nobody listens, or it hung up."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(
            f"{self.url}{path}",
            data=json.dumps(sent if sent is not None else {}).encode() if method == "POST" else None,
            method=method,
            headers={"Content-Type": "application/json", **({"Origin": origin} if origin else {}), **named},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                content = answer.read()
                return answer.status, json.loads(content) if content else None, dict(answer.headers)
        except urllib.error.HTTPError as error:
            content = error.read()
            return error.code, json.loads(content) if content else None, dict(error.headers)
        except OSError:
            return 0, None, {}

    def _sit_there(self) -> None:
        """Read the screen as a person does, and type when it asks."""
        seen = 0
        terminal = self._terminal
        while True:
            try:
                self.screen += os.read(terminal, 4096).decode(errors="replace")
            except OSError:
                return
            new = self.screen[seen:].rstrip()
            if new.endswith(("Mã PIN của USB token:", "[c/K]")):
                seen = len(self.screen)
                time.sleep(0.05)  # getpass empties what was typed before it asked
                os.write(terminal, f"{self.typed.pop(0) if self.typed else ''}\n".encode())
