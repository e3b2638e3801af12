"""A commune sets filing places, issuers and the province's fees for itself; nobody else's catalogue changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from xaso.apps.audit import facade as audit
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.procedures import facade, testing
from xaso.apps.procedures.facade import Ground
from xaso.apps.procedures.models import CommuneOverride
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ON = date(2026, 11, 23)
BIRTH, DEATH, STATUS = "1.001193", "1.000656", "1.004873"
BASIS = Ground(date(2026, 11, 1), decision="12/NQ-HĐND", source="Công báo")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def commune() -> Any:
    return people.commune()


@pytest.fixture
def administrator(commune: Any) -> Actor:
    return people.actor_for(people.staff(commune, Role.ADMINISTRATOR))


def place(commune: Any, code: str = BIRTH, channel: str = "online", on: date = ON) -> str:
    return facade.filing_place(commune.id, testing.procedure(code), channel, on=on)


def test_the_laws_filing_place_and_issuer_count_until_the_commune_sets_its_own(commune: Any, administrator: Actor) -> None:
    assert (place(commune), facade.issuer(commune.id, testing.procedure(BIRTH), on=ON)) == ("national_portal", "ministry_system")
    facade.set_filing_place(administrator, BIRTH, "online", "here", BASIS, now=NOW)
    facade.set_issuer(administrator, BIRTH, "commune", BASIS, now=NOW)
    assert (place(commune), facade.issuer(commune.id, testing.procedure(BIRTH), on=ON)) == ("here", "commune")
    assert place(commune, channel="counter") == "here"
    assert place(commune, DEATH) == "national_portal"


def test_any_level_of_identity_will_do_until_the_catalogue_or_the_commune_names_one(commune: Any, administrator: Actor) -> None:
    version = testing.procedure(BIRTH)
    legal = replace(version.filing["online"], identity_level=2)
    named = replace(version, filing={**version.filing, "online": legal})

    assert [facade.identity_level(commune.id, one, on=ON) for one in (version, named)] == [0, 2]
    facade.set_identity_level(administrator, BIRTH, "1", BASIS, now=NOW)
    assert [facade.identity_level(commune.id, one, on=ON) for one in (version, named)] == [1, 1]
    facade.set_identity_level(administrator, BIRTH, "0", BASIS, now=NOW + timedelta(hours=1))
    assert facade.identity_level(commune.id, named, on=ON) == 0
    facade.set_identity_level(administrator, BIRTH, "", BASIS, now=NOW + timedelta(hours=2))
    assert facade.identity_level(commune.id, named, on=ON) == 2


def test_another_commune_is_not_touched(commune: Any, administrator: Actor) -> None:
    facade.set_filing_place(administrator, BIRTH, "online", "here", BASIS, now=NOW)
    assert place(people.commune()) == "national_portal"


def test_it_counts_from_its_day_on_and_an_empty_value_returns_to_the_law(commune: Any, administrator: Actor) -> None:
    facade.set_filing_place(administrator, BIRTH, "online", "here", Ground(date(2026, 12, 1), source="x"), now=NOW)
    facade.set_filing_place(administrator, BIRTH, "online", "", Ground(date(2027, 1, 1), source="x"), now=NOW)
    days = (date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 1))
    assert [place(commune, on=day) for day in days] == ["national_portal", "here", "national_portal"]


def test_a_channel_that_nobody_offers_is_not_offered(commune: Any, administrator: Actor) -> None:
    assert place(commune, "2.000815", "post") == "not_offered"
    facade.set_filing_place(administrator, "2.000815", "post", "here", BASIS, now=NOW)
    assert place(commune, "2.000815", "post") == "here"


def test_the_provinces_fee_is_known_from_its_day_on(commune: Any, administrator: Actor) -> None:
    version, answers = testing.procedure(STATUS), {"exempt_group": "none"}
    assert facade.compute_fee(commune.id, version, answers, on=ON).total_vnd is None
    facade.set_provincial_fee(administrator, STATUS, "certificate", 15_000, BASIS, now=NOW)
    fee = facade.compute_fee(commune.id, version, answers, on=ON)
    assert (fee.total_vnd, fee.confirm, fee.lines[0].basis) == (15_000, False, "12/NQ-HĐND")
    assert facade.compute_fee(commune.id, version, answers, on=date(2026, 10, 31)).total_vnd is None
    assert facade.compute_fee(commune.id, version, {"exempt_group": "merit"}, on=ON).total_vnd == 0
    assert [one.amount_vnd for one in facade.provincial_fees(commune.id, STATUS)] == [15_000]


def test_a_correction_for_the_same_day_takes_the_place_of_the_slip(commune: Any, administrator: Actor) -> None:
    facade.set_provincial_fee(administrator, STATUS, "certificate", 150_000, BASIS, now=NOW)
    facade.set_provincial_fee(administrator, STATUS, "certificate", 15_000, BASIS, now=NOW.replace(hour=4))
    assert facade.compute_fee(commune.id, testing.procedure(STATUS), {}, on=ON).total_vnd == 15_000
    assert CommuneOverride.objects.count() == 2


def test_who_set_what_is_written_down(commune: Any, administrator: Actor) -> None:
    facade.set_provincial_fee(administrator, STATUS, "certificate", 15_000, BASIS, now=NOW)
    line = audit.history_of(f"procedure:{STATUS}")[0]
    assert line.verb == "procedures.provincial_fee_set"
    assert line.detail["amount_vnd"] == 15_000
    assert line.detail["decision"] == "12/NQ-HĐND"


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda who: facade.set_filing_place(who, BIRTH, "online", "moon", BASIS, now=NOW), "procedures.place_unknown"),
        (lambda who: facade.set_filing_place(who, BIRTH, "pigeon", "here", BASIS, now=NOW), "procedures.place_unknown"),
        (lambda who: facade.set_filing_place(who, "0.000000", "online", "here", BASIS, now=NOW), "procedures.not_found"),
        (lambda who: facade.set_filing_place(who, BIRTH, "online", "here", Ground(ON, " ", ""), now=NOW), "procedures.ground_missing"),
        (lambda who: facade.set_issuer(who, BIRTH, "king", BASIS, now=NOW), "procedures.issuer_unknown"),
        (lambda who: facade.set_identity_level(who, BIRTH, "3", BASIS, now=NOW), "procedures.level_unknown"),
        (lambda who: facade.set_identity_level(who, BIRTH, "2", Ground(ON), now=NOW), "procedures.ground_missing"),
        (lambda who: facade.set_provincial_fee(who, STATUS, "nothing", 1, BASIS, now=NOW), "procedures.fee_unknown"),
        (lambda who: facade.set_provincial_fee(who, "2.000815", "certification", 1, BASIS, now=NOW), "procedures.fee_unknown"),
        (lambda who: facade.set_provincial_fee(who, STATUS, "certificate", -1, BASIS, now=NOW), "procedures.amount_wrong"),
        (
            lambda who: facade.set_provincial_fee(who, STATUS, "certificate", 1, Ground(ON, source="x"), now=NOW),
            "procedures.ground_missing",
        ),
    ],
)
def test_what_is_wrong_is_refused_and_changes_nothing(administrator: Actor, call: Any, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        call(administrator)
    assert caught.value.code == code
    assert CommuneOverride.objects.count() == 0


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_the_administrator_may(commune: Any, role: Role) -> None:
    someone = people.actor_for(people.staff(commune, role))
    with pytest.raises(Refusal, match=r"procedures\.not_allowed"):
        facade.set_issuer(someone, BIRTH, "commune", BASIS, now=NOW)
    with pytest.raises(Refusal, match=r"procedures\.not_allowed"):
        facade.set_issuer(Actor.anonymous(commune.id), BIRTH, "commune", BASIS, now=NOW)
    assert CommuneOverride.objects.count() == 0
