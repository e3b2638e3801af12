"""The stand-in authority as a program of its own, over a real socket."""

import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Standin:
    """The running program."""

    address: str

    def control(self, **wanted: str) -> None:
        """Change how it behaves, or revoke a certificate."""
        self._post("/_control/", wanted)

    def key_file(self, name: str, passphrase: str, days: int = 365) -> bytes:
        """Return a PKCS#12 file for somebody."""
        return self._post("/_control/issue", {"name": name, "passphrase": passphrase, "days": str(days)})

    def get(self, path: str) -> bytes:
        """Return what is at the address."""
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            content: bytes = answer.read()
        return content

    def _post(self, path: str, form: dict[str, str]) -> bytes:
        with urllib.request.urlopen(self.address + path, urllib.parse.urlencode(form).encode(), timeout=10) as answer:
            content: bytes = answer.read()
        return content


@contextmanager
def running(program: str = "xaso_standins.authority") -> Iterator[Standin]:
    """Yield the program on a free port; it ends with the block."""
    process = subprocess.Popen([sys.executable, "-m", program, "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield Standin(process.stdout.readline().strip())
    finally:
        process.terminate()
        process.communicate(timeout=10)
