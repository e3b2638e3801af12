"""Carrying over a real socket: what is sent, and what no receiver can do to us."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from xaso.apps.webhooks.adapters.http import HttpCarrier
from xaso.apps.webhooks.ports import Answer, Parcel
from xaso.apps.webhooks.testing import LOOPBACK, Behaviour, Receiver, answering, receiver, saying, without_end
from xaso.platform.testing import certificate_for

BODY = '{"type":"dossiers.accept","data":{"code":"XS-1","note":"đã nhận"}}'


@pytest.fixture
def program() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


def carry(url: str, carrier: HttpCarrier | None = None) -> Answer:
    return (carrier or HttpCarrier(LOOPBACK, timeout_seconds=0.6)).carry(Parcel(url, {"webhook-id": "e-1"}, BODY))


def test_a_parcel_arrives_as_one_post(program: Receiver) -> None:
    answer = carry(program.url)

    (heard,) = program.heard
    assert (answer.status, answer.problem) == (204, "")
    assert heard.line == "POST /nhan?kenh=1 HTTP/1.1"
    assert heard.body == BODY
    assert heard.headers["host"] == f"127.0.0.1:{program.port}"
    assert (heard.headers["content-type"], heard.headers["webhook-id"]) == ("application/json", "e-1")
    assert "cookie" not in heard.headers


@pytest.mark.parametrize("status", [200, 202, 301, 302, 307, 400, 404, 410, 429, 500, 503])
def test_each_status_is_told_as_it_is_and_no_redirect_followed(program: Receiver, status: int) -> None:
    program.usual = answering(status, f"Location: {program.url}")

    assert carry(program.url).status == status

    assert len(program.heard) == 1


def test_a_wish_to_wait_is_heard(program: Receiver) -> None:
    for said, wish in (("120", 120), ("Wed, 21 Oct 2026 07:28:00 GMT", 0), ("-5", 0), ("9" * 40, 0), ("٣", 0)):
        program.behaviours.append(saying(f"HTTP/1.1 503 busy\r\nretry-after: {said.encode().decode('latin-1')}\r\n\r\n"))
        assert carry(program.url).wish == timedelta(seconds=wish)


def test_an_interim_answer_is_not_the_answer(program: Receiver) -> None:
    program.usual = saying("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Created\r\n\r\n")

    assert carry(program.url).status == 201


@pytest.mark.parametrize(
    ("behaviour", "problem"),
    [
        (saying(""), "connection"),
        (saying("HTTP/1.1 200"), "answer"),
        (saying("SSH-2.0-x\r\n\r\n"), "answer"),
        (saying("HTTP/1.1 200 OK\r\nX: " + "a" * 40_000), "answer"),
        (saying("HTTP/1.1 100 Continue\r\n\r\n" * 50), "answer"),
        (saying("HTTP/1.1 200 OK\r\n\r\n", pause_seconds=3), "time"),
        (without_end("HTTP/1.1 200 OK\r\n", "a", 0.05), "time"),
        (without_end("HTTP/1.1 200 OK\r\nX: ", "a" * 4096, 0), "answer"),
    ],
    ids=["hangs up", "half a line", "no HTTP", "endless header", "only interim", "slow", "drips", "floods"],
)
def test_no_receiver_holds_us_longer_than_we_said(program: Receiver, behaviour: Behaviour, problem: str) -> None:
    program.usual = behaviour
    before = time.monotonic()

    answer = carry(program.url)

    assert (answer.status, answer.problem) == (None, problem)
    assert time.monotonic() - before < 1.2
    assert answer.milliseconds <= 1200


def test_an_answer_without_end_is_known_by_its_first_lines(program: Receiver) -> None:
    program.usual = without_end("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", "a" * 4096, 0)

    assert carry(program.url).status == 200


def test_nobody_there_and_no_such_name_are_told() -> None:
    assert carry("http://127.0.0.1:9/").problem == "connection"

    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such name")

    assert carry("http://khong-co.example/", HttpCarrier(LOOPBACK, resolve=unknown)).problem == "name"
    assert carry("http://khong-co.example/", HttpCarrier(LOOPBACK, resolve=lambda _host, _port: [])).problem == "name"


def test_a_private_place_is_never_asked(program: Receiver) -> None:
    for url in (program.url, f"http://localhost:{program.port}/", f"https://127.0.0.1:{program.port}/"):
        assert carry(url, HttpCarrier(timeout_seconds=1)).problem == "address"

    assert program.heard == []


def test_a_name_that_means_another_place_a_moment_later_gains_nothing(program: Receiver) -> None:
    """DNS rebinding: the name is looked up once, judged, and the place that was judged is where we go."""
    asked = []

    def twofold(_host: str, _port: int) -> list[str]:
        asked.append(1)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    answer = carry(f"http://doi-cho.example:{program.port}/", HttpCarrier(LOOPBACK, timeout_seconds=1, resolve=twofold))

    assert (answer.status, len(asked)) == (204, 1)
    assert program.heard[0].headers["host"] == f"doi-cho.example:{program.port}"


def test_the_next_place_of_a_name_is_tried_when_the_first_is_closed(program: Receiver) -> None:
    carrier = HttpCarrier(LOOPBACK, resolve=lambda _host, _port: ["127.0.0.2", "127.0.0.1"])

    assert carry(program.url, carrier).status == 204


def test_under_tls_the_name_must_be_vouched_for(tmp_path: Path) -> None:
    certificate = certificate_for("nhan.example", tmp_path)
    to_loopback = {"allowed": LOOPBACK, "timeout_seconds": 2, "resolve": lambda _host, _port: ["127.0.0.1"]}
    with receiver(certificate) as program:
        trusting = HttpCarrier(ca_file=str(certificate), **to_loopback)  # type: ignore[arg-type]

        assert carry(f"https://nhan.example:{program.port}/", trusting).status == 204
        assert carry(f"https://khac.example:{program.port}/", trusting).problem == "certificate"
        assert carry(f"https://nhan.example:{program.port}/", HttpCarrier(**to_loopback)).problem == "certificate"  # type: ignore[arg-type]
        assert len(program.heard) == 1


def test_a_receiver_that_stops_in_the_middle_of_tls_is_left(program: Receiver) -> None:
    before = time.monotonic()

    assert carry(f"https://127.0.0.1:{program.port}/").problem in {"time", "certificate", "connection"}

    assert time.monotonic() - before < 1.2
