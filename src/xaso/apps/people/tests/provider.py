"""Runs the stand-in provider for a test, as a real process on a real socket."""

import json
import os
import random
import re
import socket
import subprocess
import sys
import time
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import requests

START_SECONDS = 30


class RunningProvider:
    """A provider that serves the people given, for clients at the origins given; a context manager."""

    def __init__(self, folder: Path, people: list[dict[str, Any]], origins: list[str]) -> None:
        self.port = free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self._origins = origins
        (folder / "standins").mkdir(parents=True, exist_ok=True)
        (folder / "standins" / "citizens.json").write_text(json.dumps({"people": people}), encoding="utf-8")

    def __enter__(self) -> "RunningProvider":
        origins = [word for origin in self._origins for word in ("--client-origin", origin)]
        command = [sys.executable, "-m", "xaso_standins.eid", "--port", str(self.port), "--data", str(self.folder), *origins]
        self._process = subprocess.Popen(command, env=os.environ | {"PYTHONWARNINGS": "ignore"})
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the stand-in provider did not start")
            time.sleep(0.1)
        return self

    def __exit__(self, *_details: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)

    @property
    def secret(self) -> str:
        """The client secret that it made."""
        return (self.folder / "eid-client-secret").read_text().strip()

    def behave(self, mode: str, **how: str) -> None:
        """Tell it how to behave from now on."""
        urlopen(Request(f"{self.issuer}/_control/", data=urlencode({"mode": mode, **how}).encode()), timeout=5).close()

    def sign_in(self, authorize_url: str, sub: str, **chosen: str) -> str:
        """Do as a person does in the browser: open the address, pick herself; returns the address she is sent back to.

        `low="on"` proves her identity at the first level only.
        """
        browser = requests.Session()
        page = browser.get(authorize_url, timeout=10)
        if urlsplit(page.url).path != "/chon-nguoi/":
            return page.headers.get("Location", page.url)
        form = {"csrfmiddlewaretoken": _field(page.text, "csrfmiddlewaretoken"), "next": _field(page.text, "next")}
        form |= {"person": sub, **chosen} if sub else {"cancel": "1"}
        answer = browser.post(page.url, data=form, timeout=10, allow_redirects=False)
        while answer.headers.get("Location", "").startswith(("/", self.issuer)):
            answer = browser.get(requests.compat.urljoin(self.issuer, answer.headers["Location"]), timeout=10, allow_redirects=False)
        return answer.headers["Location"]

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.issuer}/_control/", timeout=1):
                return True
        except OSError:
            return False


def free_port() -> int:
    """Return a free port below the range from which the system hands out its own."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


def _field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    if found is None:
        raise AssertionError(f"no field {name} in the page")
    return unescape(found[1])
