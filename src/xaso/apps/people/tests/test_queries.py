"""Who is found, by whom, at what cost."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from xaso.apps.people import facade, memory, testing
from xaso.apps.people.roles import Role
from xaso.platform.actor import Actor

pytestmark = pytest.mark.django_db


def test_names_are_found_without_accents_and_exact_ones_first() -> None:
    commune = testing.commune()
    actor = testing.actor_for(testing.staff(commune, Role.DESK))
    for name in ("Sùng Thị My", "Sùng Thị Mỷ", "Lù Văn Đạt"):
        testing.citizen(commune, name)

    assert [citizen.full_name for citizen in facade.search_citizens(actor, "sung thi my")] == ["Sùng Thị My", "Sùng Thị Mỷ"]
    assert [citizen.full_name for citizen in facade.search_citizens(actor, "Thị Mỷ")] == ["Sùng Thị Mỷ", "Sùng Thị My"]
    assert [citizen.full_name for citizen in facade.search_citizens(actor, "dat")] == ["Lù Văn Đạt"]


def test_numbers_and_phones_are_found_by_their_digits() -> None:
    commune = testing.commune()
    actor = testing.actor_for(testing.staff(commune, Role.DESK))
    pao = testing.citizen(commune, personal_number="000090123456", phone="0500777888")

    assert [one.id for one in facade.search_citizens(actor, "0500 777 888")] == [pao.id]
    assert [one.id for one in facade.find_citizens_by_number(actor, "000090123456")] == [pao.id]


def test_a_citizen_finds_herself_and_whom_she_may_act_for() -> None:
    commune = testing.commune()
    mother = testing.citizen(commune, "Sùng Thị Mỷ", with_account=True)
    child = testing.citizen(commune, "Giàng A Pao")
    testing.citizen(commune, "Giàng A Chu")
    testing.mandate(child, mother)

    found = facade.search_citizens(testing.actor_for_citizen(mother), "g")

    assert {one.full_name for one in found} == {"Sùng Thị Mỷ", "Giàng A Pao"}


def test_team_members_strangers_and_other_communes_find_nobody() -> None:
    commune = testing.commune()
    testing.citizen(commune, "Giàng A Pao")
    foreign = testing.actor_for(testing.staff(testing.commune(), Role.DESK))
    member = testing.actor_for(testing.staff(commune, Role.TEAM_MEMBER))

    for actor in (foreign, member, Actor.anonymous(commune.id)):
        assert facade.search_citizens(actor, "pao") == []


@pytest.mark.parametrize(
    ("on", "may"), [(date(2026, 1, 1), True), (date(2026, 12, 31), True), (date(2027, 1, 1), False), (date(2025, 12, 31), False)]
)
def test_a_mandate_holds_on_its_days(on: date, may: bool) -> None:
    commune = testing.commune()
    mother, child = testing.citizen(commune), testing.citizen(commune)
    testing.mandate(child, mother, valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31))

    assert facade.may_act_for(mother.id, child.id, on=on) is may
    assert not facade.may_act_for(child.id, mother.id, on=on)
    assert facade.may_act_for(child.id, child.id, on=on)


def test_posts_are_found_by_role_with_their_holders() -> None:
    commune = testing.commune()
    testing.staff(commune, Role.DESK, full_name="Nguyễn Thị Hạnh")
    testing.staff(commune, Role.SIGNER, Role.LEADER, full_name="Hoàng Văn Kiên")
    testing.staff(commune, Role.SIGNER, until=date(2026, 1, 1))

    assert [post.holder_name for post in facade.posts(commune.id, Role.SIGNER)] == ["Hoàng Văn Kiên"]
    assert len(facade.posts(commune.id, Role.SIGNER, on=date(2025, 12, 1))) == 2


def test_a_commune_answers_at_its_own_host() -> None:
    first = testing.commune()
    second = testing.commune(hostname="muonghum.example")

    assert [memory.commune_of_host(host).id for host in ("muonghum.example:8000", "MuongHum.example", "other.example")] == [  # type: ignore[union-attr]
        second.id,
        second.id,
        first.id,
    ]


def test_a_page_for_nobody_in_particular_asks_the_database_nothing(client: Client, django_assert_num_queries: Any) -> None:
    testing.commune()
    with testing.remembering():
        client.get("/dang-nhap/")
        with django_assert_num_queries(0):
            client.get("/dang-nhap/")


def test_knowing_a_signed_in_official_costs_session_account_and_one_query(client: Client, django_assert_num_queries: Any) -> None:
    official = testing.staff(testing.commune(), Role.DESK)
    client.force_login(official, backend="django.contrib.auth.backends.ModelBackend")
    with testing.remembering():
        client.get("/dang-nhap/")
        with django_assert_num_queries(3):
            client.get("/dang-nhap/")


def test_before_set_up_pages_know_no_commune(client: Client) -> None:
    memory.forget()

    assert client.get("/dang-nhap/").status_code == 200
    assert facade.the_commune() is None
