"""A result is signed with the official's own USB token: numbered and laid out here, signed there, sealed here; else it is refused."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import numbers, results, token_signing
from xaso.apps.dossiers.models import Dossier, Result, ResultNumber, Step
from xaso.apps.dossiers.testing import POOR, Office, account_of
from xaso.apps.people import facade as people
from xaso.apps.people import testing as build
from xaso.apps.signing import facade as signing
from xaso.apps.signing import testing as signs
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock, files
from xaso.platform.actor import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def key(office: Office, now: datetime) -> Any:
    """The signer's key on her own token; the commune has its seal."""
    testing.give_certificates(office)
    assert office.signer.account_id is not None
    return signs.give_own_token_certificate(office.administrator, office.signer.account_id, office.signer.name, now=now)


@pytest.fixture
def dossier(office: Office, key: Any) -> Dossier:
    return testing.in_review(office, POOR)


def begin(office: Office, dossier: Dossier, now: datetime) -> token_signing.Begun:
    return token_signing.begin(office.signer, dossier.pk, now=now)


def complete(actor: Actor, dossier: Dossier, begun: token_signing.Begun, signature: bytes, now: datetime) -> Dossier:
    return token_signing.complete(actor, dossier.pk, begun.to_sign.id, signature, clock=lambda: now)


def by(key: Any, begun: token_signing.Begun) -> bytes:
    return signs.signed_by(key, begun.to_sign.attributes)


def standing(dossier: Dossier) -> tuple[Any, ...]:
    """Return all that signing could change."""
    fresh = Dossier.objects.get(pk=dossier.pk)
    result = Result.objects.get(dossier=dossier)
    held = list(ResultNumber.objects.values_list("number", "state").order_by("number"))
    return fresh.state, fresh.steps_count, result.number, result.file_id, held, Step.objects.count()


def require_refused(dossier: Dossier, code: str, act: Callable[[], object]) -> None:
    """Raise unless the act is refused with the code and nothing changed."""
    before = standing(dossier)
    with pytest.raises(Refusal) as refused:
        act()
    assert refused.value.code == code
    assert standing(dossier) == before


def test_the_paper_bears_her_signature_and_the_seal_and_its_number(office: Office, dossier: Dossier, key: Any, now: datetime) -> None:
    begun = begin(office, dossier, now)
    assert begun.title.endswith(f"{dossier.code} · {dossier.applicant_name}")
    assert [row.state for row in ResultNumber.objects.all()] == ["reserved"]

    solved = complete(office.signer, dossier, begun, by(key, begun), now + timedelta(minutes=1))

    result = Result.objects.get(dossier=dossier)
    assert result.file is not None
    hers, agencys = signing.verify(files.read(result.file), now=now + timedelta(minutes=2))
    assert (solved.state, [row.state for row in ResultNumber.objects.all()]) == ("solved", ["used"])
    assert (hers.signer, hers.intact, hers.later_changes, hers.is_recorded) == (office.signer.name, True, "allowed", True)
    assert (agencys.intact, agencys.covers_whole) == (True, True)
    assert result.number in begun.title
    assert signing.find_awaited(f"dossier:{dossier.pk}") is None


def test_a_signature_is_taken_once(office: Office, dossier: Dossier, key: Any, now: datetime) -> None:
    begun = begin(office, dossier, now)
    signature = by(key, begun)
    complete(office.signer, dossier, begun, signature, now)

    require_refused(dossier, "flow.not_allowed", lambda: complete(office.signer, dossier, begun, signature, now))


def test_a_signature_of_somebody_elses_key_is_refused_and_hers_is_still_taken(
    office: Office, dossier: Dossier, key: Any, now: datetime
) -> None:
    begun = begin(office, dossier, now)
    foreign = signs.signed_by(signs.new_key(), begun.to_sign.attributes)

    for signature in (foreign, b"", b"\x30\x00", by(key, begun)[:-1]):
        require_refused(dossier, "signing.signature_wrong", lambda one=signature: complete(office.signer, dossier, begun, one, now))  # type: ignore[misc]

    assert complete(office.signer, dossier, begun, by(key, begun), now).state == "solved"


