"""After a sign-in on a phone its person is asked once whether the phone is hers alone; nobody else is, and a computer is not."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from xaso.apps.people import testing
from xaso.apps.people.locking import COMPUTER_COOKIE
from xaso.apps.people.own_phone_pages import ADDRESS, ASKED_COOKIE
from xaso.apps.people.tests.provider import RunningProvider
from xaso.apps.people.tests.test_identity import configured, provider, sign_in  # noqa: F401
from xaso.platform.cookies import cookie_name

pytestmark = pytest.mark.django_db

ANDROID = "Mozilla/5.0 (Linux; Android 12; SM-A035F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
TABLET = "Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"


@pytest.fixture
def phone() -> Client:
    return Client(headers={"User-Agent": ANDROID})


def forget_session(client: Client) -> None:
    """Let the session end; other cookies stay, as they do in a browser."""
    del client.cookies[settings.SESSION_COOKIE_NAME]


def test_on_a_phone_the_way_back_leads_over_the_question_and_then_never_again(provider: RunningProvider, phone: Client) -> None:  # noqa: F811
    testing.commune()

    asked = urlsplit(sign_in(provider, phone)["Location"])

    assert (asked.path, parse_qs(asked.query)) == (ADDRESS, {"next": ["/tra-cuu/"]})
    page = phone.get(ADDRESS, {"next": "/tra-cuu/"})
    assert 'href="/tra-cuu/"' in page.content.decode()
    assert page.cookies[cookie_name(ASKED_COOKIE)]["max-age"] == 365 * 86_400
    forget_session(phone)
    assert sign_in(provider, phone)["Location"] == "/tra-cuu/"


def test_a_page_that_never_arrived_does_not_count_as_asked(provider: RunningProvider, phone: Client) -> None:  # noqa: F811
    testing.commune()
    sign_in(provider, phone)
    forget_session(phone)

    assert urlsplit(sign_in(provider, phone)["Location"]).path == ADDRESS


@pytest.mark.parametrize(
    ("agent", "is_officials"),
    [(WINDOWS, False), (TABLET, False), (ANDROID, True)],
    ids=["a computer", "a tablet", "the phone of an official"],
)
def test_computers_tablets_and_the_browser_of_an_official_are_not_asked(
    provider: RunningProvider,  # noqa: F811
    agent: str,
    is_officials: bool,
) -> None:
    testing.commune()
    client = Client(headers={"User-Agent": agent})
    if is_officials:
        client.cookies[cookie_name(COMPUTER_COOKIE)] = "x"

    assert sign_in(provider, client)["Location"] == "/tra-cuu/"


def test_a_sign_in_that_failed_is_told_as_before(provider: RunningProvider, phone: Client) -> None:  # noqa: F811
    testing.commune()
    provider.behave("wrong", what="nonce")

    assert "/dang-nhap/chua-duoc/" in sign_in(provider, phone)["Location"]


@pytest.mark.parametrize("wanted", ["https://khac.test/", "//khac.test/", "javascript:alert(1)"])
def test_it_leads_to_no_other_site(wanted: str) -> None:
    commune = testing.commune()
    hers: Any = Client()
    hers.force_login(testing.citizen(commune, with_account=True).account, backend="django.contrib.auth.backends.ModelBackend")

    page = hers.get(ADDRESS, {"next": wanted}).content.decode()

    assert 'id="di-tiep" href="/"' in page
    assert f'href="{wanted}"' not in page


def test_who_is_not_signed_in_as_a_citizen_is_sent_on() -> None:
    commune = testing.commune()
    desk = Client()
    desk.force_login(testing.staff(commune, "desk"), backend="django.contrib.auth.backends.ModelBackend")

    for client in (Client(), desk):
        assert client.get(ADDRESS, {"next": "/tra-cuu/"})["Location"] == "/tra-cuu/"
