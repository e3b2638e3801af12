"""`/gui-lai/`: what was being sent when a session had ended, and forms older than the last sign-in."""

from datetime import timedelta

import pytest
from django.test import Client

from xaso.platform import clock
from xaso.platform.send_again import KEY

pytestmark = pytest.mark.django_db
PAGE = "http://testserver/quan-tri/xa/"
FORM = {"name": "Xã Tân Tiến", "kind": "commune", "csrfmiddlewaretoken": "x"}


def sent_by(client: Client, fields: dict[str, str], **headers: str) -> str:
    """Send a form of the administration as a visitor; returns where the visitor is led."""
    return str(client.post("/quan-tri/xa/", fields, headers={"Referer": PAGE, **headers})["Location"])


def test_a_form_waits_with_every_field_and_without_its_token(client: Client) -> None:
    assert sent_by(client, FORM) == "/dang-nhap/?next=/gui-lai/"
    page = client.get("/gui-lai/").content.decode()
    assert '<p class="da-go">Xã Tân Tiến</p>' in page
    assert '<input type="hidden" name="kind" value="commune">' in page
    assert '<p class="da-go">commune' not in page


def test_what_is_dropped_is_gone(client: Client) -> None:
    sent_by(client, FORM)
    assert client.post("/gui-lai/", {"khong-gui": "1"})["Location"] == "/quan-tri/xa/"
    assert KEY not in client.session


def test_it_waits_half_an_hour(client: Client) -> None:
    sent_by(client, FORM)
    session = client.session
    session[KEY] |= {"at": (clock.now() - timedelta(minutes=31)).isoformat()}
    session.save()
    assert "Xã Tân Tiến" not in client.get("/gui-lai/").content.decode()


@pytest.mark.parametrize("fields", [{"password": "bi-mat"}, {"current": "a", "new": "b", "again": "b"}, {"text": "a" * 60_001}])
def test_secrets_and_floods_are_not_kept(client: Client, fields: dict[str, str]) -> None:
    assert sent_by(client, fields) == "/dang-nhap/?next=/"
    assert KEY not in client.session


def test_what_a_script_sends_by_itself_is_not_kept(client: Client) -> None:
    assert sent_by(client, FORM, **{"Sec-Fetch-Mode": "cors"}) == "/dang-nhap/?next=/"


def test_a_form_of_ours_with_an_old_token_can_be_sent_again() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/tra-cuu/", {"code": "XS-261124-0001 <b>"}, headers={"Origin": "http://testserver"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "XS-261124-0001 &lt;b&gt;" in page
    assert '<form class="muc" method="post" action="/tra-cuu/" data-once>' in page


def test_a_form_from_elsewhere_is_refused_and_offered_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/tra-cuu/", {"code": "XS-261124-0001"}, headers={"Origin": "https://ke-xau.example"})
    assert answer.status_code == 403
    assert "XS-261124-0001" not in answer.content.decode()
