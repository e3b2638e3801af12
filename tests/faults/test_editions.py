"""Editions of the national database that two administrators send at the same moment, and a worker that dies over one."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.conftest import Official, Programs, files_below
from xaso.apps.procedures.testing import national_file, national_record

SENDING = "/quan-tri/thu-tuc-quoc-gia/gui/"
PATIENCE_SECONDS = 60
BOUNDARY = "ranh-gioi"


def _send(official: Official, token: str, content: bytes) -> tuple[int, str]:
    """Send a file, of unknown day; returns the status and where to, or the page."""
    text = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("csrfmiddlewaretoken", token), ("is_unknown", "on"))
    )
    file = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="ban.jsonl"\r\n\r\n'
    body = (text + file).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    status, headers, page = official.call("POST", SENDING, body, f"multipart/form-data; boundary={BOUNDARY}")
    return status, headers.get("location", page)


def _wait_for(web: Programs, table: str, condition: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not web.count(table, condition):
        assert time.monotonic() < deadline, web.log("work")[-3000:]
        time.sleep(0.05)


def test_of_two_editions_sent_at_once_one_is_taken_and_a_worker_that_dies_over_it_leaves_no_half(web: Programs, tmp_path: Path) -> None:
    halves = [[f"1.91{number:04}" for number in range(start, 2400, 2)] for start in (0, 1)]
    files = [national_file(tmp_path / f"{number}.jsonl", *map(national_record, half)) for number, half in enumerate(halves)]
    officials = [Official(web.live.port, name) for name in ("quantri", "quantri2")]
    sendings = [(one, one.form_token(SENDING), file.read_bytes()) for one, file in zip(officials, files, strict=True)]

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda sending: _send(*sending), sendings))

    assert sorted(status for status, _page in answers) == [302, 422]
    assert "Máy đang đọc một bản khác" in next(page for status, page in answers if status == 422)
    assert web.count("procedures_sentedition", "state = 'reading'") == len(files_below(web.live.data_dir / "editions")) == 1

    web.start("work")
    _wait_for(web, "procedures_sentedition", "leased_until IS NOT NULL")
    web.kill("work")
    kept = web.count("procedures_nationaledition", "file_name = 'ban.jsonl'")
    assert web.count("procedures_nationalrecord", "code LIKE '1.91%'") == kept * len(halves[0])
