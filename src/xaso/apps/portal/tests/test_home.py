"""What a citizen sees first, and what it weighs."""

from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from xaso.apps.people import facade
from xaso.apps.people import testing as people
from xaso.platform import kept_pages
from xaso.platform.tests.ageless import ageless

USABLE_BYTES, WHOLE_BYTES = 14 * 1024, 25 * 1024
FILES = ("xaso/xaso.css", "xaso/sprite.svg", "xaso/xaso.js", "xaso/icon.svg")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    kept_pages.forget()


def test_home_names_the_commune_and_says_that_it_is_a_trial(client: Client) -> None:
    people.commune(name="Xã Bảo Nhai", address="thôn Bảo Tấn 1", phone="02143812345")

    page = client.get("/").content.decode()

    assert "<title>Anh/chị cần làm gì? · Xã Bảo Nhai</title>" in page
    assert 'UBND xã Bảo Nhai, <span lang="vi">thôn Bảo Tấn 1</span>' in page
    assert 'href="tel:02143812345"' in page
    assert "BẢN DÙNG THỬ, dữ liệu không có thật" in page


def test_home_for_a_stranger_sets_no_cookie_and_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people.commune()
    with people.remembering(), ageless(kept_pages):
        client.get("/")
        with django_assert_num_queries(0):
            answer = client.get("/")

    assert answer.cookies == {}
    assert b"csrf" not in answer.content
    assert answer["Vary"] == "Accept-Encoding, Cookie"


def test_home_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    people.commune()
    etag = client.get("/")["ETag"]

    again = client.get("/", headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


def test_home_comes_packed_and_reads_the_same(client: Client) -> None:
    people.commune()
    plain = client.get("/").content

    packed = client.get("/", headers={"Accept-Encoding": "gzip, br"})

    assert packed["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == plain


def test_a_change_of_the_commune_shows_at_once(client: Client) -> None:
    row = people.commune(name="Xã Cũ")
    client.get("/")
    row.name = "Xã Mới"
    row.save()
    facade.forget()

    assert "Xã Mới" in client.get("/").content.decode()


def test_home_greets_whoever_is_signed_in(client: Client) -> None:
    commune = people.commune()
    client.force_login(people.staff(commune, "desk", full_name="Lù Thị Seo"), backend="django.contrib.auth.backends.ModelBackend")

    page = client.get("/").content.decode()

    assert "Đang đăng nhập: Lù Thị Seo" in page
    assert 'href="/can-bo/"' in page


def test_home_before_any_commune_is_set_up_still_answers(client: Client) -> None:
    assert client.get("/").status_code == 200


def test_first_visit_fits_one_window_of_the_network(client: Client) -> None:
    people.commune(name="Xã " + "Rất Dài " * 7, address="thôn Bảo Tấn 1", phone="02143812345")
    html = len(client.get("/", headers={"Accept-Encoding": "br"}).content)
    sizes = {name: len(brotli.compress(_file(name))) for name in FILES}

    assert html + sizes["xaso/xaso.css"] + sizes["xaso/sprite.svg"] <= USABLE_BYTES
    assert html + sum(sizes.values()) <= WHOLE_BYTES
    assert sizes["xaso/xaso.css"] <= 7 * 1024
    assert sizes["xaso/xaso.js"] <= 3.5 * 1024


def _file(name: str) -> bytes:
    found = finders.find(name)
    assert found is not None
    return Path(found).read_bytes()
