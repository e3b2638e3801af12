"""The language that somebody chose is remembered; nobody else's choice counts."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


def test_choice_is_kept_in_a_cookie_and_leads_back(client: Client) -> None:
    answer = client.get("/ngon-ngu/", {"ma": "vi", "ve": "/thu-tuc/?q=khai+sinh"})

    assert answer["Location"] == "/thu-tuc/?q=khai+sinh"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "vi"


@pytest.mark.parametrize("back", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_it_leads_to_no_other_site(client: Client, back: str) -> None:
    assert client.get("/ngon-ngu/", {"ma": "vi", "ve": back})["Location"] == "/"


def test_language_that_is_not_there_changes_nothing(client: Client) -> None:
    answer = client.get("/ngon-ngu/", {"ma": "tlh"})

    assert answer.cookies == {}


def test_telephone_set_to_english_still_reads_vietnamese(client: Client) -> None:
    answer = client.get("/kieu-mau/", headers={"Accept-Language": "en-US,en;q=0.9"})

    assert answer["Content-Language"] == "vi"
    assert b'<html lang="vi">' in answer.content
