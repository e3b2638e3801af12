"""The service worker asks to be called again as long as something waits, tells open pages when, and shows kept pages in time."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

NODE = shutil.which("node") or "node"
FILED_AT = "2026-11-25T08:00:00Z"
FAR_AHEAD_MS = 30 * 60_000
RECEIVED = {"xaso": 1, "state": "received", "code": "H12.34-261125-0001"}
SYNC = {"kind": "sync", "tag": "xaso-gui", "lastChance": False}
NOTHING_WAITS = {"rest": 0}


def item(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": f"item-{number}", "secret": "s", "state": "waiting", "filed_at": FILED_AT, "made_at": FILED_AT, **more}


def worker(
    event: dict[str, Any],
    items: list[dict[str, Any]],
    *answers: Any,
    pages: dict[str, str] | None = None,
    link: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what the worker did about an event: its outcome, the items after it, what it asked of the browser and told pages."""
    given = json.dumps({"event": event, "items": items, "answers": answers, "pages": pages or {}, "link": link})
    script = Path(__file__).with_name("worker.js")
    done = subprocess.run([NODE, str(script)], input=given, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def visit_of(path: str) -> dict[str, Any]:
    return {"kind": "fetch", "request": {"url": f"http://xa.test{path}", "method": "GET", "mode": "navigate"}}


def message(what: str) -> dict[str, Any]:
    return {"kind": "message", "data": {"what": what, "language": "vi"}}


def put_off(**more: Any) -> dict[str, Any]:
    """Return an item whose own pause lasts for long: it failed often."""
    return item(tries=9, next_at=_now_ms() + FAR_AHEAD_MS, **more)


def _now_ms() -> int:
    done = subprocess.run([NODE, "-p", "Date.now()"], capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_a_sync_fails_while_something_waits_so_that_the_browser_calls_again() -> None:
    told = worker(SYNC, [item()], "cut")

    assert told["outcome"] == "failed: xaso-gui"
    assert told["items"][0]["state"] == "waiting"
    assert told["wished"] == [], "asked for anew in the middle of one it would come at once, and again"


def test_a_sync_is_done_once_everything_has_arrived() -> None:
    told = worker(SYNC, [item()], RECEIVED)

    assert told["outcome"] == "done"
    assert told["items"][0]["code"] == RECEIVED["code"]
    assert told["told"][-1] == NOTHING_WAITS


def test_the_browsers_last_call_asks_for_another() -> None:
    told = worker({**SYNC, "lastChance": True}, [item()], "cut")

    assert told["outcome"] == "failed: xaso-gui"
    assert told["wished"] == ["xaso-gui"]


def test_a_signal_ends_a_long_pause_of_the_phone() -> None:
    for event in (SYNC, message("visit")):
        assert worker(event, [put_off()], RECEIVED)["items"][0]["state"] == "received", event


def test_a_signal_does_not_end_a_pause_that_the_commune_asked_for() -> None:
    busy = put_off(held_until=_now_ms() + FAR_AHEAD_MS)

    for event in (SYNC, message("visit")):
        told = worker(event, [busy], RECEIVED)
        assert not any("/gui/" in address for address in told["asked"])
        assert told["items"][0]["state"] == "waiting"
    assert worker(message("send"), [busy], RECEIVED)["items"][0]["state"] == "received", "a person who presses is heeded"


def test_what_the_commune_asks_for_is_kept_as_its_pause() -> None:
    told = worker(message("send"), [item()], {"status": 503, "headers": {"Retry-After": "600"}})

    assert 400_000 < told["items"][0]["held_until"] - _now_ms() < 800_000


def test_failed_sending_asks_the_browser_and_the_open_pages_to_wake_the_worker() -> None:
    told = worker(message("visit"), [item()], "cut")

    assert told["wished"] == ["xaso-gui"]
    assert 5_000 <= told["told"][-1]["rest"] <= 60_000


def test_pages_wake_the_worker_only_for_what_is_due() -> None:
    assert worker(message("due"), [put_off()], RECEIVED)["asked"] == []
    assert worker(message("due"), [item()], RECEIVED)["items"][0]["state"] == "received"
    assert worker(message("due"), [], RECEIVED)["told"] == [NOTHING_WAITS]


def test_each_received_item_is_asked_after_by_itself_and_one_that_the_commune_lost_is_shown() -> None:
    received = [item(number, state="received", code=f"H12.34-261125-000{number}", heard_at=0) for number in (1, 2)]
    lost = {"xaso": 1, "status": 404, "said": "Xã không tìm thấy hồ sơ này nữa."}
    news = {**RECEIVED, "messages": [{"said": "Cần bổ sung"}]}

    first, second = worker(message("visit"), received, {"/gui/item-1/": lost, "/gui/item-2/": news})["items"]

    assert (first["state"], first["said"], first["code"]) == ("see", lost["said"], "H12.34-261125-0001")
    assert second["messages"] == news["messages"]


def test_an_item_that_the_commune_has_again_is_received_again() -> None:
    (one,) = worker(message("visit"), [item(state="see", said="x", heard_at=0)], RECEIVED)["items"]

    assert one["state"] == "received"


def test_what_must_be_looked_at_after_receipt_is_shown_though_the_phone_has_no_copy_any_more() -> None:
    look = {"xaso": 1, "state": "look", "faults": [], "said": "Hồ sơ nằm trong “Hồ sơ của tôi”."}

    (one,) = worker(message("visit"), [item(state="waiting_for_person", heard_at=0)], look)["items"]

    assert (one["state"], one["said"]) == ("see", look["said"])


def test_on_a_thin_link_each_visit_keeps_one_page_more_and_saved_data_none() -> None:
    shell, forms = ["/chua-co-song/", "/may-nay/"], {"pages": ["/ngoai-tuyen/1/", "/ngoai-tuyen/2/"]}
    here = dict.fromkeys([*shell, "/ngoai-tuyen/1/"], "kept")
    answers = {"/may-nay/trang.json": forms, "headers": {"Xaso-Phone-May-Keep": "1"}}

    def asked(kept: dict[str, str], **link: Any) -> list[str]:
        addresses: list[str] = worker(message("visit"), [], answers, pages=kept, link=link)["asked"]
        return addresses

    assert asked({}, effectiveType="2g")[-1:] == ["/chua-co-song/"]
    assert asked(here, effectiveType="2g")[-1:] == ["/ngoai-tuyen/2/"]
    assert asked({**here, "/ngoai-tuyen/2/": "kept"}, effectiveType="2g") == ["/may-nay/trang.json"]
    assert asked(dict.fromkeys(shell, "kept"), saveData=True) == []


def test_a_link_that_carries_nothing_does_not_hold_a_page_that_is_kept() -> None:
    assert worker(visit_of("/"), [], "silence", pages={"/": "kept"})["outcome"] == "kept"


@pytest.mark.parametrize("what", ["save", "save-voice", "keep-all"])
def test_who_saves_over_a_link_that_neither_answers_nor_breaks_is_told_that_nothing_came(what: str) -> None:
    asked = message(what)
    asked["data"] |= {"address": "/ngoai-tuyen/1/", "list": "/nghe/danh-sach/?trang=/", "kind": ".ogg"}

    told = worker(asked, [item()], "silence")

    assert (told["outcome"], told["replied"]) == ("done", [False])
    assert [(one["id"], one["state"]) for one in told["items"]] == [("item-1", "waiting")]


def test_a_page_that_answers_in_time_is_shown_as_it_is_now() -> None:
    assert worker(visit_of("/"), [], {"now": 1}, pages={"/": "kept"})["outcome"] == '{"now":1}'


SUPPLEMENTS = "/gui/bo-sung/"
CODE = "H12.34-261125-0001"
ASKED = {"request": "r-2", "code": CODE, "name": "Sao y", "language": "vi", "items": []}


def supplement(number: int = 1, **more: Any) -> dict[str, Any]:
    return item(number, kind="supplement", code=CODE, request="r-1", turn=number, **more)


def test_what_was_asked_for_goes_to_its_own_address_and_is_asked_after_no_more() -> None:
    told = worker(message("send"), [supplement()], {**RECEIVED, "said": "Xã đã nhận giấy tờ bổ sung"})

    assert (told["asked"], told["items"][0]["state"]) == ([SUPPLEMENTS], "received")


def test_an_answer_that_failed_keeps_the_later_one_of_the_same_dossier_waiting() -> None:
    busy = {"status": 429, "headers": {"Retry-After": "600"}}
    other = item(3, turn=3)

    told = worker(message("send"), [supplement(2), supplement(1), other], {SUPPLEMENTS: busy, "/gui/": RECEIVED, "/gui/item-3/": RECEIVED})

    assert [one["id"] for one in told["items"] if one["state"] == "received"] == ["item-3"]
    assert told["asked"].count(SUPPLEMENTS) == 1


def test_turns_and_not_the_phones_clock_tell_the_order() -> None:
    earlier, later = supplement(1, filed_at="2031-01-01T00:00:00Z"), supplement(2, filed_at="2020-01-01T00:00:00Z")

    told = worker(message("send"), [later, earlier], "cut")

    assert [bool(one.get("tries")) for one in told["items"]] == [False, True]


def test_who_must_sign_in_first_keeps_all_and_is_tried_again_at_a_visit() -> None:
    told = worker(message("send"), [supplement()], {"xaso": 1, "state": "sign_in", "said": "Anh/chị đăng nhập một lần."})
    (waiting,) = told["items"]

    assert (waiting["state"], waiting["needs"], waiting["said"]) == ("waiting", "sign_in", "Anh/chị đăng nhập một lần.")
    (sent,) = worker(message("visit"), [waiting], RECEIVED)["items"]
    assert (sent["state"], sent["needs"]) == ("received", "")


def test_asked_anew_meanwhile_what_the_phone_holds_is_for_the_new_request() -> None:
    look = {"xaso": 1, "state": "look", "faults": [], "said": "Xã không còn chờ giấy tờ này", "asked": ASKED}

    (one,) = worker(message("send"), [supplement()], look)["items"]

    assert (one["state"], one["request"], one["content"]["open"]["asked"]) == ("look", "r-2", ASKED)


def test_news_of_a_dossier_brings_what_is_asked_and_takes_it_away_again() -> None:
    received = item(state="received", code=CODE, heard_at=0)
    news = {**RECEIVED, "messages": []}

    asked = worker(message("visit"), [received], {**news, "asked": ASKED})["items"]
    assert [(one["kind"], one["request"]) for one in asked[1:]] == [("supplement", "r-2")]
    for answer in ({**news, "asked": None}, {**RECEIVED, "closed": True}):
        assert len(worker(message("visit"), [received, {**asked[1], "heard_at": _now_ms()}], answer)["items"]) == 1


def test_what_nobody_touched_goes_when_who_was_asked_is_not_signed_in_here() -> None:
    told = worker(message("visit"), [supplement(state="asked")], {"xaso": 1, "asked": None})

    assert "/gui/bo-sung/r-1/" in told["asked"]
    assert told["items"] == []


def test_a_dossier_that_cannot_be_had_leads_to_what_is_asked_in_it() -> None:
    kept = {"/may-nay/bo-sung/": "kept", "/chua-co-song/": "no signal"}
    asked = supplement(state="asked")

    assert (
        worker(visit_of(f"/ho-so-cua-toi/{CODE}/"), [asked], "cut", pages=kept)["redirected"]
        == "http://xa.test/may-nay/bo-sung/?ban=item-1"
    )
    assert worker(visit_of("/ho-so-cua-toi/H12.34-261125-0002/"), [asked], "cut", pages=kept)["outcome"] == "no signal"
