"""Photos over weak signals: a public tus client, cuts and kills over a real socket, and a phone that sends while the person answers on."""

import os
import signal
import socket
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests
from tusclient.client import TusClient

from tests.live import Live

pytestmark = pytest.mark.browser

TUS = {"Tus-Resumable": "1.0.0"}
CONTENT = bytes(i * 31 % 251 for i in range(200_000))


def begun(live: Live, size: int = len(CONTENT)) -> str:
    """Announce a file as the protocol says and return its address."""
    answer = requests.post(f"{live.url}/tai-len/", headers={**TUS, "Upload-Length": str(size)}, timeout=10)
    return live.url + answer.headers["Location"]


def offset(address: str) -> int:
    """Return how far the server says it is."""
    return int(requests.head(address, headers=TUS, timeout=10).headers["Upload-Offset"])


def append(address: str, at: int, content: bytes) -> requests.Response:
    """Send a piece."""
    headers = {**TUS, "Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
    return requests.patch(address, content, headers=headers, timeout=10)


def half_a_patch(live: Live, address: str, at: int, content: bytes, promised: int) -> socket.socket:
    """Promise a number of bytes, send fewer and leave the connection open."""
    connection = socket.create_connection(("127.0.0.1", live.port))
    head = f"PATCH {address.removeprefix(live.url)} HTTP/1.1\r\nHost: 127.0.0.1:{live.port}\r\nTus-Resumable: 1.0.0\r\n"
    head += f"Content-Type: application/offset+octet-stream\r\nUpload-Offset: {at}\r\nContent-Length: {promised}\r\n\r\n"
    connection.sendall(head.encode() + content)
    return connection


def settled(address: str, wanted: int) -> int:
    """Return the offset once it is as wanted, or what it is after some seconds."""
    for _ in range(60):
        if offset(address) == wanted:
            break
        time.sleep(0.05)
    return offset(address)


def test_a_public_client_sends_stops_and_goes_on(live: Live) -> None:
    client = TusClient(f"{live.url}/tai-len/")
    metadata = {"filename": "giấy chứng sinh.jpg"}
    uploader = client.uploader(file_stream=BytesIO(CONTENT), chunk_size=30_000, metadata=metadata, upload_checksum=True)
    uploader.upload(stop_at=90_000)
    address = str(uploader.url)
    assert offset(address) == 90_000

    again = client.uploader(file_stream=BytesIO(CONTENT), chunk_size=30_000, url=address)
    assert again.offset == 90_000
    again.upload()
    assert kept(live, address) == CONTENT


def test_a_cut_at_any_byte_keeps_what_came_and_goes_on(live: Live) -> None:
    address = begun(live)
    at = 0
    for more in (1, 1, 4094, 12_288, 1, 50_000, 0, 70_001):
        half_a_patch(live, address, at, CONTENT[at : at + more], len(CONTENT) - at).close()
        at += more
        assert settled(address, at) == at
    assert append(address, at, CONTENT[at:]).status_code == 204
    assert kept(live, address) == CONTENT


def test_a_dead_connection_does_not_keep_the_phone_from_going_on(live: Live) -> None:
    address = begun(live)
    with half_a_patch(live, address, 0, CONTENT[:100], len(CONTENT)) as dead:
        assert append(address, 0, CONTENT).status_code == 204
        dead.sendall(b"x" * (len(CONTENT) - 100))
        refused = dead.recv(200)
    assert refused.startswith((b"HTTP/1.1 423 ", b"HTTP/1.1 409 "))
    assert kept(live, address) == CONTENT


def test_what_was_acknowledged_outlives_a_kill(live: Live) -> None:
    address = begun(live)
    acknowledged = int(append(address, 0, CONTENT[:123_456]).headers["Upload-Offset"])
    with half_a_patch(live, address, acknowledged, CONTENT[acknowledged:160_000], len(CONTENT) - acknowledged):
        for worker in workers(live):
            os.kill(worker, signal.SIGKILL)
        while not live.is_up():
            time.sleep(0.05)

    at = offset(address)
    assert acknowledged <= at <= 160_000
    assert append(address, at, CONTENT[at:]).status_code == 204
    assert kept(live, address) == CONTENT


def workers(live: Live) -> list[int]:
    """Return the processes that answer requests."""
    web = live.pids()["web"]
    return [int(pid) for pid in Path(f"/proc/{web}/task/{web}/children").read_text().split()]


def kept(live: Live, address: str) -> Any:
    """Return what lies on the disk."""
    upload_id = address.rpartition("/")[2]
    return (live.data_dir / "uploads" / upload_id[:2] / upload_id).read_bytes()