def test_a_signature_over_another_paper_is_refused(office: Office, dossier: Dossier, key: Any, now: datetime) -> None:
    other = testing.in_review(office, POOR)
    begun, begun_other = begin(office, dossier, now), begin(office, other, now)

    require_refused(dossier, "signing.signature_wrong", lambda: complete(office.signer, dossier, begun, by(key, begun_other), now))
    require_refused(dossier, "signing.pending_gone", lambda: complete(office.signer, dossier, begun_other, by(key, begun_other), now))


def test_after_ten_minutes_it_is_over_and_the_number_is_the_next_again(office: Office, dossier: Dossier, key: Any, now: datetime) -> None:
    begun, late = begin(office, dossier, now), now + timedelta(minutes=10)
    assert numbers.void_abandoned_numbers(late - timedelta(seconds=1)) == 0

    require_refused(dossier, "signing.pending_ended", lambda: complete(office.signer, dossier, begun, by(key, begun), late))

    assert numbers.void_abandoned_numbers(late) == 1
    assert not ResultNumber.objects.exists()
    require_refused(dossier, "signing.pending_gone", lambda: complete(office.signer, dossier, begun, by(key, begun), late))
    again = begin(office, dossier, late)
    assert again.title == begun.title


def test_begun_in_two_tabs_the_later_one_counts_and_both_have_one_number(office: Office, dossier: Dossier, key: Any, now: datetime) -> None:
    first, second = begin(office, dossier, now), begin(office, dossier, now)

    require_refused(dossier, "signing.pending_gone", lambda: complete(office.signer, dossier, first, by(key, first), now))

    assert complete(office.signer, dossier, second, by(key, second), now).state == "solved"
    assert list(ResultNumber.objects.values_list("number", "state")) == [(1, "used")]


def test_given_up_the_number_is_given_back_and_by_nobody_else(office: Office, dossier: Dossier, key: Any, now: datetime) -> None:
    begun = begin(office, dossier, now)
    token_signing.give_up(office.officer, dossier.pk, begun.to_sign.id, now=now)
    token_signing.give_up(office.signer, dossier.pk, UUID(int=1), now=now)
    assert ResultNumber.objects.count() == 1

    for _turn in range(2):
        token_signing.give_up(office.signer, dossier.pk, begun.to_sign.id, now=now)

    assert not ResultNumber.objects.exists()
    require_refused(dossier, "signing.pending_gone", lambda: complete(office.signer, dossier, begun, by(key, begun), now))


def test_a_number_that_others_followed_becomes_a_reported_gap(office: Office, dossier: Dossier, key: Any, now: datetime) -> None:
    begun = begin(office, dossier, now)
    other = testing.in_review(office, POOR)
    begun_other = begin(office, other, now)
    complete(office.signer, other, begun_other, by(key, begun_other), now)

    token_signing.give_up(office.signer, dossier.pk, begun.to_sign.id, now=now)

    assert list(ResultNumber.objects.order_by("number").values_list("number", "state", "reason")) == [
        (1, "void", "not_signed"),
        (2, "used", ""),
    ]


def test_a_paper_that_was_sent_back_and_prepared_anew_meanwhile_is_not_the_one_she_signed(
    office: Office, dossier: Dossier, key: Any, now: datetime
) -> None:
    begun = begin(office, dossier, now)
    results.send_back(office.signer, dossier.pk, "Sai tên", now=now)
    require_refused(dossier, "flow.not_allowed", lambda: complete(office.signer, dossier, begun, by(key, begun), now))
    results.prepare_result(office.officer, dossier.pk, testing.prepared(dossier), now=now)

    require_refused(dossier, "signing.paper_changed", lambda: complete(office.signer, dossier, begun, by(key, begun), now))


def test_what_the_result_says_is_bound_too(office: Office, dossier: Dossier, key: Any, now: datetime) -> None:
    begun = begin(office, dossier, now)
    result = Result.objects.get(dossier=dossier)
    result.fields = {"khac": "khác"}
    result.save()

    require_refused(dossier, "signing.paper_changed", lambda: complete(office.signer, dossier, begun, by(key, begun), now))


