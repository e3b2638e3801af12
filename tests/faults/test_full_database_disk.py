"""The disk of PostgreSQL itself is full while files still have room: refused in words, nothing acknowledged lost, all goes on later."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.faults.conftest import SCOPES, Official, Program, Programs
from tests.faults.test_full_disk import BOUNDARY, MB, MOST_TRIES, SmallDisk, scan
from tests.live import Live, free_port

SIZE_BYTES = 320 * MB
pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk"),
    pytest.mark.skipif(not postgres.is_installed(), reason="PostgreSQL is not installed"),
]


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    place = Path("/tmp") / f"xaso-dia-{os.getpid()}"
    place.mkdir()
    made = SmallDisk(place, SIZE_BYTES)
    yield made
    made.unmount()
    place.rmdir()


@pytest.fixture
def web(disk: SmallDisk, tmp_path: Path, worker_number: int) -> Iterator[Programs]:
    """Yield a commune whose database alone lies on that disk, with its web server running."""
    with postgres.cluster(durable=True, below=str(disk.place)) as server:
        address = postgres.create_database(server, "xaso_dia", template="template0")
        live = Live(tmp_path, free_port(worker_number), address, {"XASO_API_CALLS_A_MINUTE": "0"})
        live.xaso("prepare")
        made = Programs(live)
        made.start("web")
        yield made
        made.stop()


def test_a_full_database_disk_refuses_in_words_and_loses_nothing_that_was_acknowledged(web: Programs, disk: SmallDisk) -> None:
    program = Program(web.live.port, web.live.xaso("token", "create", "--name", "đĩa", *(f"--scope={scope}" for scope in SCOPES)))
    first = program.file("truoc-khi-day")[1]["code"]
    acknowledged, before = {"truoc-khi-day": first}, web.count("dossiers_dossier")
    official, path = Official(web.live.port, "tiepnhan"), f"/ho-so/{first}/viec/attach/"
    paper, media_type = scan(official.form_token(f"/ho-so/{first}/")), f"multipart/form-data; boundary={BOUNDARY}"
    attachments = web.count("dossiers_attachment")

    disk.fill()
    for number in range(MOST_TRIES):
        refused = f"dia-day-{number:03}"
        status, answer = program.file(refused)
        if status != 201:
            break
        acknowledged[refused] = answer["code"]
    assert (status, answer["code"]) == (503, "platform.busy")
    assert "disk is full" in answer["detail"]
    for _ in range(MOST_TRIES):
        status, _headers, page = official.call("POST", path, paper, media_type)
        if status != 302:
            break
        attachments += 1
    assert "đã hết chỗ" in page
    web.kill("web")
    disk.free()
    web.start("web")

    assert web.count("dossiers_dossier") == before + number
    assert web.count("dossiers_attachment") == attachments
    assert {key: program.file(key)[1]["code"] for key in acknowledged} == acknowledged
    assert program.file(refused)[0] == 201, "the same call again is taken once there is room"
    assert official.call("POST", path, paper, media_type)[0] == 302
