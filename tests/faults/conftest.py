"""Programs that are started and killed by the test itself, a client that speaks to them, and a look into their database."""

import http.client
import json
import os
import re
import signal
import sqlite3
import subprocess
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.live import COMMAND, LOOPBACK, Live, Template, free_port
from xaso.site.supervisor import answers

START_SECONDS = 60
ANSWER_SECONDS = 60
SCOPES = ("dossiers:create", "dossiers:read", "dossiers:move", "role:desk", "role:case_officer")
APPLICATION = {
    "procedure_code": "2.000815",
    "channel": "counter",
    "applicant": {"name": "Giàng A Pao", "phone": "0912345678"},
    "answers": {"documents": [{"name": "Căn cước", "pages": 2, "copies": 1}]},
}


@dataclass
class Programs:
    """An installation whose web server and job worker run under no supervisor, so that a test decides when they run."""

    live: Live
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        """Start `web` (and wait until it answers) or `work`."""
        options = ("--port", str(self.live.port)) if name == "web" else ()
        log = (self.live.data_dir / f"{name}.log").open("ab")
        with log:
            self.running[name] = subprocess.Popen(
                [*COMMAND, name, *options],
                env=self.live.all_variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while name == "web" and not answers(LOOPBACK, self.live.port, "/healthz"):
            assert self.running[name].poll() is None, self.log(name)
            assert time.monotonic() < deadline, self.log(name)
            time.sleep(0.02)

    def kill(self, name: str) -> None:
        """Kill the program and all it has started, at once and without warning."""
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """Kill what still runs."""
        for name in list(self.running):
            self.kill(name)

    def log(self, name: str) -> str:
        """Return what the program has written."""
        return (self.live.data_dir / f"{name}.log").read_text(encoding="utf-8")

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a question to the database."""
        if self.live.database_url:
            with psycopg.connect(self.live.database_url) as connection:
                return list(connection.execute(sql.encode()))
        with sqlite3.connect(self.live.data_dir / "xaso.sqlite3", timeout=20) as connection:
            return list(connection.execute(sql))

    def count(self, table: str, condition: str = "true") -> int:
        """Return how many rows of a table meet the condition."""
        return int(self.ask(f"SELECT count(*) FROM {table} WHERE {condition}")[0][0])

    def row_id(self, text: str) -> str:
        """Return an id as this database writes it."""
        return text if self.live.database_url else text.replace("-", "")

    @contextmanager
    def database_held(self) -> Iterator[None]:
        """Hold the database as another program would: nobody else can write to SQLite, or to PostgreSQL's table of dossiers."""
        if self.live.database_url:
            with psycopg.connect(self.live.database_url) as connection:
                connection.execute("LOCK TABLE dossiers_dossier IN ACCESS EXCLUSIVE MODE")
                yield
            return
        with closing(sqlite3.connect(self.live.data_dir / "xaso.sqlite3", isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            yield
            writer.execute("ROLLBACK")


@dataclass(frozen=True)
class Program:
    """A client of the API; each call has a connection of its own."""

    port: int
    token: str

    def file(self, key: str, application: dict[str, Any] = APPLICATION) -> tuple[int, dict[str, Any]]:
        """File an application; returns status and answer. Raises OSError or HTTPException when there was no answer."""
        return self.call("POST", "/dossiers", application, {"Idempotency-Key": key})

    def move(self, dossier_id: str, verb: str, **more: Any) -> tuple[int, dict[str, Any]]:
        """Make a move."""
        return self.call("POST", f"/dossiers/{dossier_id}/moves", {"verb": verb, **more}, {})

    def call(self, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Send a request and return status and answer."""
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=ANSWER_SECONDS)
        try:
            usual = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
            connection.request(method, f"/api/v1{path}", json.dumps(body).encode(), {**usual, **headers})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()


def send_from_phone(port: int, content: bytes) -> tuple[int, dict[str, Any]]:
    """Send an item of a phone's outbox; returns status and answer. Raises OSError or HTTPException when there was no answer."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=ANSWER_SECONDS)
    try:
        connection.request("POST", "/gui/", content, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


class Official:
    """An official's browser, as far as these tests need one."""

    def __init__(self, port: int, username: str) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        form = {"csrfmiddlewaretoken": self.form_token("/dang-nhap/"), "username": username, "password": "xaso-demo", "next": ""}
        status, _headers, _page = self.call("POST", "/dang-nhap/", urllib.parse.urlencode(form))
        assert status == 302, username
        self._pass_second_step("/dang-nhap/buoc-hai/")

    def _pass_second_step(self, path: str) -> None:
        """Give the code that the demo shows."""
        _status, _headers, page = self.call("GET", path)
        shown = re.search(r'id="ma-dung-thu">([0-9]{6})<', page)
        assert shown is not None, page[:2000]
        form = {"csrfmiddlewaretoken": self.form_token(path), "one_time_code": shown[1]}
        status, _headers, _page = self.call("POST", path, urllib.parse.urlencode(form))
        assert status == 302, path

    def form_token(self, path: str) -> str:
        """Return the token that forms of the page carry."""
        status, headers, page = self.call("GET", path)
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found is not None, f"{status} {headers.get('location', '')}\n{page[:2000]}"
        return found[1]

    def call(
        self, method: str, path: str, body: str | bytes | None = None, media_type: str = "application/x-www-form-urlencoded"
    ) -> tuple[int, dict[str, str], str]:
        """Send a request with the browser's cookies; returns status, headers and page."""
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=ANSWER_SECONDS)
        try:
            connection.request(method, path, body, {"Cookie": self.cookie, "Content-Type": media_type})
            answer = connection.getresponse()
            page = answer.read().decode()
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, page

    @property
    def cookie(self) -> str:
        """Return the header that carries the cookies."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


@pytest.fixture(scope="module")
def programs(commune_template: Template, tmp_path_factory: pytest.TempPathFactory, worker_number: int) -> Iterator[Programs]:
    """Yield the demo commune with nothing running yet."""
    live = commune_template.copy(tmp_path_factory.mktemp("faults") / "data", free_port(worker_number), {"XASO_API_CALLS_A_MINUTE": "0"})
    made = Programs(live)
    try:
        yield made
    finally:
        made.stop()
        commune_template.drop(live)


@pytest.fixture(scope="module")
def program(programs: Programs) -> Program:
    """Return a client with a token for everything."""
    options = [f"--scope={scope}" for scope in SCOPES]
    return Program(programs.live.port, programs.live.xaso("token", "create", "--name", "thử", *options))


@pytest.fixture
def web(programs: Programs) -> Iterator[Programs]:
    """Yield the commune with its web server running."""
    if "web" not in programs.running:
        programs.start("web")
    yield programs
    if "work" in programs.running:
        programs.kill("work")


def files_below(folder: Path) -> set[Path]:
    """Return all files below a folder."""
    return {path for path in folder.rglob("*") if path.is_file()}