def test_a_colleague_waits_and_can_not_complete_it(office: Office, dossier: Dossier, key: Any, now: datetime) -> None:
    begun = begin(office, dossier, now)
    colleague = build.actor_for(build.staff_of(office.commune_id, people.Role.SIGNER, title="Chủ tịch", full_name="Lý Thị Mẩy"))
    assert colleague.account_id is not None
    hers = signs.give_own_token_certificate(office.administrator, colleague.account_id, colleague.name, now=now)

    require_refused(dossier, "dossiers.being_signed", lambda: token_signing.begin(colleague, dossier.pk, now=now + timedelta(minutes=9)))
    require_refused(
        dossier, "dossiers.being_signed", lambda: results.sign_result(colleague, dossier.pk, clock=lambda: now + timedelta(minutes=9))
    )
    require_refused(dossier, "signing.pending_gone", lambda: complete(colleague, dossier, begun, by(hers, begun), now))


def test_a_deputy_after_her_last_day_is_refused_though_she_began_on_it(office: Office, dossier: Dossier, key: Any, now: datetime) -> None:
    account = build.staff_of(office.commune_id, people.Role.CASE_OFFICER, title="Chuyên viên", full_name="Sùng A Của")
    today = now.astimezone(VN).date()
    assert office.signer.post_id is not None
    people.name_deputy(office.administrator, office.signer.post_id, account.pk, (today, today), "Nghỉ phép", now=now)
    deputy = people.find_official(account.pk, office.commune_id, on=today, channel="page")
    assert deputy is not None
    hers = signs.give_own_token_certificate(office.administrator, account.pk, deputy.name, now=now)
    begun = token_signing.begin(deputy, dossier.pk, now=now)

    after = people.find_official(account.pk, office.commune_id, on=today + timedelta(days=1), channel="page")
    assert after is not None

    require_refused(dossier, "flow.not_allowed", lambda: complete(after, dossier, begun, by(hers, begun), now))


def test_a_certificate_withdrawn_meanwhile_is_refused(office: Office, dossier: Dossier, key: Any, now: datetime) -> None:
    begun = begin(office, dossier, now)
    signing.revoke(office.administrator, signs.certificate_id(begun.to_sign.fingerprint), now=now)

    require_refused(dossier, "signing.revoked", lambda: complete(office.signer, dossier, begun, by(key, begun), now))


def test_who_opened_the_computer_by_a_pin_confirms_first(office: Office, dossier: Dossier, key: Any, now: datetime) -> None:
    begun = begin(office, dossier, now)
    by_pin = replace(office.signer, is_by_pin=True)

    require_refused(dossier, "platform.confirm_first", lambda: token_signing.begin(by_pin, dossier.pk, now=now))
    require_refused(dossier, "platform.confirm_first", lambda: complete(by_pin, dossier, begun, by(key, begun), now))


def test_without_a_seal_no_number_is_taken(office: Office, dossier: Dossier, key: Any, now: datetime, settings: Any) -> None:
    settings.XASO_MODE = "production"
    signs.lose_seals()

    require_refused(dossier, "signing.no_seal", lambda: begin(office, dossier, now))


def test_a_seal_lost_after_she_signed_makes_the_number_a_gap_and_the_dossier_waits(
    office: Office, dossier: Dossier, key: Any, now: datetime, settings: Any
) -> None:
    begun = begin(office, dossier, now)
    settings.XASO_MODE = "production"
    signs.end_seals(now)

    with pytest.raises(Refusal, match=r"signing\.revoked"):
        complete(office.signer, dossier, begun, by(key, begun), now)

    assert list(ResultNumber.objects.values_list("state", "reason")) == [("void", "signing.revoked")]
    assert Dossier.objects.get(pk=dossier.pk).state == "in_review"


def test_the_servers_way_of_signing_says_where_her_key_is(office: Office, dossier: Dossier, key: Any, now: datetime) -> None:
    require_refused(dossier, "signing.own_token", lambda: results.sign_result(office.signer, dossier.pk, clock=lambda: now))


