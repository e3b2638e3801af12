"""Several people and programs at the same moment, a database that others hold, a worker that is down, an upload that is cut."""

import json
import re
import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID, uuid4

from tests.faults.conftest import APPLICATION, Official, Program, Programs, files_below, send_from_phone
from tests.live import LOOPBACK
from xaso.apps.procedures.testing import national_file, national_record

T = TypeVar("T")
HELD_SECONDS = 5.0
PATIENCE_SECONDS = 30.0
DOSSIERS = 5
WRITERS = 12
ITEM: dict[str, Any] = {
    "procedure": "2.000815",
    "applicant": {"name": "Giàng A Pao", "phone": "0912345678"},
    "answers": "_shown=documents&documents-0-name=C%C4%83n+c%C6%B0%E1%BB%9Bc&documents-0-pages=2&documents-0-copies=1&agree=yes",
}
REFUSAL = {"note": "Bản chính bị tẩy xóa", "data": {"legal_ground": "Nghị định 23/2015/NĐ-CP"}}


def _at_once(works: Sequence[Callable[[], T]]) -> list[T]:
    """Do all at the same moment and return what came of each."""
    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(work) for work in works]]


def test_eight_identical_requests_make_one_dossier(web: Programs, program: Program) -> None:
    before = web.count("dossiers_dossier")
    key = uuid4().hex

    answers = _at_once([partial(program.file, key)] * 8)

    assert sorted(status for status, _answer in answers) == [200] * 7 + [201]
    assert len({answer["id"] for _status, answer in answers}) == 1
    assert web.count("dossiers_dossier") == before + 1


def test_of_two_bodies_under_one_key_one_wins(web: Programs, program: Program) -> None:
    before = web.count("dossiers_dossier")
    key = uuid4().hex

    answers = _at_once([partial(program.file, key), partial(program.file, key, {**APPLICATION, "language": "en"})])

    assert sorted(status for status, _answer in answers) == [201, 409]
    assert web.count("dossiers_dossier") == before + 1


def test_of_two_officers_who_decide_at_once_exactly_one_wins(web: Programs, program: Program) -> None:
    for _round in range(DOSSIERS):
        _status, dossier = program.file(uuid4().hex)

        answers = _at_once([partial(program.move, dossier["id"], "accept"), partial(program.move, dossier["id"], "refuse", **REFUSAL)])

        assert sorted(status for status, _answer in answers) == [200, 409], answers
        winner = next(answer for status, answer in answers if status == 200)
        _status, now = program.call("GET", f"/dossiers/{dossier['id']}", None, {})
        assert now["state"] == winner["state"]
        same = f"dossier_id = '{web.row_id(dossier['id'])}'"
        assert web.count("dossiers_step", same) == 2
        assert web.count("dossiers_slip", same) == 1


def test_of_two_heads_who_hand_the_same_work_over_at_once_each_dossier_goes_on_once(web: Programs) -> None:
    busiest = "SELECT assignee_id FROM dossiers_dossier WHERE state = 'examining' GROUP BY assignee_id ORDER BY count(*) DESC LIMIT 1"
    giver = web.ask(busiest)[0][0]
    work = [UUID(str(one)) for (one,) in web.ask(f"SELECT id FROM dossiers_dossier WHERE state = 'examining' AND assignee_id = '{giver}'")]
    passed = "verb = 'pass_on' AND dossier_id IN (" + ", ".join(f"'{web.row_id(str(one))}'" for one in work) + ")"
    before, page = web.count("dossiers_step", passed), f"/ban-giao/?tu={UUID(str(giver))}"
    heads = [Official(web.live.port, name) for name in ("quantri", "quantri2")]
    receivers = _receivers(heads[0].call("GET", page)[2])[:2]
    forms = [
        urlencode(
            {
                "csrfmiddlewaretoken": head.form_token(page),
                "giver": UUID(str(giver)),
                "receiver": receiver,
                "note": "nghỉ",
                "dossier": work,
            },
            True,
        )
        for head, receiver in zip(heads, receivers, strict=True)
    ]

    answers = _at_once([partial(head.call, "POST", "/ban-giao/", form) for head, form in zip(heads, forms, strict=True)])

    assert sorted(status for status, _headers, _page in answers) == [302, 409]
    assert web.count("dossiers_step", passed) == before + len(work)
    winner = receivers[0] if answers[0][0] == 302 else receivers[1]
    ids = ", ".join(f"'{web.row_id(str(one))}'" for one in work)
    assert {UUID(str(one)) for (one,) in web.ask(f"SELECT assignee_id FROM dossiers_dossier WHERE id IN ({ids})")} == {UUID(winner)}


