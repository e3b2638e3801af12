"""Anyone may ask whether the commune issued a paper."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

CODE = "7Q2XKM9D01ABCDEFGHJK"
ADDRESS = f"http://xa.example/xac-minh/{CODE}"


@pytest.mark.parametrize("typed", [CODE, " 7q2xk-m9d01-abcde-fghjk ", "7Q2XK M9DO1 ABCDE FGHJK", ADDRESS, ADDRESS + "/"])
def test_code_or_whole_address_leads_to_the_paper(client: Client, typed: str) -> None:
    assert client.get("/xac-minh/", {"ma": typed})["Location"] == f"/xac-minh/{CODE}"


@pytest.mark.parametrize("typed", ["mã<b>này", "7Q2XK", "a" * 500])
def test_what_can_be_no_code_is_asked_for_again(client: Client, typed: str) -> None:
    answer = client.get("/xac-minh/", {"ma": typed})

    assert answer.status_code == 422
    assert "đủ hai mươi chữ và số" in answer.content.decode()
    assert "<b>này" not in answer.content.decode()


def test_the_code_of_a_dossier_is_told_from_the_code_of_a_paper(client: Client) -> None:
    page = client.get("/xac-minh/", {"ma": "xs-261124-0001"}).content.decode()

    assert "Đây là mã hồ sơ, không phải mã của giấy" in page
    assert 'href="/tra-cuu/?ma=xs-261124-0001"' in page


@pytest.mark.parametrize("code", [CODE, "khong-co-giay-nay", "a\x00b", "mã-này", "a b c d"])
def test_paper_that_nobody_issued_is_told_plainly(client: Client, code: str) -> None:
    answer = client.get(f"/xac-minh/{code}")

    assert answer.status_code == 404
    assert "Không có giấy nào mang mã này" in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_code_that_was_asked_for_is_said_again_in_groups(client: Client) -> None:
    assert '<b class="ma-hoi">7Q2XK-M9D01-ABCDE-FGHJK</b>' in client.get(f"/xac-minh/{CODE}").content.decode()
