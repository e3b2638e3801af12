"""A passkey stands in for the code: it is added with the password, used at its own site alone, and a copy of it is noticed."""

from typing import Any

import pytest
from django.test import Client

from xaso.apps.audit.facade import history_of
from xaso.apps.people import testing
from xaso.apps.people.models import Account, Passkey, RecoveryCode
from xaso.apps.people.roles import Role
from xaso.apps.people.tests.authenticator import Authenticator

pytestmark = pytest.mark.django_db
PAGE, APP = "/bao-ve-tai-khoan/passkey/", "/bao-ve-tai-khoan/ung-dung-ma/"
STEP, USED = "/dang-nhap/buoc-hai/", "/dang-nhap/buoc-hai/passkey/"
HOST, ORIGIN = "xa.example", "https://xa.example"


@pytest.fixture
def official() -> Account:
    return testing.staff(testing.commune(), Role.CASE_OFFICER, username="hotich", full_name="Triệu Thị Pham")


def browser() -> Client:
    """Return a browser at the commune's own site over TLS."""
    return Client(SERVER_NAME=HOST, headers={"host": HOST})


def get(client: Client, address: str) -> Any:
    return client.get(address, secure=True)


def post(client: Client, address: str, typed: dict[str, str]) -> Any:
    return client.post(address, typed, secure=True)


def enter(client: Client) -> Any:
    return post(client, "/dang-nhap/", {"username": "hotich", "password": testing.PASSWORD})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def add(client: Client, key: Authenticator, *, origin: str = ORIGIN, host: str = HOST, **typed: str) -> Any:
    wish = get(client, PAGE).context["wish"]
    return post(client, PAGE, {"label": "máy ở quầy", "passkey": key.made(wish, origin, host), **typed})


def use(client: Client, key: Authenticator, *, origin: str = ORIGIN, host: str = HOST) -> Any:
    enter(client)
    wish = get(client, STEP).context["wish"]
    return post(client, USED, {"passkey": key.signed(wish, origin, host)})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def key(official: Account) -> Authenticator:
    """Yield a key that the official has set as her only second factor."""
    key, client = Authenticator(), browser()
    enter(client)
    shown = add(client, key)
    assert len(shown.context["codes"]) == 10
    return key


def test_a_passkey_is_enough_as_the_second_factor_and_comes_with_recovery_codes(official: Account, key: Authenticator) -> None:
    client = browser()

    assert enter(client)["Location"] == STEP
    page = text(get(client, STEP))
    assert "Dùng passkey" in page
    assert 'name="one_time_code"' not in page
    assert use(client, key)["Location"] == "/can-bo/"

    assert get(client, "/can-bo/").status_code == 200
    assert [line.verb for line in history_of(f"account:{official.id}")][-1] == "people.signed_in"
    assert history_of(f"account:{official.id}")[-1].detail == {"second": "passkey"}
    assert (Passkey.objects.get().uses_counted, RecoveryCode.objects.count()) == (1, 10)


@pytest.mark.parametrize(("origin", "host"), [("https://xa.evil.example", HOST), ("http://xa.example", HOST), (ORIGIN, "evil.example")])
def test_what_was_signed_for_another_site_is_refused(key: Authenticator, origin: str, host: str) -> None:
    client = browser()

    assert use(client, key, origin=origin, host=host)["Location"] == STEP
    assert not is_in(client)
    assert Passkey.objects.get().uses_counted == 0


def test_an_answer_to_an_older_wish_is_refused(key: Authenticator) -> None:
    client = browser()
    enter(client)
    old = get(client, STEP).context["wish"]
    get(client, STEP)

    assert post(client, USED, {"passkey": key.signed(old, ORIGIN, HOST)})["Location"] == STEP
    assert not is_in(client)


def test_another_key_and_nonsense_are_refused(key: Authenticator) -> None:
    client = browser()

    assert use(client, Authenticator())["Location"] == STEP
    for nonsense in ("", "{}", "[]", '{"id": 1}', "x" * 30_000):
        get(client, STEP)
        assert post(client, USED, {"passkey": nonsense}).status_code == 302
    assert not is_in(client)


def test_a_copy_whose_counter_went_back_is_refused_and_written_down(official: Account, key: Authenticator) -> None:
    use(browser(), key)
    use(browser(), key)
    copy = Authenticator(key.key, uses=0)
    client = browser()

    assert use(client, copy)["Location"] == STEP
    assert not is_in(client)
    assert history_of(f"account:{official.id}")[-1].verb == "people.second_code_wrong"


def test_many_wrong_answers_stop_the_address(key: Authenticator) -> None:
    client = browser()
    for _ in range(5):
        use(client, Authenticator())

    enter(client)
    wish = get(client, STEP).context["wish"]
    stopped = client.post(USED, {"passkey": key.signed(wish, ORIGIN, HOST)}, secure=True, follow=True)

    assert "Vui lòng chờ 15 phút" in text(stopped)
    assert not is_in(client)


def test_adding_one_more_takes_the_password(official: Account, key: Authenticator) -> None:
    client, second = browser(), Authenticator(credential_id=b"khoa-thu-hai")
    use(client, key)

    assert add(client, second, current="sai").status_code == 422
    assert Passkey.objects.count() == 1
    assert add(client, second, current=testing.PASSWORD)["Location"] == PAGE
    assert Passkey.objects.count() == 2
    assert use(browser(), second)["Location"] == "/can-bo/"


def test_the_last_factor_stays_and_one_of_two_goes_with_the_password(official: Account, key: Authenticator) -> None:
    client = browser()
    use(client, key)
    address = f"{PAGE}{Passkey.objects.get().id}/bo/"

    kept = client.post(address, {"current": testing.PASSWORD}, secure=True, follow=True)
    assert "bước hai duy nhất" in text(kept)
    testing.with_totp(official)
    post(client, address, {"current": "sai"})
    assert Passkey.objects.count() == 1
    post(client, address, {"current": testing.PASSWORD})

    assert not Passkey.objects.exists()


def test_nobody_removes_a_colleague_s_passkey(official: Account, key: Authenticator) -> None:
    colleague = browser()
    colleague.force_login(testing.staff_of(official.posts.get().commune_id, Role.DESK))

    assert post(colleague, f"{PAGE}{Passkey.objects.get().id}/bo/", {"current": testing.PASSWORD}).status_code == 404
    assert Passkey.objects.count() == 1


@pytest.mark.parametrize(("host", "secure", "can"), [("xa.example", True, True), ("localhost", False, True), ("xa.example", False, False)])
def test_where_browsers_give_no_passkey_the_page_says_so_and_offers_the_app(official: Account, host: str, secure: bool, can: bool) -> None:
    client = Client(headers={"host": host})
    client.force_login(official)

    page = text(client.get(PAGE, secure=secure))

    assert ("data-passkey=" in page) is can
    assert ("Ở địa chỉ này trình duyệt không cho dùng passkey" in page) is not can
    assert f'href="{APP}"' in page


@pytest.mark.parametrize("number", ["127.0.0.1:8000", "[::1]:8000", "192.0.2.7"])
def test_a_bare_number_is_no_site_for_a_passkey(official: Account, number: str) -> None:
    client = Client(headers={"host": number})
    client.force_login(official)

    assert "data-passkey=" not in text(client.get(PAGE, secure=True))
