"""The page of specimens shows what the pages use."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/kieu-mau/", "/kieu-mau/can-bo/"])
def test_specimens_show_every_state(client: Client, address: str) -> None:
    page = client.get(address).content.decode()

    for piece in ('class="the la"', 'class="the nghe"', 'class="the son"', 'class="trong"', 'class="tomloi"', 'class="dong"'):
        assert piece in page
    assert "BẢN DÙNG THỬ" in page


@pytest.mark.parametrize(("address", "status"), [("/khong-co/", 404), ("/xac-minh/khong-co-giay", 404)])
def test_errors_speak_to_people(client: Client, address: str, status: int) -> None:
    answer = client.get(address)

    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()
