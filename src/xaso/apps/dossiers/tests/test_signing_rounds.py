"""Many results are signed with one confirmation; whatever comes in between, none is signed twice and no number is lost needlessly."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import results
from xaso.apps.dossiers.actions.signing_rounds import resume_round, start_round, stop_round
from xaso.apps.dossiers.actions.signing_rounds_work import LEASE, sign_next
from xaso.apps.dossiers.models import Dossier, Result, ResultNumber, RoundPaper, SigningRound
from xaso.apps.dossiers.testing import MORNING, POOR, Office
from xaso.apps.people import facade as people
from xaso.apps.people import testing as build
from xaso.apps.signing import facade as signing
from xaso.apps.signing import testing as devices
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock as wall
from xaso.platform import files
from xaso.platform.actor import Actor

pytestmark = pytest.mark.django_db
AT = MORNING + timedelta(hours=2)


class Killed(BaseException):
    """The worker is gone in the middle of a line."""


def killed_at(call: int) -> Callable[[], datetime]:
    """Return a clock whose reader dies at the given reading."""
    readings = count(1)

    def read() -> datetime:
        if next(readings) == call:
            raise Killed
        return AT

    return read


def steady(at: datetime = AT) -> Callable[[], datetime]:
    return lambda: at


@pytest.fixture
def ready(office: Office) -> list[Dossier]:
    """Four dossiers that wait for the signature; certificates are there."""
    testing.give_certificates(office)
    return [testing.in_review(office, POOR) for _number in range(4)]


def started(actor: Actor, dossiers: list[Dossier], round_id: UUID | None = None) -> SigningRound:
    return start_round(actor, round_id or uuid4(), [one.pk for one in dossiers], now=AT)


def work(now: datetime = AT, **more: Any) -> int:
    return sign_next(now, clock=more.pop("clock", steady(now)), seconds=60, **more)


def papers(one: SigningRound) -> list[tuple[str, str]]:
    return list(RoundPaper.objects.filter(round=one).order_by("place").values_list("state", "number"))


def states(one: SigningRound) -> list[str]:
    return [state for state, _number in papers(one)]


def state_of(one: SigningRound) -> tuple[str, str]:
    one.refresh_from_db()
    return one.state, one.trouble.get("code", "")


def numbers() -> list[tuple[int, str]]:
    return list(ResultNumber.objects.order_by("number", "pk").values_list("number", "state"))


def test_all_are_signed_one_after_the_other_with_numbers_without_gaps(office: Office, ready: list[Dossier]) -> None:
    one = started(office.signer, ready)

    assert work() == 4
    assert work() == 0

    assert states(one) == ["signed"] * 4
    assert numbers() == [(1, "used"), (2, "used"), (3, "used"), (4, "used")]
    assert state_of(one) == ("ended", "")
    assert {dossier.state for dossier in Dossier.objects.all()} == {"solved"}
    for result in Result.objects.select_related("file"):
        assert result.file is not None
        assert [check.verdict for check in signing.verify(files.read(result.file), now=wall.now())] == ["valid", "valid"]
        assert result.signed_by == office.signer.name


def test_two_clicks_are_one_round(office: Office, ready: list[Dossier]) -> None:
    round_id = uuid4()

    assert started(office.signer, ready, round_id).pk == started(office.signer, ready[:1], round_id).pk

    assert (SigningRound.objects.count(), RoundPaper.objects.count()) == (1, 4)
    assert work() == 4
    assert started(office.signer, ready, round_id).state == "ended"
    assert work() == 0
    assert len(numbers()) == 4


def test_another_persons_round_is_not_there(office: Office, ready: list[Dossier]) -> None:
    other = build.actor_for(build.staff_of(office.commune_id, people.Role.SIGNER, title="Chủ tịch"))
    one = started(office.signer, ready)

    for act in (stop_round, resume_round):
        with pytest.raises(Refusal, match=r"dossiers\.not_found"):
            act(other, one.pk, now=AT)
    with pytest.raises(Refusal, match=r"dossiers\.not_found"):
        start_round(other, one.pk, [ready[0].pk], now=AT)

    assert state_of(one) == ("running", "")


def test_a_paper_is_open_in_one_round_only(office: Office, ready: list[Dossier]) -> None:
    other = build.actor_for(build.staff_of(office.commune_id, people.Role.SIGNER, title="Chủ tịch"))
    first = started(office.signer, ready[:2])

    second = started(other, ready)

    assert states(second) == ["refused", "refused", "waiting", "waiting"]
    assert RoundPaper.objects.filter(round=second, state="refused")[0].why["code"] == "dossiers.in_another_round"
    stop_round(office.signer, first.pk, now=AT)
    third = started(other, ready[:1])
    assert states(third) == ["waiting"]
    resume_round(office.signer, first.pk, now=AT)
    assert states(first) == ["refused", "waiting"]


def test_what_changed_meanwhile_is_told_and_the_others_go_on(office: Office, ready: list[Dossier]) -> None:
    one = started(office.signer, ready)
    results.send_back(office.signer, ready[0].pk, "Sai tên", now=AT)
    emptied = Result.objects.get(dossier=ready[1])
    emptied.fields = {}
    emptied.save()
    results.sign_result(office.signer, ready[2].pk, clock=steady())

    assert work() == 1

    assert states(one) == ["refused", "refused", "refused", "signed"]
    codes = [paper.why.get("code") for paper in RoundPaper.objects.filter(round=one).order_by("place")]
    assert codes == ["dossiers.not_waiting_now", "dossiers.result_incomplete", "dossiers.not_waiting_now", None]
    assert numbers() == [(1, "used"), (2, "used")]
    assert state_of(one) == ("ended", "")


def test_stopped_between_two_papers_and_gone_on_with(office: Office, ready: list[Dossier]) -> None:
    one = started(office.signer, ready)
    assert work(most=1) == 1

    stop_round(office.signer, one.pk, now=AT)
    assert work() == 0
    assert (states(one), state_of(one)) == (["signed", "left", "left", "left"], ("stopped", ""))

    resume_round(office.signer, one.pk, now=AT)
    assert work() == 3
    assert [number for number, _state in numbers()] == [1, 2, 3, 4]


@pytest.mark.parametrize("reading", range(1, 9))
def test_a_worker_killed_anywhere_signs_nothing_twice_and_loses_no_number(office: Office, ready: list[Dossier], reading: int) -> None:
    """Each reading of the clock is a place where the worker may die: before, between and after what it writes."""
    one = started(office.signer, ready[:2])
    with pytest.raises(Killed):
        work(clock=killed_at(reading))
    assert work(AT + LEASE / 2) == 0

    later = AT + LEASE + timedelta(seconds=1)
    while work(later):
        pass

    assert states(one) == ["signed", "signed"]
    assert numbers() == [(1, "used"), (2, "used")]
    assert Dossier.objects.filter(state="solved").count() == 2


def test_a_number_left_by_a_dead_worker_is_taken_up_for_its_own_paper_alone(office: Office, ready: list[Dossier]) -> None:
    one = started(office.signer, ready[:1])
    with pytest.raises(Killed):
        work(clock=killed_at(5))
    assert numbers() == [(1, "reserved")]

    with pytest.raises(Refusal, match=r"dossiers\.being_signed"):
        results.sign_result(office.signer, ready[0].pk, clock=steady())
    results.sign_result(office.signer, ready[1].pk, clock=steady())
    while work(AT + 2 * LEASE):
        pass

    assert papers(one)[0][0] == "signed"
    assert Result.objects.get(dossier=ready[0]).number.startswith("01/")
    assert numbers() == [(1, "used"), (2, "used")]


def test_a_signer_without_a_certificate_holds_the_round_before_a_number_is_taken(office: Office, ready: list[Dossier]) -> None:
    one = started(office.signer, ready)
    assert work(most=2) == 2
    for certificate in _certificates():
        signing.revoke(office.administrator, certificate, now=AT)

    assert work() == 0

    assert state_of(one)[0] == "held"
    assert states(one) == ["signed", "signed", "waiting", "waiting"]
    assert len(numbers()) == 2
    testing.give_certificates(office)
    resume_round(office.signer, one.pk, now=AT)
    assert work() == 2
    assert numbers() == [(1, "used"), (2, "used"), (3, "used"), (4, "used")]


def _certificates() -> list[UUID]:
    return list(apps.get_model("signing", "Certificate").objects.filter(revoked_at=None).values_list("pk", flat=True))


def test_a_deputy_signs_no_more_after_her_last_day(office: Office, ready: list[Dossier]) -> None:
    deputy = build.staff_of(office.commune_id, people.Role.CASE_OFFICER, title="Chuyên viên")
    today = AT.astimezone(VN).date()
    assert office.signer.post_id is not None
    people.name_deputy(office.administrator, office.signer.post_id, deputy.pk, (today, today), "Nghỉ phép", now=AT)
    signing.issue_test_certificate(deputy.pk, office.commune_id, name=deputy.full_name, now=wall.now())
    actor = people.actor_of(deputy, office.commune_id, on=today)
    one = started(actor, ready)
    assert work(most=1) == 1

    assert work(AT + timedelta(days=1)) == 0

    assert state_of(one) == ("held", "dossiers.may_not_sign_now")
    assert (states(one), numbers()) == (["signed", "waiting", "waiting", "waiting"], [(1, "used")])
    page = client_of(deputy.pk).get(f"/ky-nhieu/{one.pk}/")
    assert page.status_code == 404


def test_a_chair_who_left_signs_nothing_that_still_waits(office: Office, ready: list[Dossier]) -> None:
    one = started(office.signer, ready)
    assert office.signer.account_id is not None
    get_user_model().objects.filter(pk=office.signer.account_id).update(is_active=False)

    assert work() == 0

    assert (state_of(one), numbers()) == (("held", "dossiers.may_not_sign_now"), [])


def test_who_opened_the_computer_by_a_pin_confirms_first(office: Office, ready: list[Dossier]) -> None:
    with pytest.raises(Refusal, match=r"platform\.confirm_first"):
        started(replace(office.signer, is_by_pin=True), ready)

    assert SigningRound.objects.count() == 0


def test_who_may_not_sign_starts_nothing(office: Office, ready: list[Dossier]) -> None:
    with pytest.raises(Refusal, match=r"dossiers\.not_found"):
        started(office.officer, ready)
    with pytest.raises(Refusal, match=r"dossiers\.none_to_sign"):
        started(office.signer, [])
    with pytest.raises(Refusal, match=r"dossiers\.too_many_to_sign"):
        start_round(office.signer, uuid4(), [ready[0].pk, *(uuid4() for _number in range(200))], now=AT)

    assert SigningRound.objects.count() == 0


# --- the device


@pytest.fixture
def token(office: Office, ready: list[Dossier], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[devices.Token]:
    """The server's signing device with the signer's key; the seal's lies in a file."""
    if not devices.HAS_DEVICE:
        pytest.skip("SoftHSM (softhsm2) is not installed")
    assert office.signer.account_id is not None
    with devices.device(tmp_path, monkeypatch) as made:
        devices.give_device_certificate(made, office.administrator, office.signer.account_id, office.signer.name, now=wall.now())
        yield made


