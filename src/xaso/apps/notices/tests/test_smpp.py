"""SMS over SMPP: a real conversation with the stand-in for a message centre, which behaves and misbehaves."""

import dataclasses
import time
from pathlib import Path
from typing import Any

import pytest

from xaso.apps.notices import rules
from xaso.apps.notices.adapters.smpp import SmppSettings, SmppSms
from xaso.apps.notices.adapters.smpp_session import SmppAccount
from xaso.apps.notices.ports import NotTaken, Unavailable, Undeliverable
from xaso.apps.notices.testing import StandInCentre, stand_in_centre
from xaso.apps.notices.tests.smpp_calls import LONG, PLAIN, SHORT, send, settings_for, told
from xaso.platform.testing import certificate_for


def test_a_short_text_with_marks_goes_as_one_message_in_ucs2(centre: StandInCentre, port: SmppSms) -> None:
    assert send(port) == "A0000000"

    (message,) = centre.seen()["messages"]
    assert (message["text"], message["coding"], message["octets"], message["joined"]) == (SHORT, 0x08, 70, None)
    assert (message["source"], message["source_type"]) == ("XABAONHAI", [5, 0])
    assert (message["destination"], message["destination_type"]) == ("84912345678", [1, 1])
    assert message["registered"] == 1


@pytest.mark.parametrize("text", [PLAIN, "@£$¥ \n^{}\\[~]|€ §ÄÖÑÜ äöñüà Δ_ΦΓΛΩΠΨΣΘΞ"])
def test_a_text_without_marks_goes_in_the_default_alphabet(centre: StandInCentre, port: SmppSms, text: str) -> None:
    send(port, text)

    (message,) = centre.seen()["messages"]
    assert (message["text"], message["coding"], message["joined"]) == (text, 0x00, None)


@pytest.mark.parametrize(
    ("text", "coding", "octets"),
    [
        ("đ" * 135, 0x08, [134, 134, 2]),
        ("a" * 307, 0x00, [153, 153, 1]),
        ("đ" * 66 + "😀" + "a" * 66, 0x08, [132, 134, 2]),
        ("a" * 152 + "€" + "a" * 10, 0x00, [152, 12]),
        (LONG, 0x08, [134, 134, 134, 102]),
    ],
)
def test_a_long_text_goes_in_joined_segments_and_arrives_whole(
    centre: StandInCentre, port: SmppSms, text: str, coding: int, octets: list[int]
) -> None:
    ids = send(port, text).split()

    seen = centre.seen()
    assert [message["octets"] for message in seen["messages"]] == octets
    assert {message["coding"] for message in seen["messages"]} == {coding}
    assert [message["joined"][1:] for message in seen["messages"]] == [[len(octets), n] for n in range(1, len(octets) + 1)]
    assert [message["id"] for message in seen["messages"]] == ids
    assert seen["joined"] == [{"to": "84912345678", "text": text, "parts": len(octets)}]


@pytest.mark.parametrize("text", [LONG, "a" * 500])
def test_a_long_text_may_go_whole_for_the_centre_to_cut(centre: StandInCentre, text: str) -> None:
    port = SmppSms(settings_for(centre, long_messages="payload"))

    assert len(send(port, text).split()) == 1

    (message,) = centre.seen()["messages"]
    assert (message["text"], message["is_payload"], message["joined"]) == (text, True, None)
    port.close()


def test_one_session_carries_all_and_takes_leave(centre: StandInCentre, port: SmppSms) -> None:
    before = centre.seen()["counts"]

    for _turn in range(3):
        send(port)
    port.close()

    after = centre.wait_for(lambda seen: seen["open"] == 0)["counts"]
    assert (after["bind"] - before["bind"], after["unbind"] - before["unbind"]) == (1, 1)


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (0x0B, Undeliverable),
        (0x01, Undeliverable),
        (0x65, Undeliverable),
        (0x08, NotTaken),
        (0x45, NotTaken),
        (0x64, NotTaken),
        (0xFF, NotTaken),
        (0x499, NotTaken),
        (0x0A, Unavailable),
        (0x04, Unavailable),
    ],
)
def test_each_answer_is_understood(centre: StandInCentre, port: SmppSms, status: int, failure: type[Exception]) -> None:
    centre.tell(mode="refused", status=status)

    with pytest.raises(failure, match=f"0x{status:X}"):
        send(port)

    assert centre.seen()["messages"] == []


def test_told_to_go_slower_it_waits_and_tries_again(centre: StandInCentre, port: SmppSms) -> None:
    centre.tell(mode="throttled", times=2)

    before = time.monotonic()
    assert send(port)

    assert 1.4 < time.monotonic() - before < 4
    assert len(centre.seen()["messages"]) == 1


def test_told_to_go_slower_for_long_it_lets_the_channel_rest(centre: StandInCentre, port: SmppSms) -> None:
    centre.tell(mode="throttled")

    with pytest.raises(Unavailable, match="0x58"):
        send(port)


def test_a_wrong_password_is_unavailable_and_says_so(centre: StandInCentre) -> None:
    settings = settings_for(centre)
    port = SmppSms(dataclasses.replace(settings, account=dataclasses.replace(settings.account, password="sai")))

    with pytest.raises(Unavailable, match="bind refused"):
        send(port)


