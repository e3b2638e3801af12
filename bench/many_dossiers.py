"""A hundred thousand dossiers beside a thousand: what officials open most must not get slower as the years go by.

The rows are copies of the demo's own, each with another code, person, phone and day, written in bulk. A commune has as much under way
after ten years as after one: the newest are open, some results wait to be fetched, and all others ended.
"""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote_plus

from bench import installations, load
from bench.figures import Figure, Target, beside
from bench.machine import peak_mb
from bench.pages import sign_in
from tests import postgres
from tests.live import Live

FEW, MANY, OPEN, UNFETCHED = 1_000, 100_000, 400, 60
FACTOR = 1.3
ROUNDS, SECONDS, WARM_SECONDS = 5, 2.0, 0.5
MANY_PORT = installations.FIRST_PORT + 30
LISTS = ("desk list", "register", "search of dossiers")
LOOKED_UP = 12
BATCH = 2_000
YEAR = 20_000


@dataclass(frozen=True)
class OnOneDatabase:
    """The targets on one kind of database."""

    database: str

    def growth(self, name: str) -> Target:
        """Return the target of a list: how many times as long with MANY as with FEW."""
        return Target(f"{self.database}: {name} with {MANY:,} dossiers against {FEW:,}", "×", FACTOR, at_most=True)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Return the target of each list."""
        return (*(self.growth(name) for name in LISTS), self.year, self.year_memory)

    @property
    def year(self) -> Target:
        """Return the target of a year's register as XLSX."""
        return Target(f"{self.database}: register of a year ({YEAR:,} rows) to XLSX", "s", 5, at_most=True)

    @property
    def year_memory(self) -> Target:
        """Return the target of what making it takes."""
        return Target(f"{self.database}: register of a year to XLSX, memory", "MB", 150, at_most=True)


SQLITE, POSTGRESQL = OnOneDatabase("SQLite"), OnOneDatabase("PostgreSQL")


def on_sqlite(folder: Path) -> Iterator[Figure]:
    """Yield the figures on SQLite."""
    yield from _on_one_database(SQLITE, folder / "many-sqlite", ("", ""))


def on_postgresql(folder: Path) -> Iterator[Figure]:
    """Yield the figures on PostgreSQL. Raises RuntimeError when it is not installed."""
    with postgres.cluster(durable=True) as url:
        databases = postgres.create_database(url, "few"), postgres.create_database(url, "many")
        yield from _on_one_database(POSTGRESQL, folder / "many-postgresql", databases)


