"""Questions whose SQL is made once: the ORM's own answers, for each set of values, each actor and in each thread."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Q, QuerySet
from pytest_django import DjangoAssertNumQueries

from xaso.kernel.identifiers import uuid7
from xaso.platform.actor import Actor
from xaso.platform.kept_questions import KeptQuestion, OfficialsQuestion
from xaso.platform.models import Counter

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
NOTHING = Q(pk__in=())


def in_series(commune_id: UUID, series: str) -> QuerySet[Counter]:
    return Counter.objects.filter(commune_id=commune_id, series=series, value__gte=10).order_by("period")


def values_in_series(commune_id: UUID, series: str) -> QuerySet[Counter, tuple[Any, ...]]:
    return in_series(commune_id, series).values_list("commune_id", "period", "value")


def seen_by(actor: Actor) -> QuerySet[Counter]:
    """A room's access in small: readers see the commune's, citizens their own, others nothing."""
    if actor.holds("reader"):
        seen = Q(commune_id=actor.commune_id)
    else:
        seen = Q(commune_id=actor.commune_id, series=str(actor.citizen_id)) if actor.citizen_id else NOTHING
    return Counter.objects.filter(seen).order_by("period")


@pytest.fixture
def communes() -> tuple[UUID, UUID]:
    one, other = uuid7(), uuid7()
    for commune_id, series, period, value in (
        (one, "số a", "2024", 9),
        (one, "số a", "2025", 10),
        (one, "số a", "2026", 30),
        (one, "mã %s", "2026", 40),
        (other, "số a", "2026", 50),
    ):
        Counter.objects.create(commune_id=commune_id, series=series, period=period, value=value)
    return one, other


def official(commune_id: UUID, *roles: str) -> Actor:
    return Actor(kind="staff", commune_id=commune_id, account_id=uuid7(), roles=frozenset(roles))


def test_it_answers_each_time_with_the_rows_of_the_values_given(
    communes: tuple[UUID, UUID], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    question = KeptQuestion(values_in_series, commune_id=UUID, series=str)
    for commune_id, series in ((communes[0], "số a"), (communes[1], "số a"), (communes[0], "mã %s"), (uuid7(), "số a")):
        with django_assert_num_queries(1):
            found = question.ask(commune_id=commune_id, series=series)
        assert found == list(values_in_series(commune_id, series))
        assert question.count(commune_id=commune_id, series=series) == len(found)
    assert question.ask(commune_id=communes[0], series="số a") == [(communes[0], "2025", 10), (communes[0], "2026", 30)]


def test_what_changed_in_between_is_in_the_next_answer(communes: tuple[UUID, UUID]) -> None:
    question = KeptQuestion(in_series, commune_id=UUID, series=str)
    (kept, _other) = question.ask(commune_id=communes[0], series="số a")
    kept.value = 11
    kept.save()

    assert [one.value for one in question.ask(commune_id=communes[0], series="số a")] == [11, 30]


def test_moments_are_compared_as_moments() -> None:
    for key, until in (("gone", NOON), ("stands", NOON + timedelta(microseconds=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=until)
    question = KeptQuestion(lambda now: Session.objects.filter(expire_date__gt=now), now=datetime)

    assert [one.session_key for one in question.ask(now=NOON)] == ["stands"]
    assert question.ask(now=NOON)[0].expire_date == NOON + timedelta(microseconds=1)


def test_a_value_that_does_not_get_into_the_sql_as_it_is_is_refused() -> None:
    question = KeptQuestion(lambda series: Counter.objects.filter(series=series.upper()), series=str)
    with pytest.raises(ValueError, match="series"):
        question.ask(series="số a")


def test_what_is_fetched_besides_is_refused() -> None:
    question = KeptQuestion(lambda series: Counter.objects.filter(series=series).values("value"), series=str)
    with pytest.raises(TypeError):
        question.ask(series="số a")


def test_officials_of_one_role_see_each_her_own_communes_rows(communes: tuple[UUID, UUID]) -> None:
    question = OfficialsQuestion(seen_by)
    for commune_id in communes:
        found = question.ask(official(commune_id, "reader"))
        assert {one.commune_id for one in found} == {commune_id}
        assert question.count(official(commune_id, "reader")) == len(found)


def test_who_holds_other_roles_sees_nothing_however_often_readers_asked(communes: tuple[UUID, UUID]) -> None:
    question = OfficialsQuestion(seen_by)
    assert question.ask(official(communes[0], "reader"))

    assert question.ask(official(communes[0], "writer")) == []
    assert question.count(official(communes[0])) == 0
    assert question.ask(Actor.anonymous(communes[0])) == []


def test_a_citizen_sees_her_own_even_when_she_is_an_official(communes: tuple[UUID, UUID]) -> None:
    question = OfficialsQuestion(seen_by)
    citizen_id = uuid7()
    own = Counter.objects.create(commune_id=communes[0], series=str(citizen_id), period="2026", value=1)
    citizen = Actor(kind="citizen", commune_id=communes[0], citizen_id=citizen_id)

    assert question.ask(official(communes[0])) == []
    assert question.ask(citizen) == [own]
    assert question.ask(replace(official(communes[0]), citizen_id=citizen_id)) == [own]


@pytest.mark.django_db(transaction=True)
def test_another_thread_asks_over_its_own_connection(communes: tuple[UUID, UUID]) -> None:
    question = KeptQuestion(in_series, commune_id=UUID, series=str)
    here = question.ask(commune_id=communes[0], series="số a")

    def there() -> list[Counter]:
        try:
            return question.ask(commune_id=communes[0], series="số a")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(there).result() == here
