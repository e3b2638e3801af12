"""A database written before columns were sealed comes through an upgrade, on either kind: nothing lost, nothing in clear."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.live import Live, free_port

BEFORE = {"people": "0009_desk_lock", "notices": "0004_calls", "queue": "0001_initial"}
PERSON = {
    "full_name": "Giàng A Pao",
    "name_folded": "giang a pao",
    "personal_number": "000085001234",
    "phone": "0912345678",
    "ethnicity": "Mông",
}
ROWS = 700
"""More than one piece of the rewriting."""

WRITE = """
from django.core.management import call_command
from django.db.migrations.executor import MigrationExecutor
for app, name in {before!r}.items():
    call_command("migrate", app, name, verbosity=0)
executor = MigrationExecutor(connection)
apps = executor.loader.project_state(list({before!r}.items())).apps
commune = apps.get_model("people", "Commune").objects.create(name="Xã Cũ", short_name="Cũ", province="Lào Cai")
Citizen = apps.get_model("people", "Citizen")
for number in range({rows}):
    Citizen.objects.create(commune=commune, **{person!r})
apps.get_model("notices", "Message").objects.create(**{message!r} | {{"commune_id": commune.id}})
"""
MESSAGE = {"channel": "sms", "address": "0912345678", "body": "Hồ sơ đã có kết quả.", "created_at": "2026-01-05T02:00:00Z"}
READ = """
import json
from xaso.apps.people import facade as people
from xaso.apps.people.models import Citizen
from xaso.apps.notices.models import Message
from xaso.platform.actor import Actor
with connection.cursor() as cursor:
    cursor.execute("SELECT personal_number, phone, ethnicity FROM people_citizen")
    columns = cursor.fetchall()
    cursor.execute("SELECT address FROM notices_message")
    columns += cursor.fetchall()
actor = Actor.system(Citizen.objects.first().commune_id, "test")
print(json.dumps({
    "in_clear": [value for row in columns for value in row if value in ("000085001234", "0912345678", "Mông")],
    "people": sorted({(one.full_name, one.personal_number, one.phone, one.ethnicity) for one in Citizen.objects.all()}),
    "count": Citizen.objects.count(),
    "by_number": len(people.find_citizens_by_number(actor, "000085001234")),
    "by_last_four": len(people.search_citizens(actor, "1234", 5)),
    "messages": [one.address for one in Message.objects.all()],
}))
"""


@pytest.fixture
def empty(tmp_path: Path, worker_number: int) -> Iterator[Live]:
    """An installation without a single table, on the kind of database that DATABASE_URL selects."""
    port, server = free_port(worker_number), os.environ.get("DATABASE_URL", "")
    name = f"xaso_old_{os.getpid()}"
    url = postgres.create_database(server, name) if server.startswith("postgres") else ""
    folder = tmp_path / "old"
    folder.mkdir()
    yield Live(folder, port, url)
    if url:
        postgres.drop_database(server, name)


def inside(live: Live, code: str) -> str:
    """Run code in a process of the installation; returns what it printed."""
    begin = "import django; django.setup()\nfrom django.db import connection\n"
    variables = {**live.all_variables, "DJANGO_SETTINGS_MODULE": "xaso.site.settings.demo"}
    done = subprocess.run([sys.executable, "-c", begin + code], env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_rows_written_in_clear_are_sealed_and_found(empty: Live) -> None:
    inside(empty, WRITE.format(before=BEFORE, rows=ROWS, person=PERSON, message=MESSAGE))

    for _again in range(2):
        empty.xaso("migrate")

        found = json.loads(inside(empty, READ))
        assert found["in_clear"] == []
        assert found["people"] == [["Giàng A Pao", "000085001234", "0912345678", "Mông"]]
        assert (found["count"], found["by_number"], found["by_last_four"]) == (ROWS, ROWS, 5)
        assert found["messages"] == ["0912345678"]
