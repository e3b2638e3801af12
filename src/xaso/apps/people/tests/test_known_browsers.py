"""Who guesses at an official's password does not hold her back in a browser that she has signed in with before."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from xaso.apps.people import known_browsers, testing
from xaso.apps.people.actions import posts
from xaso.apps.people.actions.accounts import reset_password
from xaso.apps.people.actions.known_browsers import KNOWN_DAYS, MOST_OF_ONE_ACCOUNT, know_browser
from xaso.apps.people.actions.second_factor import make_recovery_codes
from xaso.apps.people.desk_queries import find_known_browser
from xaso.apps.people.models import Account, Commune, KnownBrowser, SignIn
from xaso.apps.people.roles import Role
from xaso.platform import clock

pytestmark = pytest.mark.django_db
PAGE, STEP, OWN = "/dang-nhap/", "/dang-nhap/buoc-hai/", "/bao-ve-tai-khoan/phien/"
OFFICE = "203.0.113.7"
COOKIE = known_browsers.KNOWN_COOKIE
NEW = "suối-chảy-qua-bản"


@pytest.fixture
def commune() -> Commune:
    return testing.commune()


@pytest.fixture
def member(commune: Commune) -> Account:
    """An official whose post needs no second factor."""
    return testing.staff(commune, Role.TEAM_LEADER, username="totruong")


def at_office() -> Client:
    """A browser behind the one public address of the office."""
    return Client(REMOTE_ADDR=OFFICE)


def enter(client: Client, username: str = "totruong", password: str = testing.PASSWORD) -> Any:
    return client.post(PAGE, {"username": username, "password": password})


def is_held_off(answer: Any) -> bool:
    return "Vui lòng chờ 15 phút" in answer.content.decode()


def known_to(username: str = "totruong") -> Client:
    """A browser in which the official signed in once, and out again."""
    client = at_office()
    assert enter(client, username).status_code == 302
    client.post("/dang-xuat/")
    return client


def guess(client: Client, username: str = "totruong") -> None:
    for _ in range(8):
        enter(client, username, "sai")
    assert is_held_off(enter(client, username))


def copy_of(client: Client) -> Client:
    """A browser elsewhere into which somebody has brought the cookie."""
    thief = Client(REMOTE_ADDR="198.51.100.9")
    thief.cookies[COOKIE] = client.cookies[COOKIE].value
    return thief


def test_a_stranger_at_the_same_address_holds_her_off_elsewhere_and_not_in_the_browser_she_knows(member: Account) -> None:
    own = known_to()
    guess(at_office())

    assert is_held_off(enter(at_office()))
    assert enter(own)["Location"] == "/can-bo/"


def test_the_cookie_lets_nobody_in(member: Account) -> None:
    thief = copy_of(known_to())

    assert thief.get("/can-bo/").status_code == 302
    assert enter(thief, password="sai").status_code == 422


def test_a_thief_of_the_cookie_has_as_few_tries_as_anybody(member: Account) -> None:
    guess(copy_of(known_to()))


def test_a_copy_of_the_cookie_is_worth_nothing_after_her_next_sign_in(member: Account) -> None:
    own = known_to()
    thief = copy_of(own)
    assert enter(own).status_code == 302
    own.post("/dang-xuat/")

    guess(thief)

    assert enter(own)["Location"] == "/can-bo/"


def test_no_script_reads_the_cookie_and_it_names_nobody(member: Account) -> None:
    cookie = known_to().cookies[COOKIE]

    assert (bool(cookie["httponly"]), cookie["samesite"], cookie["max-age"]) == (True, "Lax", KNOWN_DAYS * 86_400)
    assert str(member.pk) not in cookie.value
    assert KnownBrowser.objects.get().digest != cookie.value


def test_a_shared_computer_knows_all_who_signed_in_there_and_counts_each_apart(commune: Commune, member: Account) -> None:
    testing.staff(commune, Role.TEAM_LEADER, username="kinhte")
    desk = known_to()
    assert enter(desk, "kinhte").status_code == 302
    desk.post("/dang-xuat/")
    guess(at_office())
    guess(at_office(), "kinhte")

    assert enter(desk)["Location"] == "/can-bo/"
    desk.post("/dang-xuat/")
    assert enter(desk, "kinhte")["Location"] == "/can-bo/"


def test_a_computer_that_knows_one_official_counts_the_tries_at_another_by_its_address(commune: Commune, member: Account) -> None:
    testing.staff(commune, Role.TEAM_LEADER, username="kinhte")
    desk = known_to()

    guess(desk, "kinhte")

    assert is_held_off(enter(at_office(), "kinhte"))
    assert enter(desk)["Location"] == "/can-bo/"


def test_the_password_alone_makes_no_browser_known_where_a_second_factor_is_needed(commune: Commune) -> None:
    official = testing.staff(commune, Role.SIGNER, username="lanhdao")
    secret, client = testing.with_totp(official), at_office()

    enter(client, "lanhdao")
    assert not KnownBrowser.objects.exists()
    client.post(STEP, {"one_time_code": testing.code_now(secret)})

    assert KnownBrowser.objects.get().account_id == official.pk


def test_who_must_still_set_a_second_factor_is_known_once_she_has(commune: Commune) -> None:
    testing.staff(commune, Role.SIGNER, username="lanhdao")
    client = at_office()

    assert enter(client, "lanhdao")["Location"] == "/bao-ve-tai-khoan/ung-dung-ma/"
    assert COOKIE not in client.cookies


def test_wrong_codes_of_who_knows_the_password_do_not_hold_her_off_in_her_own_browser(commune: Commune) -> None:
    official = testing.staff(commune, Role.SIGNER, username="lanhdao")
    secret, own, other = testing.with_totp(official), at_office(), at_office()
    enter(own, "lanhdao")
    own.post(STEP, {"one_time_code": testing.code_now(secret)})
    own.post("/dang-xuat/")
    code = make_recovery_codes(testing.actor_for(official), now=clock.now())[0]
    enter(other, "lanhdao")
    for _ in range(5):
        other.post(STEP, {"one_time_code": "000000"})
    assert is_held_off(other.post(STEP, {"one_time_code": "000000"}))

    enter(own, "lanhdao")

    assert own.post(f"{STEP}?cach=du-phong", {"one_time_code": code}).status_code == 302


def change_own_password(own: Client) -> None:
    answer = own.post("/doi-mat-khau/", {"current": testing.PASSWORD, "new": NEW, "again": NEW})
    assert answer.status_code == 302


def test_a_new_password_makes_all_other_browsers_strangers(member: Account) -> None:
    former, own = known_to(), at_office()
    enter(own)

    change_own_password(own)

    own.post("/dang-xuat/")
    guess(at_office())
    assert is_held_off(enter(former, password=NEW))
    assert enter(own, password=NEW)["Location"] == "/can-bo/"


def test_a_password_reset_by_the_administrator_makes_all_browsers_strangers(commune: Commune, member: Account) -> None:
    known_to()
    admin = testing.actor_for(testing.staff(commune, Role.ADMINISTRATOR))

    reset_password(admin, member.pk, now=clock.now())

    assert not KnownBrowser.objects.exists()


def test_ending_all_other_sessions_leaves_this_browser_known_alone(member: Account) -> None:
    known_to()
    own = at_office()
    enter(own)

    own.post(f"{OWN}khac/")

    assert KnownBrowser.objects.get().sign_in_id == SignIn.objects.get().pk


def test_ending_the_session_of_a_lost_laptop_makes_it_a_stranger(member: Account) -> None:
    laptop, own = at_office(), at_office()
    enter(laptop)
    lost = SignIn.objects.get()
    enter(own)

    own.post(f"{OWN}{lost.pk}/ket-thuc/")

    assert [one.sign_in_id for one in KnownBrowser.objects.all()] == [SignIn.objects.get().pk]


def test_leaving_the_last_post_makes_all_browsers_strangers(commune: Commune, member: Account) -> None:
    known_to()
    admin = testing.actor_for(testing.staff(commune, Role.ADMINISTRATOR))

    posts.end_post(admin, member.posts.get().pk, now=clock.now())

    assert not KnownBrowser.objects.exists()


def test_a_browser_is_known_for_half_a_year_and_so_many_at_most(member: Account) -> None:
    now = clock.now()
    token, _spent = know_browser(member.pk, None, [], now=now)

    assert find_known_browser("totruong", [token], now=now + timedelta(days=KNOWN_DAYS - 1))
    assert find_known_browser("totruong", [token], now=now + timedelta(days=KNOWN_DAYS)) is None
    for number in range(MOST_OF_ONE_ACCOUNT):
        know_browser(member.pk, None, [], now=now + timedelta(minutes=number + 1))
    assert KnownBrowser.objects.count() == MOST_OF_ONE_ACCOUNT
    assert find_known_browser("totruong", [token], now=now) is None


STRANGE = {"empty": "", "dot": ".", "long": "x" * 5000, "many": "a.b.c." * 40, "sql": "'; drop table", "letters": "ü"}


@pytest.mark.parametrize("said", STRANGE.values(), ids=STRANGE)
def test_what_no_browser_of_ours_says_is_a_stranger(member: Account, said: str) -> None:
    client = at_office()
    client.cookies[COOKIE] = said

    assert enter(client, password="sai").status_code == 422
    assert enter(client)["Location"] == "/can-bo/"


def test_tries_that_are_held_back_are_logged_without_a_name(member: Account, caplog: pytest.LogCaptureFixture) -> None:
    guess(at_office())

    told = [str(record.msg) for record in caplog.records]
    assert any("sign_in_held_back" in one for one in told)
    assert not any("totruong" in one for one in told)
