"""Anyone may ask whether the commune issued a paper."""

import pytest
from django.test import Client

from xaso.apps.portal.pages import check

pytestmark = pytest.mark.django_db

ADDRESS = "http://xa.example/xac-minh/q7Xk2m9Q"


@pytest.mark.parametrize("typed", ["q7Xk2m9Q", " q7Xk2m9Q ", ADDRESS, ADDRESS + "/"])
def test_code_or_whole_address_leads_to_the_paper(client: Client, typed: str) -> None:
    assert client.get("/xac-minh/", {"ma": typed})["Location"] == "/xac-minh/q7Xk2m9Q"


def test_code_with_letters_that_no_code_has_is_asked_for_again(client: Client) -> None:
    answer = client.get("/xac-minh/", {"ma": "mã<b>này"})

    assert answer.status_code == 422
    assert "mã&lt;b&gt;này" in answer.content.decode()


def test_paper_that_nobody_issued_is_told_plainly(client: Client) -> None:
    answer = client.get("/xac-minh/khong-co-giay-nay")

    assert answer.status_code == 404
    assert "Không có giấy nào mang mã này" in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("token", ["a\x00b", "abc", "a" * 65, "mã-này", "a b c d"])
def test_what_can_be_no_code_is_never_looked_up(token: str) -> None:
    assert check.card_of(token) is None