def _on_one_database(wanted: OnOneDatabase, folder: Path, databases: tuple[str, str]) -> Iterator[Figure]:
    """Yield the figures of two installations beside each other: a machine changes its speed by the minute more than a list its wait."""
    with (
        installations.everything(folder / "few", databases[0]) as small,
        installations.everything(folder / "many", databases[1], port=MANY_PORT) as large,
    ):
        few, many = _Filled(small, FEW), _Filled(large, MANY)
        for name in LISTS:
            rounds = [(few.wait_ms(name), many.wait_ms(name)) for _round in range(ROUNDS)]
            yield wanted.growth(name).figure(median(with_many / with_few for with_few, with_many in rounds))
            yield beside(f"{wanted.database}: {name} with {MANY:,} dossiers, median", median(wait for _, wait in rounds), "ms")
        rows, reports, seconds, megabytes = map(float, child(large, "make_year()").split())
    if not (YEAR * 0.9 <= rows <= YEAR * 1.1 and reports >= rows // 1_000):
        raise RuntimeError(f"{rows:g} rows, progress told {reports:g} times")
    yield wanted.year.figure(seconds)
    yield wanted.year_memory.figure(megabytes)


class _Filled:
    """An installation filled up to so many dossiers, with an official signed in who asks for its lists."""

    def __init__(self, live: Live, count: int) -> None:
        self._live = live
        looked_up = [line.split("\t") for line in child(live, f"fill({count})").splitlines()]
        self._cookie = sign_in(live, "tiepnhan")
        village, procedure = child(live, "busiest()").split("\t")
        self._addresses = _addresses([word for one in looked_up for word in one], village, procedure)

    def wait_ms(self, name: str) -> float:
        """Return the median wait for a list, one person asking."""
        requests = [load.get(path, port=self._live.port, cookie=self._cookie) for path in self._addresses[name]]
        one = load.run(self._live.port, requests, status=200, seconds=SECONDS, warm_seconds=WARM_SECONDS, clients=1).checked()
        return one.p50_ms


def _addresses(searched: list[str], village: str, procedure: str) -> dict[str, list[str]]:
    """Return the addresses of each list. A name is looked up by its first word, so that a page of answers is full with few and many."""
    register = (
        "",
        "trang-thai=examining",
        f"thu-tuc={procedure}",
        f"thon={village}",
        "kenh=online",
        "qua-han=1",
        "ket-qua=ready",
        "xep=name",
        "xep=due",
    )
    return {
        "desk list": [f"/mot-cua/?hang={queue}" for queue in ("intake", "held", "asked", "to_pay", "ready")],
        "register": [*(f"/so-theo-doi/?{query}" for query in register), *(f"/so-theo-doi/?q={quote_plus(word)}" for word in searched[:6])],
        "search of dossiers": [f"/can-bo/tim/?q={quote_plus(word)}" for word in searched],
    }


def child(live: Live, call: str) -> str:
    """Call a function of this module in a process of its own, on this installation; returns what it prints."""
    command = [sys.executable, "-c", f"from bench import many_dossiers; many_dossiers.{call}"]
    done = subprocess.run(command, env=live.all_variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.strip()


def _set_up_django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "xaso.site.settings.demo"
    import django

    django.setup()


def fill(count: int) -> None:
    """Add copies until there are so many dossiers; print code, first name word and phone of some to look up, tab between them."""
    _set_up_django()
    from django.db import connection

    from xaso.apps.dossiers.models import Dossier

    add_copies(count - Dossier.objects.count())
    if connection.vendor == "postgresql":  # it would do so by itself in a minute; SQLite is never told
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    some = Dossier.objects.filter(applicant_phone_blind__isnull=False).order_by("?")[:LOOKED_UP]
    for dossier in some:
        print(dossier.code, dossier.applicant_folded.split()[0], dossier.applicant_phone, sep="\t")


def busiest() -> None:
    """Print the village and the procedure that most dossiers are of."""
    _set_up_django()
    from django.db.models import Count

    from xaso.apps.dossiers.models import Dossier

    known = Dossier.objects.exclude(village=None)
    print(
        *(known.values_list(field).annotate(of=Count("pk")).order_by("-of")[0][0] for field in ("village_id", "procedure_code")), sep="\t"
    )


def make_year() -> None:
    """Make the register of the last YEAR dossiers as the worker does; print rows, how often progress was told, seconds and MB."""
    _set_up_django()
    import time

    from xaso.apps.dossiers.models import Dossier
    from xaso.apps.people import testing as people
    from xaso.apps.people.models import Account
    from xaso.platform import clock
    from xaso.platform.sheets import jobs, sheets

    since = Dossier.objects.order_by("-submitted_at").values_list("submitted_at", flat=True)[YEAR]
    register = sheets.find("so-theo-doi")
    assert register is not None
    asker = people.actor_for(Account.objects.get(username="tiepnhan"))
    job = jobs.ask_for(asker, register, f"tu={since:%d/%m/%Y}", rows_count=YEAR, language="vi", now=clock.now())
    told: list[int] = []
    begun = time.perf_counter()
    jobs.make_next(clock.now(), told=told.append)
    seconds = time.perf_counter() - begun
    job.refresh_from_db()
    print(job.rows_written, len(told), seconds, peak_mb())


def add_files(count: int, size_bytes: int) -> None:
    """Write so many kept files, each with another content."""
    _set_up_django()
    import hashlib

    from xaso.apps.people.models import Commune
    from xaso.platform import clock, files
    from xaso.platform.models import StoredFile

    commune_id, now = Commune.objects.values_list("id", flat=True)[0], clock.now()
    rows = []
    for number in range(count):
        content = os.urandom(size_bytes)
        digest = hashlib.sha256(content).hexdigest()
        path = files.path_of(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        rows.append(
            StoredFile(commune_id=commune_id, sha256=digest, size_bytes=size_bytes, media_type="image/jpeg", name="a.jpg", created_at=now)
        )
        if len(rows) == BATCH or number == count - 1:
            StoredFile.objects.bulk_create(rows)
            rows = []


def add_copies(count: int) -> None:
    """Write so many copies of the dossiers that are there: the newest OPEN ones under way, then UNFETCHED results, all others ended."""
    from xaso.apps.dossiers.models import Dossier

    there = list(Dossier.objects.order_by("submitted_at"))
    dice = random.Random(len(there))
    ended = [one for one in there if one.state in {"solved", "refused", "withdrawn"} and one.delivery_state != "ready"]
    unfetched = [one for one in there if one.delivery_state == "ready"]
    under_way = [one for one in there if one.state not in {"solved", "refused", "withdrawn"}]
    still_open = max(0, OPEN - len(under_way))
    still_unfetched = max(0, UNFETCHED - len(unfetched))
    batch = []
    for number in range(count):
        is_open = number < still_open
        model = dice.choice(under_way if is_open else unfetched if number - still_open < still_unfetched else ended)
        batch.append(_copy(model, len(there) + number, timedelta(minutes=number // 8 if is_open else 3 * 1440 + number * 20), dice))
        if len(batch) == BATCH or number == count - 1:
            Dossier.objects.bulk_create(batch)
            batch = []


def _copy(model: Any, number: int, back: timedelta, dice: random.Random) -> Any:
    from xaso.apps.dossiers.models import Dossier
    from xaso.apps.people.demo.names import FAMILIES, family_name, full_name
    from xaso.kernel.identifiers import uuid7
    from xaso.kernel.text import fold, name_order

    group, sex = dice.choice(list(FAMILIES)), dice.choice(("male", "female"))
    name = full_name(group, family_name(group, dice), sex, dice)
    values = {field.attname: getattr(model, field.attname) for field in Dossier._meta.concrete_fields}
    moments = {key: values[key] and values[key] - back for key in ("submitted_at", "accepted_at", "due_at", "solved_at", "ended_at")}
    day = moments["submitted_at"]
    own = {
        "id": uuid7(),
        "code": f"XS-{day:%y%m%d}-{90000 + number}",
        "national_code": None,
        "citizen_id": None,
        "applicant_name": name,
        "applicant_folded": fold(name),
        "applicant_order": name_order(name),
        "applicant_phone": f"09{dice.randrange(10**8):08}",
        "applicant_personal_number": f"010{dice.randrange(10**9):09}",
    }
    return Dossier(**values | moments | own)