def test_a_centre_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        send(SmppSms(SmppSettings(SmppAccount("127.0.0.1", 9, "xaso", timeout_seconds=1), "XA", (5, 0))))


@pytest.mark.parametrize(
    "conduct",
    [
        {"mode": "slow", "seconds": 3},
        {"mode": "silent"},
        {"mode": "down"},
        {"mode": "lost"},
        *({"mode": "wrong", "what": what} for what in ("sequence", "command", "length", "garbage")),
    ],
    ids=str,
)
def test_whatever_it_does_it_holds_nobody_up_and_is_reached_again_after(
    centre: StandInCentre, port: SmppSms, conduct: dict[str, Any]
) -> None:
    centre.tell(**conduct)
    before = time.monotonic()

    with pytest.raises(Unavailable):
        send(port)

    assert time.monotonic() - before < 2.5
    centre.tell(mode="normal", do="forget")
    send(port, "ok")
    assert "ok" in [message["text"] for message in centre.seen()["messages"]]


def test_a_session_that_broke_while_idle_is_opened_again(centre: StandInCentre, port: SmppSms) -> None:
    send(port)
    centre.tell(do="hang-up")
    centre.wait_for(lambda seen: seen["open"] == 0)

    with pytest.raises(Unavailable):
        send(port)
    assert send(port)


def test_answers_that_come_twice_change_nothing(centre: StandInCentre, port: SmppSms) -> None:
    centre.tell(mode="twice")

    ids = [send(port), send(port)]

    assert [message["id"] for message in centre.seen()["messages"]] == ids
    assert {receipt.reference for receipt in told(port, 4)} == set(ids)


def test_it_answers_the_centre_that_asks_whether_it_is_there(centre: StandInCentre, port: SmppSms) -> None:
    send(port)
    centre.tell(do="enquire")
    time.sleep(0.1)
    port.reports()

    assert send(port)


def test_after_silence_it_asks_whether_the_centre_is_there(centre: StandInCentre) -> None:
    centre.tell(receipts="none")
    port = SmppSms(settings_for(centre, timeout_seconds=0.5, enquire_seconds=0.2))
    send(port)
    before = centre.seen()["counts"]["enquire"]
    time.sleep(0.3)
    port.reports()
    assert centre.seen()["counts"]["enquire"] == before + 1

    centre.tell(mode="silent")
    time.sleep(0.3)
    assert port.reports() == []
    assert centre.wait_for(lambda seen: seen["open"] == 0)


def test_a_centre_that_takes_leave_is_left(centre: StandInCentre, port: SmppSms) -> None:
    centre.tell(receipts="none")
    send(port)
    centre.tell(do="unbind")

    centre.wait_for(lambda seen: port.reports() == [] and seen["open"] == 0)
    assert send(port)


@pytest.mark.parametrize("ids", ["hex", "decimal"])
@pytest.mark.parametrize("options", [1, 0])
def test_receipts_say_what_became_of_a_message(centre: StandInCentre, port: SmppSms, ids: str, options: int) -> None:
    centre.tell(receipts="undelivered", ids=ids, options=options)
    reference = send(port)

    (receipt,) = told(port)

    assert reference in rules.names_of_reference(receipt.reference)
    assert (receipt.fate, receipt.detail, receipt.phone) == ("undelivered", "UNDELIV 011", "84912345678")


def test_a_receipt_that_is_not_acknowledged_is_told_again_after_a_break(centre: StandInCentre, port: SmppSms) -> None:
    send(port)
    (first,) = told(port)
    port.close()

    (again,) = told(port)
    port.acknowledge(again, is_known=True)

    assert again == first
    centre.wait_for(lambda seen: not seen["owed"])
    assert port.reports() == []


def test_what_is_not_final_is_answered_and_let_go_and_what_people_write_waits(centre: StandInCentre, port: SmppSms) -> None:
    centre.tell(receipts="enroute")
    send(port)
    centre.tell(do="incoming", text="TC")
    before = centre.seen()["counts"]["acknowledged"]

    centre.wait_for(lambda seen: port.reports() == [] and seen["counts"]["acknowledged"] == before + 1)
    assert [arrived.octets for arrived in port.arrived()] == [b"TC"]


def test_segments_leave_at_the_pace_that_was_set(centre: StandInCentre) -> None:
    port = SmppSms(settings_for(centre, per_second=10))
    before = time.monotonic()

    send(port, LONG)

    assert time.monotonic() - before >= 0.3
    port.close()


def test_under_tls_the_centre_must_be_who_it_says(tmp_path: Path) -> None:
    certificate = certificate_for("127.0.0.1", tmp_path)
    with stand_in_centre("--certificate", str(certificate)) as centre:
        settings = settings_for(centre, timeout_seconds=3)
        trusting = dataclasses.replace(settings.account, tls=True, ca_file=str(certificate))
        port = SmppSms(dataclasses.replace(settings, account=trusting))
        send(port, LONG)
        assert [receipt.fate for receipt in told(port, 4)] == ["delivered"] * 4
        port.close()

        for account in (dataclasses.replace(trusting, ca_file=""), dataclasses.replace(trusting, host="localhost")):
            with pytest.raises(Unavailable, match="SSLCertVerificationError"):
                send(SmppSms(dataclasses.replace(settings, account=account)))
        with pytest.raises(Unavailable):
            send(SmppSms(settings_for(centre)))
        assert len(centre.seen()["joined"]) == 1
