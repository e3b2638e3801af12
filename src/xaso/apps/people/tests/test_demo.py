"""The demo commune's people are loaded once, quickly, and hit no real person."""

import json
from datetime import UTC, datetime

import pytest
from django.conf import settings

from xaso.apps.people import facade, testing
from xaso.apps.people.demo import DEMO_PASSWORD, load_demo_people
from xaso.apps.people.models import Account, Citizen, Mandate, Post, Village
from xaso.kernel.identifiers import PersonalNumber
from xaso.kernel.partial_dates import PartialDate

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
ROLES = {
    "tiepnhan": "desk",
    "hotich": "case_officer",
    "phochutich": "signer",
    "vanthu": "clerk",
    "giamdoc": "centre_head",
    "totruong": "team_leader",
    "quantri": "administrator",
    "quantri2": "administrator",
}
pytestmark = pytest.mark.django_db


def test_the_demo_has_the_commune_as_published() -> None:
    load_demo_people(NOW)

    commune = facade.the_commune()

    assert commune is not None
    assert (commune.name, commune.gso_code, commune.province_code, commune.is_demo) == ("Xã Bảo Nhai", "02890", "15", True)
    assert {unit.code: unit.name for unit in facade.former_units(commune.id)} == {
        "02890": "Bảo Nhai",
        "02878": "Cốc Ly",
        "02884": "Nậm Đét",
    }
    villages = facade.villages(commune.id)
    assert len(villages) == 38
    assert sum(not village.unverified for village in villages) == 6
    assert all(village.unverified for village in villages if "(mẫu)" in village.name)


def test_the_demo_has_officials_teams_and_citizens() -> None:
    load_demo_people(NOW)

    team = Post.objects.filter(village__isnull=False)

    assert Post.objects.filter(village=None).count() == 60
    assert (team.count(), team.values("village").distinct().count()) == (185, 38)
    assert Citizen.objects.count() == 2000
    assert Mandate.objects.exists()


def _citizens() -> list[dict[str, object]]:
    names = [one.name for one in Citizen._meta.concrete_fields if not one.is_relation]
    return [{name: getattr(row, name) for name in names} for row in Citizen.objects.order_by("id")]


def test_loading_twice_changes_nothing() -> None:
    load_demo_people(NOW)
    before = _citizens()

    load_demo_people(NOW)

    assert _citizens() == before
    assert Account.objects.count() == 245


def test_the_demo_sign_ins_hold_their_roles() -> None:
    load_demo_people(NOW)
    accounts = {username: Account.objects.get(username=username) for username in ROLES}

    assert all(account.check_password(DEMO_PASSWORD) for account in accounts.values())
    assert {username for username, account in accounts.items() if ROLES[username] not in testing.actor_for(account).roles} == set()


def test_no_number_or_phone_is_a_real_person_s() -> None:
    load_demo_people(NOW)

    for citizen in Citizen.objects.all():
        number = PersonalNumber(citizen.personal_number)
        assert citizen.personal_number[:3] in {"000", "999"}
        assert not number.warnings(birth=PartialDate.from_iso(citizen.birth), sex=citizen.sex, demo=True)
        assert citizen.phone == "" or citizen.phone.startswith("0500")


def test_names_and_births_that_forms_stumble_over_are_there() -> None:
    load_demo_people(NOW)
    names = set(Citizen.objects.values_list("full_name", flat=True))

    assert max(map(len, names)) == 60
    assert {"Mẩy", "Sần"} <= names
    assert Citizen.objects.filter(birth__regex=r"^\d{4}$").count() > 20


def test_the_stand_in_provider_is_told_of_everybody_over_fourteen() -> None:
    load_demo_people(NOW)

    people = json.loads((settings.DATA_DIR / "standins" / "citizens.json").read_text(encoding="utf-8"))["people"]

    assert people[0]["note"]
    assert len({person["sub"] for person in people}) == len(people) > 1200
    assert {person["personal_number"] for person in people} <= {one.personal_number for one in Citizen.objects.all()}


def test_there_is_no_village_of_one_people() -> None:
    load_demo_people(NOW)

    groups = [{one.ethnicity for one in Citizen.objects.filter(village=village)} for village in Village.objects.all()]

    assert all(groups)
    assert set.union(*groups) == {"Mông", "Dao", "Tày", "Nùng", "Phù Lá", "Kinh"}
