"""Who lost phone and codes starts anew when one person asks and another confirms; nobody does it alone or for herself."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from xaso.apps.audit.facade import history_of
from xaso.apps.people import testing
from xaso.apps.people.actions import recovery
from xaso.apps.people.models import Account, Commune, RecoveryCode, RecoveryRequest, TotpKey
from xaso.apps.people.roles import Role
from xaso.kernel.errors import Refusal
from xaso.platform import clock

pytestmark = pytest.mark.django_db
PAGE = "/khoi-phuc-tai-khoan/"


@pytest.fixture
def commune() -> Commune:
    return testing.commune()


@pytest.fixture
def official(commune: Commune) -> Account:
    account = testing.staff(commune, Role.CASE_OFFICER, username="hotich", full_name="Triệu Thị Pham")
    testing.with_totp(account)
    RecoveryCode.objects.create(account=account, digest="x")
    return account


def client_of(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def asked(commune: Commune, official: Account, role: Role = Role.ADMINISTRATOR) -> tuple[Account, RecoveryRequest]:
    asker = testing.staff(commune, role, full_name="Vũ Minh Quang")
    client_of(asker).post(PAGE, {"account": str(official.id), "reason": "mất điện thoại"})
    return asker, RecoveryRequest.objects.get()


def text(answer: Any) -> str:
    return str(answer.content.decode())


def has_all(official: Account) -> bool:
    before = official.password
    official.refresh_from_db()
    return official.password == before and TotpKey.objects.exists() and RecoveryCode.objects.exists()


def test_asking_changes_nothing_yet_and_is_told_to_those_who_may_confirm(commune: Commune, official: Account) -> None:
    asker, request = asked(commune, official)
    head = client_of(testing.staff(commune, Role.CENTRE_HEAD))

    assert (request.state, request.account_id, request.asked_by_id) == ("asked", official.id, asker.id)
    assert has_all(official)
    assert "Đề nghị khôi phục tài khoản" in text(head.get("/can-bo/"))
    assert "Đề nghị khôi phục tài khoản" not in text(client_of(asker).get("/can-bo/"))
    assert "mất điện thoại" in text(head.get(PAGE))


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.LEADER, Role.CENTRE_HEAD])
def test_a_second_person_confirms_and_the_official_starts_anew(commune: Commune, official: Account, role: Role) -> None:
    _asker, request = asked(commune, official)
    herself = client_of(official)

    shown = client_of(testing.staff(commune, role)).post(f"{PAGE}{request.id}/xac-nhan/")

    (name, username, password) = shown.context["lines"][0]
    assert (name, username) == ("Triệu Thị Pham", "hotich")
    assert not TotpKey.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert herself.get("/can-bo/")["Location"].startswith("/dang-nhap/")
    official.refresh_from_db()
    assert (official.check_password(password), official.must_change_password) == (True, True)
    assert [line.verb for line in history_of(f"account:{official.id}")] == ["people.recovery_asked", "people.recovery_confirmed"]
    anew = Client()
    anew.post("/dang-nhap/", {"username": "hotich", "password": password})
    new = {"current": password, "new": "suối-chảy-qua-bản", "again": "suối-chảy-qua-bản"}
    assert anew.post("/doi-mat-khau/", new)["Location"] == "/bao-ve-tai-khoan/ung-dung-ma/"


def test_who_asked_does_not_confirm(commune: Commune, official: Account) -> None:
    asker, request = asked(commune, official)

    page = client_of(asker).post(f"{PAGE}{request.id}/xac-nhan/", follow=True)

    assert "không tự xác nhận" in text(page)
    request.refresh_from_db()
    assert request.state == "asked"
    assert has_all(official)


def test_nobody_asks_or_confirms_for_herself(commune: Commune) -> None:
    own = testing.staff(commune, Role.ADMINISTRATOR)
    testing.with_totp(own)
    actor = testing.actor_for(own)
    with pytest.raises(Refusal, match=r"people\.own_recovery"):
        recovery.ask_recovery(actor, own.id, "mất", now=clock.now())
    _asker, request = asked(commune, own)

    with pytest.raises(Refusal, match=r"people\.own_recovery"):
        recovery.confirm_recovery(actor, request.id, now=clock.now())
    assert TotpKey.objects.filter(account=own).exists()


@pytest.mark.parametrize("role", [Role.DESK, Role.CASE_OFFICER, Role.CLERK, Role.SIGNER, Role.TEAM_LEADER])
def test_for_other_roles_there_is_nothing_here(commune: Commune, official: Account, role: Role) -> None:
    _asker, request = asked(commune, official)
    client = client_of(testing.staff(commune, role))

    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}{request.id}/xac-nhan/").status_code == 404
    assert has_all(official)


def test_another_commune_s_administrator_finds_no_request(commune: Commune, official: Account) -> None:
    _asker, request = asked(commune, official)
    stranger = testing.staff(testing.commune(), Role.ADMINISTRATOR)

    for verb in (recovery.confirm_recovery, recovery.reject_recovery):
        with pytest.raises(Refusal, match=r"people\.not_found"):
            verb(testing.actor_for(stranger), request.id, now=clock.now())
    with pytest.raises(Refusal, match=r"people\.not_found"):
        recovery.ask_recovery(testing.actor_for(stranger), official.id, "mất", now=clock.now())
    assert has_all(official)


def test_a_request_is_decided_once_and_ends_after_three_days(commune: Commune, official: Account) -> None:
    _asker, request = asked(commune, official)
    second = testing.actor_for(testing.staff(commune, Role.ADMINISTRATOR))
    with pytest.raises(Refusal, match=r"people\.already_decided"):
        recovery.confirm_recovery(second, request.id, now=clock.now() + timedelta(days=3, seconds=1))
    recovery.reject_recovery(second, request.id, now=clock.now())

    with pytest.raises(Refusal, match=r"people\.already_decided"):
        recovery.confirm_recovery(second, request.id, now=clock.now())
    assert has_all(official)


def test_asked_twice_there_is_one_request(commune: Commune, official: Account) -> None:
    asker, request = asked(commune, official)

    client_of(asker).post(PAGE, {"account": str(official.id), "reason": "mất điện thoại"})
    nothing = client_of(asker).post(PAGE, {"account": str(official.id), "reason": " "})

    assert list(RecoveryRequest.objects.all()) == [request]
    assert nothing.status_code == 422
