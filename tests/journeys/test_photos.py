"""Photos over weak signals: a public tus client, cuts and kills over a real socket, and a phone that sends while the person answers on."""

import base64
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from tusclient.client import TusClient

from bench import citizen
from tests.cutting import wait_for
from tests.journeys.accessibility import assert_accessible
from tests.live import Live
from xaso.platform.tests.file_samples import exif

pytestmark = pytest.mark.browser

TUS = {"Tus-Resumable": "1.0.0"}
WAITING = """() => new Promise((done) => {
  const opening = indexedDB.open("xaso-anh", 1);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("anh").objectStore("anh").getAll();
    asked.onsuccess = () => { opening.result.close(); done(asked.result.map((item) => item.name)); };
  };
})"""
SHRUNK = """async (text) => {
  const file = new File([Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))], "a.jpg", { type: "image/jpeg" });
  const told = {};
  for (const [name, saveData] of [["normal", false], ["slow", true]]) {
    Object.defineProperty(navigator, "connection", { value: { saveData }, configurable: true });
    const blob = await window.xasoPhoto.shrink(file);
    const picture = await createImageBitmap(blob);
    Object.assign(told, { [name]: [picture.width, picture.height], [`${name}_bytes`]: blob.size });
  }
  return told;
}"""
NOBODY_ELSE = 15
"""The place in the list of a citizen whom no other test signs in: her form is a new one."""
ROOT = Path(__file__).resolve().parents[2]
CONTENT = bytes(i * 31 % 251 for i in range(200_000))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Return a photo as a phone held upright writes it: lying, with a mark to turn it; grain enough to be worth shrinking."""
    path = tmp_path / "tờ khai.jpg"
    grain = Image.effect_noise((250, 188), 40).resize((2400, 1800), Image.Resampling.BICUBIC).convert("RGB")
    grain.save(path, quality=95, exif=exif(6))
    return path


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


@pytest.mark.once
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


@pytest.mark.once
def test_the_javascript_client_sends_stops_and_goes_on(live: Live) -> None:
    script = ROOT / "tests" / "phone" / "tus_client.js"
    command = [shutil.which("node") or "node", str(script), f"{live.url}/tai-len/", str(len(CONTENT))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["stopped"] == 90_000
    assert told["begun"] >= 90_000, "what was sent is not sent again"
    assert kept(live, told["address"]) == CONTENT


@pytest.mark.once
def test_a_cut_at_any_byte_keeps_what_came_and_goes_on(live: Live) -> None:
    address = begun(live)
    at = 0
    for more in (1, 1, 4094, 12_288, 1, 50_000, 0, 70_001):
        half_a_patch(live, address, at, CONTENT[at : at + more], len(CONTENT) - at).close()
        at += more
        assert settled(address, at) == at
    assert append(address, at, CONTENT[at:]).status_code == 204
    assert kept(live, address) == CONTENT


@pytest.mark.once
def test_a_dead_connection_does_not_keep_the_phone_from_going_on(live: Live) -> None:
    address = begun(live)
    with half_a_patch(live, address, 0, CONTENT[:100], len(CONTENT)) as dead:
        while (status := append(address, at := offset(address), CONTENT[at:]).status_code) != 204:
            assert status in {409, 423}
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


@pytest.mark.once
def test_the_person_answers_on_while_the_photo_is_sent_over_a_thin_and_broken_signal(phone: Page, picture: Path) -> None:
    base = begin(phone)
    phone.goto(f"{base}giay-declaration_photo/")
    assert_accessible(phone)
    signal = phone.context.new_cdp_session(phone)
    thin = {"offline": False, "latency": 50, "downloadThroughput": 150_000, "uploadThroughput": 100_000}
    signal.send("Network.emulateNetworkConditions", thin)

    phone.locator("#tep-may").set_input_files(picture)
    expect(phone.locator(".anh small")).to_contain_text("Đang gửi ảnh")
    assert_accessible(phone)
    on(phone)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Trích lục khai tử")
    phone.locator("#tep").set_input_files([picture, picture])
    expect(phone.locator(".anh li")).to_have_count(1)
    signal.send("Network.emulateNetworkConditions", {**thin, "offline": True})
    expect(phone.locator(".anh small")).to_contain_text("Ảnh đã lưu trên máy này")
    signal.send("Network.emulateNetworkConditions", {**thin, "uploadThroughput": 1_000})
    phone.goto(f"{base}kiem-tra/")

    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="Nộp hồ sơ").click()
    expect(phone.get_by_text("gửi xong máy tự nộp")).to_be_visible()
    signal.send("Network.emulateNetworkConditions", thin)
    expect(phone.get_by_role("alert")).to_contain_text("cần sửa", timeout=30_000)
    assert phone.locator("[data-photo-of]").all_inner_texts() == [" 1 tệp", " 1 tệp"]
    wait_for(lambda: waiting(phone) == [])


@pytest.mark.once
def test_who_submits_while_a_photo_is_on_its_way_gets_the_code_and_nothing_stays_on_the_phone(
    browser: Browser, live: Live, picture: Path
) -> None:
    phone = citizen.phone(browser, live, citizen.signed_in(browser, live, NOBODY_ELSE)).new_page()
    citizen.to_form(phone)
    citizen.answer(phone)
    signal = phone.context.new_cdp_session(phone)
    slow = {"offline": False, "latency": 20, "downloadThroughput": 150_000, "uploadThroughput": 30_000}
    signal.send("Network.emulateNetworkConditions", slow)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))

    citizen.take_photo(picture)(phone)
    citizen.check(phone)
    citizen.submit(phone)

    assert not [address for address in asked if address.endswith("/nhan-anh/")]
    wait_for(lambda: waiting(phone) == [])
    phone.context.close()


FAULTS: tuple[dict[str, Any], ...] = (
    {"status": 500, "body": "<h1>Server Error (500)</h1>"},
    {"status": 200, "body": "<html>Đăng nhập Wi-Fi</html>", "content_type": "text/html"},
    {"status": 429, "body": "Anh/chị chờ ít phút.", "headers": {**TUS, "Retry-After": "9"}},
    {"status": 507, "body": "Máy chủ của xã đã hết chỗ.", "headers": TUS},
    {"status": 460, "body": "Tệp bị sai lệch.", "headers": TUS},
)


@pytest.mark.once
def test_whatever_answers_instead_the_photo_stays_and_goes_once_when_it_can(phone: Page, picture: Path) -> None:
    phone.goto(f"{begin(phone)}giay-declaration_photo/")
    line = phone.locator(".anh small")
    answers = iter(FAULTS)
    phone.route("**/tai-len/**", lambda route: route.fulfill(**next(answers)))
    phone.locator("#tep").set_input_files(picture)
    for fault in FAULTS:
        expect(line).to_contain_text(fault["body"] if "headers" in fault else "Ảnh đã lưu trên máy này, chưa gửi.")
        assert len(waiting(phone)) == 1
        if fault is not FAULTS[-1]:
            phone.evaluate("dispatchEvent(new Event('online'))")

    phone.unroute("**/tai-len/**")
    phone.reload()
    expect(line).to_contain_text("Đã gửi.")
    phone.reload()
    expect(phone.locator(".anh li button[name=remove]")).to_have_count(1)
    expect(phone.locator(".anh li")).to_have_count(1)


@pytest.mark.once
def test_a_photo_that_is_chosen_again_is_shown_once(phone: Page, picture: Path) -> None:
    phone.goto(f"{begin(phone)}giay-death_extract/")
    phone.locator("#tep").set_input_files(picture)
    expect(phone.locator(".anh small")).to_contain_text("Đã gửi.")
    for _time in range(2):
        phone.reload()
        with phone.expect_response("**/viec/nhan-anh/"):
            phone.locator("#tep").set_input_files(picture)
        wait_for(lambda: waiting(phone) == [])
        expect(phone.locator(".anh li")).to_have_count(1)
        expect(phone.locator(".anh li button[name=remove]")).to_have_count(1)


@pytest.mark.once
def test_what_the_commune_cannot_take_is_told_and_is_not_sent_again(phone: Page, tmp_path: Path) -> None:
    phone.goto(f"{begin(phone)}giay-declaration_photo/")
    program = tmp_path / "chương trình.pdf"
    program.write_bytes(b"MZ" + bytes(900))
    phone.locator("#tep").set_input_files(program)
    expect(phone.locator(".anh small")).to_contain_text("là chương trình máy tính")
    phone.reload()
    expect(phone.locator(".anh small")).to_contain_text("là chương trình máy tính")
    phone.locator(".anh button").click()
    expect(phone.locator(".anh li")).to_have_count(0)
    assert waiting(phone) == []


@pytest.mark.once
@pytest.mark.parametrize("maker", ["worker", "page"])
def test_a_photo_is_made_small_and_turned_upright_on_the_phone(phone: Page, picture: Path, maker: str) -> None:
    workers: list[str] = []
    phone.on("worker", lambda worker: workers.append(worker.url))
    if maker == "page":
        phone.add_init_script("delete self.OffscreenCanvas")
    phone.goto(f"{begin(phone)}giay-declaration_photo/")
    made = phone.evaluate(SHRUNK, base64.b64encode(picture.read_bytes()).decode())
    assert all(width < height <= 1600 for width, height in (made["normal"], made["slow"]))
    assert made["normal_bytes"] <= 250_000
    assert made["slow_bytes"] <= 100_000
    assert len(workers) == (2 if maker == "worker" else 0)


@pytest.mark.once
def test_a_browser_that_keeps_nothing_sends_with_the_form(phone: Page, picture: Path) -> None:
    base = begin(phone)
    phone.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    phone.goto(f"{base}giay-declaration_photo/")
    phone.locator("#tep").set_input_files(picture)
    expect(phone.locator(".anh li button[name=remove]")).to_have_count(1)
    assert phone.locator(".anh small").inner_text().endswith("KB")


def begin(page: Page) -> str:
    """Sign in, begin an application with two papers and return its base address."""
    page.goto("/nop-ho-so/1.001731/")
    page.get_by_role("link", name="Đăng nhập bằng tài khoản định danh điện tử").click()
    page.locator("button[name=person]").first.click()
    page.locator("#khai button").or_(page.get_by_role("button", name="Làm bản mới")).last.click()
    page.wait_for_url(re.compile(r"/nop-ho-so/[^/]+/[^/]+/[^/]+/$"))
    return f"{page.url.removesuffix('/').rpartition('/')[0]}/"


def on(page: Page) -> None:
    """Press “Tiếp tục” at the end of the screen."""
    page.get_by_role("main").get_by_role("button", name="Tiếp tục").click()


def waiting(page: Page) -> Any:
    """Return the names of the photos that lie on the phone."""
    return page.evaluate(WAITING)