def test_a_device_pulled_out_holds_the_round_and_costs_no_number(office: Office, ready: list[Dossier], token: devices.Token) -> None:
    now = wall.now()
    one = start_round(office.signer, uuid4(), [dossier.pk for dossier in ready], now=now)
    assert work(now, most=2) == 2
    token.pull_out()

    assert work(now) == 0
    for _try in range(3):
        resume_round(office.signer, one.pk, now=now)
        assert work(now) == 0

    assert state_of(one) == ("held", "signing.token_gone")
    assert (states(one), len(numbers())) == (["signed", "signed", "waiting", "waiting"], 2)
    token.plug_in()
    resume_round(office.signer, one.pk, now=now)
    assert work(now) == 2
    assert numbers() == [(1, "used"), (2, "used"), (3, "used"), (4, "used")]


def test_a_wrong_pin_is_tried_once_however_often_she_goes_on(office: Office, ready: list[Dossier], token: devices.Token) -> None:
    now = wall.now()
    token.pin_file.write_text("999999\n")
    devices.forget_sessions()
    one = start_round(office.signer, uuid4(), [dossier.pk for dossier in ready], now=now)
    for _try in range(3):
        assert work(now) == 0
        assert state_of(one) == ("held", "signing.token_pin")
        resume_round(office.signer, one.pk, now=now)
    assert (work(now), numbers()) == (0, [])

    token.pin_file.write_text(f"{devices.PIN}\n")
    resume_round(office.signer, one.pk, now=now)
    assert work(now) == 4
    assert numbers() == [(1, "used"), (2, "used"), (3, "used"), (4, "used")]


