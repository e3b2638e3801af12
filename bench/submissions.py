"""Durable submissions through the API, beside one insert and one rendered template on the same server and the same kind of database."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from uuid import uuid4

from bench import installations, load, yardstick
from bench.figures import Figure, Target, beside
from tests import postgres
from tests.live import Live

ROUNDS = 3
SECONDS = 4.0
ODK_PER_SECOND = 127
FACTOR = 4
APPLICATION = {
    "procedure_code": "2.000815",
    "channel": "counter",
    "applicant": {"name": "Giàng A Pao", "phone": "0912345678", "address": "Thôn Nậm Trì, xã Bảo Nhai"},
    "answers": {"documents": [{"name": "Căn cước", "pages": 2, "copies": 1}], "purpose": "Nộp hồ sơ xin việc"},
}


@dataclass(frozen=True)
class Wanted:
    """What submissions should come to on one database."""

    database: str
    percent: float

    @property
    def rate(self) -> Target:
        """Return the target in submissions a second."""
        return Target(f"{self.database}: submissions, against ODK's {ODK_PER_SECOND}/s", "/s", FACTOR * ODK_PER_SECOND)

    @property
    def share(self) -> Target:
        """Return the target as a share of the yardstick."""
        return Target(f"{self.database}: submissions, share of one insert and one template", "%", self.percent)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Return both."""
        return self.rate, self.share


SQLITE, POSTGRESQL = Wanted("SQLite", 50), Wanted("PostgreSQL", 25)


def on_sqlite(folder: Path) -> Iterator[Figure]:
    """Yield the figures on SQLite."""
    yield from _on_one_database(SQLITE, folder / "sqlite", "", "")


def on_postgresql(folder: Path) -> Iterator[Figure]:
    """Yield the figures on PostgreSQL. Raises RuntimeError when it is not installed."""
    with postgres.cluster(durable=True) as url:
        ours = postgres.create_database(url, "bench")
        theirs = postgres.create_database(url, "yardstick")
        yield from _on_one_database(POSTGRESQL, folder / "postgresql", ours, theirs)


def _on_one_database(wanted: Wanted, folder: Path, ours: str, theirs: str) -> Iterator[Figure]:
    name = wanted.database
    with installations.bare_web_server(folder / "ours", ours) as live, installations.yardstick(folder / "yardstick", theirs) as port:
        token = live.xaso("token", "create", "--name", "bench", *(f"--scope={scope}" for scope in installations.SCOPES))
        rounds = [(_yardstick(port), _submissions(live, token)) for _ in range(ROUNDS)]
        with installations.job_worker(live):
            with_worker = _submissions(live, token)
    yard = median(one.per_second for one, _ours in rounds)
    rate = median(one.per_second for _yard, one in rounds)
    yield beside(f"{name}: one insert and one template", yard, "/s")
    yield wanted.rate.figure(rate)
    yield wanted.share.figure(100 * rate / yard)
    yield beside(f"{name}: submissions, p95", median(one.p95_ms for _yard, one in rounds), "ms")
    yield beside(f"{name}: submissions, longest", max(one.max_ms for _yard, one in rounds), "ms")
    yield beside(f"{name}: submissions while the job worker works", with_worker.per_second, "/s")


def _yardstick(port: int) -> load.Load:
    request = load.post("/insert", yardstick.FORM.encode(), port=port, media_type="application/x-www-form-urlencoded")
    return load.run(port, [request], status=200, seconds=SECONDS).checked()


def _submissions(live: Live, token: str) -> load.Load:
    run = uuid4().hex
    body = json.dumps(APPLICATION, ensure_ascii=False).encode()

    def headers(number: int) -> str:
        return f"Authorization: Bearer {token}\r\nIdempotency-Key: {run}-{number}\r\n"

    request = load.post("/api/v1/dossiers", body, port=live.port, media_type="application/json", headers=headers)
    return load.run(live.port, [request], status=201, seconds=SECONDS).checked()
