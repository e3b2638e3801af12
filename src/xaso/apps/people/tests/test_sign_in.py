"""Officials sign in by user name and password."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from xaso.apps.audit.facade import history_of
from xaso.apps.people import testing
from xaso.apps.people.models import Deputy, Post
from xaso.apps.people.roles import Role

pytestmark = pytest.mark.django_db
PAGE = "/dang-nhap/"


def enter(client: Client, username: str, password: str = testing.PASSWORD, after: str = "") -> Any:
    return client.post(PAGE, {"username": username, "password": password, "next": after})


def test_an_official_lands_on_today_s_work(client: Client) -> None:
    official = testing.staff(testing.commune(), Role.TEAM_LEADER, username="tiepnhan")

    answer = enter(client, "tiepnhan")

    assert (answer.status_code, answer["Location"]) == (302, "/can-bo/")
    assert [line.verb for line in history_of(f"account:{official.id}")] == ["people.signed_in"]


def test_an_official_lands_where_he_was_asked_to_sign_in(client: Client) -> None:
    testing.staff(testing.commune(), Role.TEAM_LEADER, username="tiepnhan")

    assert enter(client, "TiepNhan ", after="/so-theo-doi/?trang=2")["Location"] == "/so-theo-doi/?trang=2"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_an_address_elsewhere_is_not_followed(client: Client, elsewhere: str) -> None:
    testing.staff(testing.commune(), Role.TEAM_LEADER, username="tiepnhan")

    assert enter(client, "tiepnhan", after=elsewhere)["Location"] == "/can-bo/"


@pytest.mark.parametrize(("username", "password"), [("tiepnhan", "sai-mat-khau"), ("khong-co", testing.PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client: Client, username: str, password: str) -> None:
    testing.staff(testing.commune(), Role.DESK, username="tiepnhan")

    answer = enter(client, username, password)

    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_many_wrong_tries_stop_one_address_and_not_the_colleague_elsewhere() -> None:
    testing.staff(testing.commune(), Role.DESK, username="tiepnhan")
    guesser, colleague = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")
    for _ in range(8):
        enter(guesser, "tiepnhan", "sai")

    blocked = enter(guesser, "tiepnhan")

    assert "Vui lòng chờ 15 phút" in blocked.content.decode()
    assert enter(colleague, "tiepnhan").status_code == 302


def test_signing_in_often_is_not_a_wrong_try() -> None:
    testing.staff(testing.commune(), Role.DESK, username="tiepnhan")

    assert {enter(Client(), "tiepnhan").status_code for _ in range(10)} == {302}


def test_who_holds_no_post_does_not_get_in(client: Client) -> None:
    commune = testing.commune()
    testing.staff(commune, Role.DESK, username="cu", until=date(2026, 1, 1))

    answer = enter(client, "cu")

    assert "chưa được giao vị trí" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_roles_end_with_the_post_while_signed_in(client: Client) -> None:
    official = testing.staff(testing.commune(), Role.DESK, username="tiepnhan")
    enter(client, "tiepnhan")
    Post.objects.filter(account=official).update(until=date(2026, 1, 1))

    assert client.get(PAGE).status_code == 200


def test_an_official_with_a_given_password_sets_his_own_first(client: Client) -> None:
    official = testing.staff(testing.commune(), Role.TEAM_LEADER, username="tiepnhan")
    official.must_change_password = True
    official.save()

    assert enter(client, "tiepnhan", after="/mot-cua/")["Location"] == "/doi-mat-khau/"
    assert client.get(PAGE)["Location"] == "/doi-mat-khau/"
    assert client.get("/can-bo/")["Location"] == "/dang-nhap/?next=/can-bo/"
    assert "lần đăng nhập đầu" in client.get("/doi-mat-khau/").content.decode()
    new = {"current": testing.PASSWORD, "new": "suối-chảy-qua-bản", "again": "suối-chảy-qua-bản"}
    answer = client.post("/doi-mat-khau/", new)

    assert answer["Location"] == "/mot-cua/"
    official.refresh_from_db()
    assert (official.must_change_password, official.check_password("suối-chảy-qua-bản")) == (False, True)
    assert client.get(PAGE)["Location"] == "/can-bo/"


def test_a_weak_new_password_is_refused_in_words(client: Client) -> None:
    official = testing.staff(testing.commune(), Role.DESK, username="tiepnhan")
    enter(client, "tiepnhan")

    answer = client.post("/doi-mat-khau/", {"current": testing.PASSWORD, "new": "ngan", "again": "ngan"})

    assert answer.status_code == 422
    official.refresh_from_db()
    assert official.check_password(testing.PASSWORD)


def test_signing_out_asks_first_and_then_ends_the_session(client: Client) -> None:
    testing.staff(testing.commune(), Role.DESK, username="tiepnhan")
    enter(client, "tiepnhan")

    assert "_auth_user_id" in client.session
    assert client.get("/dang-xuat/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/dang-xuat/")
    assert "_auth_user_id" not in client.session


def test_a_deputy_holds_the_roles_on_the_days_named() -> None:
    commune = testing.commune()
    signer = testing.staff(commune, Role.SIGNER, title="Phó Chủ tịch")
    deputy = testing.staff(commune, Role.DESK, title="Công chức một cửa")
    first, last = date(2026, 11, 20), date(2026, 11, 22)
    Deputy.objects.create(post=signer.posts.get(), account=deputy, from_on=first, until_on=last, reason="đi họp")

    seen = [testing.actor_for(deputy, on=first + timedelta(days=days)) for days in (-1, 0, 2, 3)]

    assert [sorted(actor.roles) for actor in seen] == [["desk"], ["desk", "signer"], ["desk", "signer"], ["desk"]]
    assert [actor.deputising_for for actor in seen] == ["", "Phó Chủ tịch", "Phó Chủ tịch", ""]
    assert {actor.post_title for actor in seen} == {"Công chức một cửa"}


def test_a_required_field_says_so_and_is_not_judged_by_the_browser(client: Client) -> None:
    page = client.get("/dang-nhap/").content.decode()

    assert page.count('aria-required="true"') == 2
    assert not re.search(r"<input[^>]*\srequired\b", page)
