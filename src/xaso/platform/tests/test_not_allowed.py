"""An address that only takes what a form sends: opened by hand it is a page like every other, with the way back to the form."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/ho-so-cua-toi/XS-261123-0001/rut/", "/ho-so-cua-toi/XS-261123-0001/"),
        ("/ho-so/XS-261123-0001/viec/sign/", "/ho-so/XS-261123-0001/"),
    ],
)
def test_it_says_so_and_leads_to_the_page_with_the_form(path: str, back: str) -> None:
    answer = Client().get(path)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    page = answer.content.decode()
    assert "BẢN DÙNG THỬ" in page
    assert f'href="{back}"' in page


def test_a_method_that_no_page_takes_gets_the_page_too() -> None:
    answer = Client().delete("/")

    assert answer.status_code == 405
    assert "BẢN DÙNG THỬ" in answer.content.decode()