def _receivers(page: str) -> list[str]:
    """Return the ids of who may take work over, as the page offers them."""
    offered = re.search(r'<select[^>]*name="receiver".*?</select>', page, re.DOTALL)
    assert offered is not None, page[:2000]
    return re.findall(r'value="([0-9a-f-]{36})"', offered[0])


def test_two_signers_at_once_give_one_number(web: Programs) -> None:
    code, state = web.ask("SELECT code, state FROM dossiers_dossier WHERE state = 'in_review' AND issued_by = 'commune' ORDER BY code")[0]
    signers = [Official(web.live.port, "phochutich") for _ in range(2)]
    forms = [f"csrfmiddlewaretoken={signer.form_token(f'/ho-so/{code}/')}" for signer in signers]
    numbers = web.count("dossiers_resultnumber", "state = 'used'")

    _at_once([partial(one.call, "POST", f"/ho-so/{code}/viec/sign/", form) for one, form in zip(signers, forms, strict=True)])

    assert state == "in_review"
    assert web.ask(f"SELECT state FROM dossiers_dossier WHERE code = '{code}'") == [("solved",)]
    assert web.count("dossiers_resultnumber", "state = 'used'") == numbers + 1
    assert web.count("dossiers_resultnumber", "state = 'reserved'") == 0


def test_what_a_phone_sent_eight_times_and_two_officials_confirm_at_once_is_one_dossier(web: Programs) -> None:
    version = web.ask("SELECT version_id FROM dossiers_dossier WHERE procedure_code = '2.000815' LIMIT 1")[0][0]
    item = ITEM | {"id": str(uuid4()), "version": str(version), "secret": uuid4().hex}
    content = json.dumps(item).encode()
    same = f"id = '{web.row_id(item['id'])}'"
    before = web.count("dossiers_dossier")

    told = _at_once([partial(send_from_phone, web.live.port, content)] * 8)

    assert {(status, answer["state"]) for status, answer in told} == {(200, "waiting_for_person")}, told
    assert web.count("dossiers_arrival", same) == web.count("dossiers_draft", same) == 1

    address = f"/mot-cua/cho-xac-nhan/{item['id']}/"
    officials = [Official(web.live.port, "tiepnhan") for _ in range(2)]
    paper = urlencode({"name": "Giàng A Pao", "personal_number": "000190000001", "paper": "căn cước", "do": "confirm"})
    forms = [f"csrfmiddlewaretoken={one.form_token(address)}&{paper}" for one in officials]
    answers = _at_once([partial(one.call, "POST", address, form) for one, form in zip(officials, forms, strict=True)])

    assert {headers.get("location", page[:500]) for _status, headers, page in answers} == {_case_of(web, same)}
    assert web.count("dossiers_dossier") == before + 1
    assert web.count("dossiers_step", f"dossier_{same}") == 1
    assert send_from_phone(web.live.port, content)[1]["state"] == "received"


def _case_of(web: Programs, same: str) -> str:
    return f"/ho-so/{web.ask(f'SELECT code FROM dossiers_dossier WHERE {same}')[0][0]}/"


def test_while_another_program_holds_the_database_requests_wait(web: Programs, program: Program) -> None:
    before = web.count("dossiers_dossier")
    with ThreadPoolExecutor(4) as pool, web.database_held():
        waiting = [pool.submit(program.file, uuid4().hex) for _ in range(4)]
        time.sleep(HELD_SECONDS)
        early = [future for future in waiting if future.done()]
    answers = [future.result() for future in waiting]

    assert not early
    assert [status for status, _answer in answers] == [201] * 4
    assert web.count("dossiers_dossier") == before + 4
    assert "Traceback" not in web.log("web")


def test_pages_can_be_read_while_another_program_writes(web: Programs) -> None:
    with web.database_held():
        status, _headers, page = Official.call(_Nobody(web.live.port), "GET", "/thu-tuc/2.000815/")

    assert status == 200
    assert "2.000815" in page


def test_pages_can_be_read_while_many_wait_to_write(web: Programs, program: Program) -> None:
    before = web.count("dossiers_dossier")
    with ThreadPoolExecutor(WRITERS) as pool:
        with web.database_held():
            waiting = [pool.submit(program.file, uuid4().hex) for _ in range(WRITERS)]
            time.sleep(1)
            seconds = [_seconds_of_a_page(web.live.port) for _ in range(6)]
        answers = [one.result() for one in waiting]

    assert max(seconds) < 3
    filed = [status for status, _answer in answers].count(201)
    assert {status for status, _answer in answers} <= {201, 503}
    assert filed >= WRITERS // 2
    assert web.count("dossiers_dossier") == before + filed