@pytest.fixture
def client(office: Office) -> Client:
    client = Client()
    client.force_login(account_of(office.signer))
    return client


def test_the_page_reaches_the_program_and_no_other_page_does(office: Office, dossier: Dossier, key: Any, client: Client) -> None:
    place = f"/ho-so/{dossier.code}/"
    case, page = client.get(place), client.get(f"{place}ky-token/")

    assert f'href="{place}ky-token/"' in case.content.decode()
    assert "connect-src 'self';" in case["Content-Security-Policy"]
    assert "connect-src 'self' http://127.0.0.1:17817;" in page["Content-Security-Policy"]
    assert case["Content-Security-Policy"] == page["Content-Security-Policy"].replace(" http://127.0.0.1:17817", "")
    assert 'name="pin"' not in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_pages_sign(office: Office, dossier: Dossier, key: Any, client: Client) -> None:
    place = f"/ho-so/{dossier.code}/ky-token/"
    told = client.post(f"{place}chuan-bi/").json()
    begun = signs.signed_by(key, b64decode(told["attributes"]))
    wrong = client.post(f"{place}ky/", {"pending": told["pending"], "signature": "###"})
    assert (wrong.status_code, "chữ ký không khớp" in wrong.content.decode()) == (409, True)

    answer = client.post(f"{place}ky/", {"pending": told["pending"], "signature": b64encode(begun).decode()})

    assert answer["Location"] == f"/ho-so/{dossier.code}/"
    assert Dossier.objects.get(pk=dossier.pk).state == "solved"
    assert client.get(place)["Location"] == f"/ho-so/{dossier.code}/"
    assert client.post(f"{place}chuan-bi/").status_code == 409
    assert client.post(f"{place}ky/", {"pending": "x", "signature": ""}).status_code == 404


def test_pages_give_up(office: Office, dossier: Dossier, key: Any, client: Client) -> None:
    place = f"/ho-so/{dossier.code}/ky-token/"
    told = client.post(f"{place}chuan-bi/").json()

    assert client.post(f"{place}thoi/", {"pending": told["pending"]}).status_code == 204
    assert not ResultNumber.objects.exists()


def test_who_signs_at_the_server_is_sent_to_the_dossier(office: Office, client: Client) -> None:
    testing.give_certificates(office)
    dossier = testing.in_review(office, POOR)
    place = f"/ho-so/{dossier.code}/"

    assert client.get(f"{place}ky-token/")["Location"] == place
    assert "ky-token" not in client.get(place).content.decode()
    assert client.post(f"{place}ky-token/chuan-bi/").json()["error"].startswith("Chứng thư số của anh/chị không nằm trên USB token")


def test_the_page_of_many_asks_the_program_and_is_answered_paper_by_paper(
    office: Office, dossier: Dossier, key: Any, client: Client
) -> None:
    place = f"/ho-so/{dossier.code}/ky-token/"
    page = client.post("/ky-nhieu/", {"dossier": str(dossier.pk)})
    assert f'data-begin="{place}chuan-bi/"' in page.content.decode()
    assert "connect-src 'self' http://127.0.0.1:17817;" in page["Content-Security-Policy"]
    told = client.post(f"{place}chuan-bi/").json()
    wrong = client.post(f"{place}ky/", {"pending": told["pending"], "signature": "###"}, headers={"Accept": "application/json"})
    assert (wrong.status_code, "chữ ký không khớp" in wrong.json()["error"]) == (409, True)

    signature = b64encode(signs.signed_by(key, b64decode(told["attributes"]))).decode()
    answer = client.post(f"{place}ky/", {"pending": told["pending"], "signature": signature}, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json()) == (200, {"error": ""})
    assert Dossier.objects.get(pk=dossier.pk).state == "solved"
    assert "Đã ký và đóng dấu" not in client.get(f"/ho-so/{dossier.code}/").content.decode()


def test_who_opened_the_computer_by_a_pin_confirms_before_many(office: Office, dossier: Dossier, key: Any, client: Client) -> None:
    session = client.session
    session["by_pin"] = True
    session.save()

    assert client.post("/ky-nhieu/", {"dossier": str(dossier.pk)}).status_code == 302