# --- the pages


def client_of(account_id: UUID | None) -> Client:
    assert account_id is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=account_id))
    return client


@pytest.fixture
def browser(office: Office, ready: list[Dossier]) -> Client:
    return client_of(office.signer.account_id)


def test_the_pages_go_from_the_list_over_one_question_to_the_progress(browser: Client, ready: list[Dossier]) -> None:
    listed = browser.get("/ky-nhieu/").content.decode()
    assert "4 kết quả chờ anh/chị ký" in listed
    assert listed.count("checked") == 0
    assert browser.get("/ky-nhieu/?chon=het").content.decode().count(" checked") == 4

    asked = browser.post("/ky-nhieu/", {"dossier": [str(one.pk) for one in ready[:3]]})
    assert "Tôi ký 3 kết quả" in asked.content.decode()
    assert SigningRound.objects.count() == 0
    sent = {"round": str(asked.context["round_id"]), "dossier": [str(one.pk) for one in ready[:3]]}
    for _click in range(2):
        answer = browser.post("/ky-nhieu/ky/", sent)
    address = answer["Location"]
    running = browser.get(address).content.decode()
    assert "Đã ký 0 trên 3 kết quả." in running
    assert 'http-equiv="refresh"' in running
    assert "Lượt ký" in browser.get("/can-bo/").content.decode()

    work(wall.now())
    work(wall.now())
    done = browser.get(address).content.decode()
    assert "Đã ký 3 trên 3 kết quả." in done
    assert 'http-equiv="refresh"' not in done
    assert [path in done for path in (f"{address}dung/", f"{address}tiep/")] == [False, False]


def test_the_page_says_what_holds_the_round_and_goes_on(browser: Client, office: Office, ready: list[Dossier]) -> None:
    one = start_round(office.signer, uuid4(), [dossier.pk for dossier in ready], now=wall.now())
    for certificate in _certificates():
        signing.revoke(office.administrator, certificate, now=wall.now())
    work(wall.now())

    held = browser.get(f"/ky-nhieu/{one.pk}/").content.decode()
    assert "Tạm dừng" in held
    assert "Ký tiếp 4 kết quả" in held
    assert "đã bị thu hồi" in held

    testing.give_certificates(office)
    browser.post(f"/ky-nhieu/{one.pk}/tiep/")
    browser.post(f"/ky-nhieu/{one.pk}/dung/")
    assert state_of(one)[0] == "stopped"
    assert "Để lại, chưa ký" in browser.get(f"/ky-nhieu/{one.pk}/").content.decode()


def test_nothing_chosen_is_said_and_what_can_not_be_an_id_is_nothing(browser: Client) -> None:
    assert browser.post("/ky-nhieu/", {"dossier": ["x", str(uuid4())]}).status_code == 409
    assert browser.post("/ky-nhieu/ky/", {"round": "x"}).status_code == 404
