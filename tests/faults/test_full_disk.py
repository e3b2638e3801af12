"""A disk that is full: what can't be kept is refused in words, what was acknowledged stays, and all goes on once there is room.

On PostgreSQL the files alone lie on the small disk here; that the database's own disk is full is tried by `test_full_database_disk`.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import SCOPES, Official, Program, Programs, files_below
from tests.live import Template, free_port
from xaso.platform.tests.file_samples import photo

MB = 1_000_000
ROOM_BYTES = 30 * MB
MOST_TRIES = 400
BOUNDARY = "----giay"

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")


class SmallDisk:
    """A file system of its own that can be filled to the last byte and freed again."""

    def __init__(self, place: Path, size_bytes: int) -> None:
        self.place = place
        self._filler = place / "filler"
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size_bytes}", "tmpfs", str(place)], check=True)

    def fill(self) -> None:
        """Leave no room."""
        with self._filler.open("ab", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                return

    def free(self) -> None:
        """Give the room back."""
        self._filler.unlink()

    def unmount(self) -> None:
        """Let the disk go with all that is on it."""
        subprocess.run(["umount", "--lazy", str(self.place)], check=True)


@pytest.fixture(scope="module")
def disk(commune_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDisk]:
    needed = sum(path.stat().st_size for path in files_below(commune_template.folder))
    made = SmallDisk(tmp_path_factory.mktemp("dia"), needed + ROOM_BYTES)
    yield made
    made.unmount()


@pytest.fixture(scope="module")
def web(commune_template: Template, disk: SmallDisk, worker_number: int) -> Iterator[Programs]:
    """Yield the commune on that disk, with its web server running."""
    environment = {"XASO_API_CALLS_A_MINUTE": "0"}
    made = Programs(commune_template.copy(disk.place / "data", free_port(worker_number), environment))
    made.start("web")
    yield made
    made.stop()
    commune_template.drop(made.live)


@pytest.fixture(scope="module")
def program(web: Programs) -> Program:
    scopes = [f"--scope={scope}" for scope in SCOPES]
    return Program(web.live.port, web.live.xaso("token", "create", "--name", "đĩa", *scopes))


def test_a_scan_that_the_disk_does_not_take_is_refused_in_words_and_taken_once_there_is_room(
    web: Programs, program: Program, disk: SmallDisk
) -> None:
    status, dossier = program.file("co-giay-quet")
    assert status == 201
    official, files = Official(web.live.port, "tiepnhan"), web.live.data_dir / "files"
    path = f"/ho-so/{dossier['code']}/viec/attach/"
    sent, kept = scan(official.form_token(f"/ho-so/{dossier['code']}/")), files_below(files)

    disk.fill()
    _status, _headers, page = official.call("POST", path, sent, f"multipart/form-data; boundary={BOUNDARY}")
    assert "đã hết chỗ" in page
    assert files_below(files) == kept, "nothing half written stays"
    disk.free()

    status, _headers, _page = official.call("POST", path, sent, f"multipart/form-data; boundary={BOUNDARY}")
    assert status == 302
    assert len(files_below(files)) > len(kept)


def test_a_full_disk_refuses_applications_and_loses_none_that_was_acknowledged_even_if_the_web_server_dies(
    web: Programs, program: Program, disk: SmallDisk
) -> None:
    acknowledged = {"truoc-khi-day": program.file("truoc-khi-day")[1]["code"]}
    before = web.count("dossiers_dossier")

    disk.fill()
    for number in range(MOST_TRIES):
        key = f"dia-day-{number:03}"
        status, answer = program.file(key)
        if status != 201:
            break
        acknowledged[key] = answer["code"]
    web.kill("web")
    disk.free()
    web.start("web")

    if not web.live.database_url:
        assert (status, answer["code"]) == (503, "platform.busy")
        assert "disk is full" in answer["detail"]
        assert web.count("dossiers_dossier") == before + number
        assert program.file(key)[0] == 201, "the same call again is taken once there is room"
    for sent, code in acknowledged.items():
        assert program.file(sent)[1]["code"] == code


def scan(token: str) -> bytes:
    """Return a form with a picture of a paper."""

    def part(name: str, value: bytes, more: str = "") -> bytes:
        return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value + b"\r\n"

    picture = part("file", photo(900, 700, quality=85), '; filename="giay.jpg"\r\nContent-Type: image/jpeg')
    return part("csrfmiddlewaretoken", token.encode()) + part("paper", b"other") + picture + f"--{BOUNDARY}--\r\n".encode()