def _seconds_of_a_page(port: int) -> float:
    begun = time.monotonic()
    status, _headers, _page = Official.call(_Nobody(port), "GET", "/thu-tuc/2.000815/")
    assert status == 200
    return time.monotonic() - begun


class _Nobody(Official):
    """A browser that nobody signed in with."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies = {}


def test_without_a_worker_cases_go_on_and_messages_wait(web: Programs, program: Program) -> None:
    _settle(web)
    messages = web.count("notices_message")

    _status, dossier = program.file(uuid4().hex)
    moves = [program.move(dossier["id"], verb)[0] for verb in ("accept", "take")]

    assert moves == [200, 200]
    assert web.count("platform_outboxmessage", "done_at IS NULL") == 3
    assert web.count("notices_message") == messages

    _settle(web)
    subject = f"dossier:{dossier['id']}"
    sent = web.ask(f"SELECT template, count(*) FROM notices_message WHERE subject = '{subject}' GROUP BY template ORDER BY template")
    assert [number for _template, number in sent] == [1] * len(sent)
    assert len(sent) >= 2


def _settle(web: Programs) -> None:
    """Let the worker tell all facts, then stop it."""
    web.start("work")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while web.count("platform_outboxmessage", "done_at IS NULL"):
        assert time.monotonic() < deadline, web.log("work")[-3000:]
        time.sleep(0.1)
    web.kill("work")


def test_an_upload_that_is_cut_leaves_nothing_behind(web: Programs) -> None:
    official = Official(web.live.port, "tiepnhan")
    token = official.form_token("/mot-cua/moi/")
    _status, headers, _page = official.call("POST", "/mot-cua/moi/2.000815/", f"csrfmiddlewaretoken={token}")
    place = headers["location"]
    attachments, files = web.count("dossiers_attachment"), files_below(web.live.data_dir)

    _cut_upload(web.live.port, place, official.cookie, official.form_token(place))

    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        assert web.count("dossiers_attachment") == attachments
        time.sleep(0.5)
    left = {path for path in files_below(web.live.data_dir) - files if "sqlite3" not in path.name}
    assert left == set()
    status, _headers, page = official.call("GET", place)
    assert status == 200
    assert "2.000815" in page or "csrfmiddlewaretoken" in page
    assert "Traceback" not in web.log("web")


def _cut_upload(port: int, place: str, cookie: str, token: str) -> None:
    """Begin to send a photo of 2 MB and hang up in the middle."""
    boundary = "ranh-gioi"
    start = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="do"\r\n\r\nscan\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="scan-original"; filename="anh.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    ).encode()
    head = (
        f"POST {place} HTTP/1.1\r\nHost: {LOOPBACK}:{port}\r\nCookie: {cookie}\r\n"
        f"Content-Type: multipart/form-data; boundary={boundary}\r\nContent-Length: {len(start) + 2_000_000}\r\n\r\n"
    ).encode()
    with socket.create_connection((LOOPBACK, port), timeout=10) as connection:
        connection.sendall(head + start + b"\xff\xd8\xff\xe0" + b"\x00" * 900_000)


def test_an_api_body_that_is_cut_makes_no_dossier(web: Programs, program: Program) -> None:
    before = web.count("dossiers_dossier")
    head = (
        f"POST /api/v1/dossiers HTTP/1.1\r\nHost: {LOOPBACK}:{web.live.port}\r\nAuthorization: Bearer {program.token}\r\n"
        f"Idempotency-Key: {uuid4().hex}\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
    ).encode()
    with socket.create_connection((LOOPBACK, web.live.port), timeout=10) as connection:
        connection.sendall(head + b'{"procedure_code": "2.000815", "applicant": {"name": "A"}')

    assert program.file(uuid4().hex)[0] == 201
    assert web.count("dossiers_dossier") == before + 1


def test_of_two_imports_at_once_both_are_kept_and_the_later_one_waits(web: Programs, tmp_path: Path) -> None:
    codes = [f"1.90{number:04}" for number in range(60)]
    files = [national_file(tmp_path / name, *map(national_record, some)) for name, some in (("a.jsonl", codes), ("b.jsonl", codes[:20]))]

    _at_once([partial(web.live.xaso, "import-procedures", str(file)) for file in files])

    assert web.count("procedures_nationaledition") == len(files)
    assert web.count("procedures_nationaledition", "state = 'waiting'") == 1
    assert web.count("procedures_nationalrecord") == 80
