"""A sentence spoken by a person, in a real browser with a microphone: recorded, heard, sent, approved by another, heard by citizens."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cutting import wait_for
from tests.journeys.accessibility import assert_accessible
from tests.journeys.camera import with_camera
from tests.journeys.conftest import ALONE, PATIENCE_MS, PHONE
from tests.journeys.test_official_story import official
from tests.live import Live

pytestmark = [pytest.mark.browser, pytest.mark.once]

PAGE = "/chua-co-song/"
A_SENTENCES_TIME_MS = 2_000
COUNT_PLAYED = """
  window.played = [];
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function () {
    if (!(this.context instanceof OfflineAudioContext)) window.played.push(this.buffer.duration);
    return start.call(this);
  };
"""
LENGTH = "sound => new Promise((done) => { sound.oncanplay = () => done(sound.duration); sound.load(); })"
NOTE_SOUNDS = """
  window.heard = [];
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    const { src } = this;
    this.addEventListener("ended", () => window.heard.push(src), { once: true });
    this.playbackRate = 8;
    return play.call(this);
  };
"""


@pytest.fixture(scope="module")
def with_microphone(browser: Browser) -> Iterator[Browser]:
    """Yield a browser with a microphone that hums and that pages may use."""
    started = with_camera(browser)
    yield started
    started.close()


def sentences(page: Page, language: str) -> None:
    """Open the sentences of the page in the language."""
    page.goto(f"/quan-tri/giong-noi/?tieng={language}")
    page.get_by_role("link", name="Chưa có sóng", exact=True).click()
    page.wait_for_url(f"**/quan-tri/giong-noi/{language}/*/")


def test_a_sentence_is_recorded_heard_sent_approved_and_heard_by_citizens(browser: Browser, with_microphone: Browser, live: Live) -> None:
    assert "0 câu chưa có giọng" in live.xaso("speak", "--language", "vi", PAGE)
    speaker = official(with_microphone, live, "tiepnhan")
    speaker.add_init_script(COUNT_PLAYED)
    sentences(speaker, "tyz")
    line = speaker.locator("ol.cau > li").first
    text = line.locator("p").first.inner_text()
    expect(line.get_by_role("button", name="Nghe lại")).to_be_hidden()
    assert_accessible(speaker)

    line.get_by_role("button", name="Bắt đầu thu").click()
    stop = line.get_by_role("button", name="Dừng thu")
    expect(stop).to_be_visible()
    expect(line.get_by_role("status")).to_contain_text("Đang thu")
    speaker.wait_for_timeout(A_SENTENCES_TIME_MS)
    stop.click()
    line.get_by_role("button", name="Nghe lại").click()
    (seconds,) = speaker.evaluate("window.played")
    assert 1 < seconds < 4
    line.get_by_role("button", name="Gửi bản thu").click()
    expect(speaker.get_by_text("Đã nhận bản thu")).to_be_visible()
    expect(line.get_by_text("Chờ duyệt")).to_be_visible()
    expect(line.get_by_role("button", name="Duyệt")).to_be_hidden()

    head = official(browser, live, "giamdoc")
    head.goto(urlsplit(speaker.url).path)
    waiting = head.locator("ol.cau > li").first
    assert (
        waiting.locator("audio").evaluate("sound => new Promise(done => { sound.oncanplay = () => done(sound.duration); sound.load(); })")
        > 0
    )
    assert_accessible(head)
    waiting.get_by_role("button", name="Duyệt").click()
    expect(head.locator("ol.cau > li").first.get_by_text("Người dân nghe được")).to_be_visible()

    citizen = browser.new_context(base_url=live.url, locale="vi-VN", **ALONE, **PHONE).new_page()
    citizen.add_init_script(f"localStorage.tieng = 'tyz'; {NOTE_SOUNDS}")
    citizen.goto(PAGE)
    citizen.click("[data-nghe]")
    heard = wait_for(lambda: citizen.evaluate("window.heard"))
    assert "/nghe/nguoi/" in heard[0], text


def test_a_microphone_that_is_refused_says_so_and_a_file_does_as_well(browser: Browser, live: Live) -> None:
    live.xaso("speak", "--language", "vi", PAGE)
    unwilling = with_camera(browser, allowed=False)
    page = official(unwilling, live, "tiepnhan")
    sentences(page, "tyz")
    line = page.locator("ol.cau > li").first
    line.get_by_role("button", name="Bắt đầu thu").click()

    expect(line.get_by_role("status")).to_contain_text("Máy này không cho thu", timeout=PATIENCE_MS)
    expect(line.locator("input[type=file]")).to_be_visible()
    assert_accessible(page)
    unwilling.close()
