"""Beside the password a code is asked for; who must have one and has none sets it before anything else."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from xaso.apps.audit.facade import history_of
from xaso.apps.people import testing, totp
from xaso.apps.people.actions.sign_in import check_code
from xaso.apps.people.models import Account, Post, RecoveryCode, TotpKey
from xaso.apps.people.roles import Role
from xaso.kernel.errors import Refusal
from xaso.platform import clock

pytestmark = pytest.mark.django_db
PAGE, STEP, APP, OVERVIEW = "/dang-nhap/", "/dang-nhap/buoc-hai/", "/bao-ve-tai-khoan/ung-dung-ma/", "/bao-ve-tai-khoan/"
SECRET = re.compile(r'<code id="khoa">([A-Z2-7 ]+)</code>')


def enter(client: Client, username: str = "hotich", after: str = "") -> Any:
    return client.post(PAGE, {"username": username, "password": testing.PASSWORD, "next": after})


def give(client: Client, code: str, address: str = STEP) -> Any:
    return client.post(address, {"one_time_code": code})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def verbs(account: Account) -> list[str]:
    return [line.verb for line in history_of(f"account:{account.id}")]


def enrolled(client: Client) -> tuple[str, list[str]]:
    """Set the app as its page says; returns the secret and the recovery codes."""
    found = SECRET.search(text(client.get(APP)))
    assert found is not None
    secret = found[1].replace(" ", "")
    shown = client.post(APP, {"one_time_code": testing.code_now(secret)})
    assert shown.status_code == 200
    return secret, list(shown.context["codes"])


@pytest.fixture
def official() -> Account:
    return testing.staff(testing.commune(), Role.CASE_OFFICER, username="hotich", full_name="Triệu Thị Pham")


def test_after_the_password_the_code_of_the_app_opens_the_door(official: Account, client: Client) -> None:
    secret = testing.with_totp(official)

    assert enter(client, after="/so-theo-doi/?trang=2")["Location"] == STEP
    assert not is_in(client)
    assert client.get("/can-bo/")["Location"] == "/dang-nhap/?next=/can-bo/"
    page = text(client.get(STEP))
    assert "Triệu Thị Pham" in page
    assert "bản dùng thử: mã" not in page
    answer = give(client, testing.code_now(secret))

    assert (answer.status_code, answer["Location"]) == (302, "/so-theo-doi/?trang=2")
    assert client.get("/can-bo/").status_code == 200
    assert verbs(official) == ["people.signed_in"]
    assert history_of(f"account:{official.id}")[0].detail == {"second": "totp"}


def test_a_code_counts_once(official: Account) -> None:
    secret = testing.with_totp(official)
    code = testing.code_now(secret)
    first, second = Client(), Client()
    for client in (first, second):
        enter(client)

    assert give(first, code).status_code == 302
    again = give(second, code)

    assert again.status_code == 422
    assert "Mã chưa đúng hoặc đã dùng rồi" in text(again)
    assert not is_in(second)
    assert verbs(official).count("people.signed_in") == 1


def test_a_code_older_than_the_one_used_counts_no_more(official: Account) -> None:
    secret, now = testing.with_totp(official), clock.now()
    actor, step = testing.actor_for(official), totp.step_of(now)
    check_code(actor, totp.code_of(secret, step), tried_from="10.0.0.1", now=now)

    with pytest.raises(Refusal, match=r"people\.second_code_wrong"):
        check_code(actor, totp.code_of(secret, step - 1), tried_from="10.0.0.1", now=now)
    assert check_code(actor, totp.code_of(secret, step + 1), tried_from="10.0.0.1", now=now) == "totp"


def test_wrong_codes_stop_one_address_and_not_the_official_elsewhere(official: Account) -> None:
    secret = testing.with_totp(official)
    guesser, herself = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")
    for client in (guesser, herself):
        enter(client)
    for _ in range(5):
        assert give(guesser, "abcdef").status_code == 422

    assert "Vui lòng chờ 15 phút" in text(give(guesser, testing.code_now(secret)))
    assert not is_in(guesser)
    assert verbs(official).count("people.second_code_wrong") == 5
    assert give(herself, testing.code_now(secret)).status_code == 302


def test_the_step_is_open_for_ten_minutes_and_ends_with_the_password(official: Account, client: Client) -> None:
    secret = testing.with_totp(official)
    enter(client)
    session = client.session
    session["second_step"] = {**session["second_step"], "at": (clock.now() - timedelta(minutes=11)).isoformat()}
    session.save()
    assert give(client, testing.code_now(secret))["Location"] == PAGE

    enter(client)
    official.set_password("mot-mat-khau-khac")
    official.save()
    assert give(client, testing.code_now(secret))["Location"] == PAGE
    assert not is_in(client)


def test_nobody_reaches_the_second_step_without_the_password(official: Account, client: Client) -> None:
    testing.with_totp(official)

    assert client.get(STEP)["Location"] == PAGE
    assert give(client, "123456")["Location"] == PAGE


@pytest.mark.parametrize("role", [Role.DESK, Role.CASE_OFFICER, Role.CLERK, Role.SIGNER, Role.LEADER, Role.CENTRE_HEAD, Role.ADMINISTRATOR])
def test_who_needs_a_second_factor_and_has_none_sets_it_before_any_other_page(client: Client, role: Role) -> None:
    testing.staff(testing.commune(), role, username="hotich")

    assert enter(client, after="/can-bo/?x=1")["Location"] == APP
    for address in ("/can-bo/", "/quan-tri/", "/mot-cua/", "/khoi-phuc-tai-khoan/", OVERVIEW):
        assert client.get(address)["Location"] == f"/dang-nhap/?next={address}"
    assert client.get("/dang-nhap/?next=/can-bo/?x=1")["Location"] == APP
    _secret, codes = enrolled(client)

    assert len(set(codes)) == 10
    assert client.get("/can-bo/").status_code == 200


def test_after_setting_the_app_the_page_leads_on_and_the_app_is_asked_next_time(official: Account, client: Client) -> None:
    enter(client, after="/can-bo/?x=1")
    found = SECRET.search(text(client.get(APP)))
    assert found is not None
    secret = found[1].replace(" ", "")
    assert secret == SECRET.search(text(client.get(APP)))[1].replace(" ", "")  # type: ignore[index]
    wrong = client.post(APP, {"one_time_code": "000000" if testing.code_now(secret) != "000000" else "111111"})
    assert wrong.status_code == 422
    assert not TotpKey.objects.exists()

    shown = client.post(APP, {"one_time_code": testing.code_now(secret)})

    assert 'href="/can-bo/?x=1"' in text(shown)
    assert secret not in TotpKey.objects.get().sealed_secret
    assert verbs(official) == ["people.signed_in", "people.second_factor_set"]
    assert enter(Client())["Location"] == STEP


def test_a_team_member_may_go_without(client: Client) -> None:
    testing.staff(testing.commune(), Role.TEAM_MEMBER, username="hotich")

    assert enter(client)["Location"] == "/can-bo/"
    assert client.get("/can-bo/").status_code == 200


def test_who_is_given_a_role_that_needs_one_is_led_to_it_at_once(client: Client) -> None:
    official = testing.staff(testing.commune(), Role.TEAM_MEMBER, username="hotich")
    enter(client)
    Post.objects.filter(account=official).update(roles=["desk"])

    assert client.get("/mot-cua/")["Location"] == "/dang-nhap/?next=/mot-cua/"
    assert client.get("/dang-nhap/?next=/mot-cua/")["Location"] == APP


def test_the_password_alone_does_not_replace_what_was_set_meanwhile(official: Account, client: Client) -> None:
    enter(client)
    other = Client()
    enter(other)
    secret, _codes = enrolled(other)

    assert client.get(APP)["Location"] == STEP
    assert not is_in(client)
    assert TotpKey.objects.get().sealed_secret
    assert give(client, totp.code_of(secret, totp.step_of(clock.now()) + 1)).status_code == 302


def test_a_new_phone_takes_the_password_and_ends_the_old_one(official: Account, client: Client) -> None:
    old = testing.with_totp(official)
    enter(client)
    give(client, testing.code_now(old))
    new = SECRET.search(text(client.get(APP)))[1].replace(" ", "")  # type: ignore[index]

    refused = client.post(APP, {"current": "sai", "one_time_code": testing.code_now(new)})
    assert refused.status_code == 422
    assert TotpKey.objects.get().last_step == totp.step_of(clock.now())
    taken = client.post(APP, {"current": testing.PASSWORD, "one_time_code": testing.code_now(new)})

    assert taken.status_code == 200
    assert not check(official, totp.code_of(old, totp.step_of(clock.now()) + 1))
    assert check(official, totp.code_of(new, totp.step_of(clock.now()) + 1))


def check(official: Account, code: str) -> bool:
    try:
        check_code(testing.actor_for(official), code, tried_from="10.0.0.1", now=clock.now())
    except Refusal:
        return False
    return True


def test_a_recovery_code_opens_the_door_once_in_whatever_spelling(official: Account, client: Client) -> None:
    enter(client)
    _secret, codes = enrolled(client)
    assert not RecoveryCode.objects.filter(digest__contains=codes[0][:4]).exists()
    away, again = Client(), Client()
    for one in (away, again):
        enter(one)
    spelled = codes[0].upper().replace("-", " ")

    assert give(away, spelled, f"{STEP}?cach=du-phong").status_code == 302
    assert "còn 9 mã" in text(away.get("/can-bo/"))
    assert give(again, codes[0], f"{STEP}?cach=du-phong").status_code == 422
    assert not is_in(again)
    assert "people.recovery_code_used" in verbs(official)


def test_new_recovery_codes_take_the_password_and_end_the_old_ones(official: Account, client: Client) -> None:
    enter(client)
    _secret, old = enrolled(client)

    assert client.post(f"{OVERVIEW}ma-du-phong/", {"current": "sai"}).status_code == 422
    shown = client.post(f"{OVERVIEW}ma-du-phong/", {"current": testing.PASSWORD})

    assert not check(official, old[0])
    assert check(official, shown.context["codes"][0])
    assert "Còn 9 mã chưa dùng." in text(client.get(OVERVIEW))


def test_the_demo_shows_its_codes_which_several_people_use_at_once(official: Account) -> None:
    secret = testing.with_totp(official, is_shown=True)
    first, second = Client(), Client()
    for client in (first, second):
        enter(client)

    page = text(first.get(STEP))

    assert f'<b class="ma-to" id="ma-dung-thu">{testing.code_now(secret)}</b>' in page
    assert "Chỉ có ở bản dùng thử" in page
    assert [give(client, testing.code_now(secret)).status_code for client in (first, second)] == [302, 302]


def test_the_demo_asks_for_a_code_it_can_no_longer_show(official: Account, settings: Any) -> None:
    """A demo that was restored elsewhere without its secret: sign-in still answers."""
    testing.with_totp(official, is_shown=True)
    settings.SECRET_KEY = "another-" * 8
    client = Client()
    enter(client)

    page = client.get(STEP)

    assert page.status_code == 200
    assert "ma-dung-thu" not in text(page)


def test_in_production_a_key_of_the_demo_is_no_key(official: Account, client: Client, settings: Any) -> None:
    secret = testing.with_totp(official, is_shown=True)
    enter(client)
    settings.XASO_MODE = "production"

    page = text(client.get(STEP))
    assert "bản dùng thử" not in page
    assert testing.code_now(secret) not in page
    assert give(client, testing.code_now(secret)).status_code == 422
    assert not is_in(client)
    assert enter(Client())["Location"] == APP


def test_a_secret_sealed_under_another_installation_lets_nobody_in(official: Account, settings: Any) -> None:
    secret = testing.with_totp(official)
    settings.SECRET_KEY = "another-installation-" + "y" * 50

    assert not check(official, testing.code_now(secret))


def test_the_overview_is_an_official_s_own_and_not_there_for_citizens(client: Client) -> None:
    commune = testing.commune()
    account = testing.citizen(commune, with_account=True).account
    assert account is not None
    client.force_login(account)

    assert client.get(OVERVIEW).status_code == 404
    assert client.get(APP)["Location"].startswith(PAGE)
    assert client.post(f"{OVERVIEW}ma-du-phong/", {"current": "x"}).status_code == 404
