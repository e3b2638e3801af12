"""Those who watch: answered from this machine whatever host name they use, and figures that hold all processes."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db


@override_settings(ALLOWED_HOSTS=["dichvu.example.vn"], SECURE_SSL_REDIRECT=True)
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "10.0.0.9", "dichvu.example.vn"])
def test_watchers_need_no_host_name_and_no_tls(path: str, host: str) -> None:
    assert Client(REMOTE_ADDR="127.0.0.1").get(path, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(("address", "forwarded"), [("203.0.113.7", {}), ("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"})])
def test_figures_are_for_this_machine_alone(address: str, forwarded: dict[str, str]) -> None:
    assert Client(REMOTE_ADDR=address).get("/metrics", headers=forwarded).status_code == 404


def test_watching_changes_nothing() -> None:
    answer = Client().post("/healthz")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_migrations_that_wait_make_it_unready() -> None:
    MigrationRecorder.Migration.objects.filter(app="audit").order_by("-name")[0].delete()

    answer = Client().get("/readyz")

    assert (answer.status_code, answer.json()["faults"]) == (503, ["database: 1 migrations wait"])


COUNT = """
import os, sys
from pathlib import Path
from xaso.platform.counting import count_in
count_in(Path(sys.argv[1]), sys.argv[2])
from prometheus_client import Counter
counter = Counter("things", "Things.")
for _worker in range(2):
    if os.fork() == 0:
        counter.inc(3)
        os._exit(0)
    os.wait()
from xaso.platform.metrics import exposition
print(exposition().decode())
"""


def counted(folder: Path, program: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", COUNT, str(folder), program], capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if line.startswith("things_total")]


def test_figures_hold_all_processes_of_all_programs_and_begin_anew_with_each_start(tmp_path: Path) -> None:
    assert counted(tmp_path, "web") == ["things_total 6.0"]
    assert counted(tmp_path, "work") == ["things_total 12.0"]
    assert counted(tmp_path, "web") == ["things_total 12.0"]
