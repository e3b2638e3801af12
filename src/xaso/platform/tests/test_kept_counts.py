"""Counts whose SQL is made once: the ORM's own answer, for each commune, in each thread."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q
from pytest_django import DjangoAssertNumQueries

from xaso.kernel.identifiers import uuid7
from xaso.platform.kept_counts import KeptCounts
from xaso.platform.models import Counter

pytestmark = pytest.mark.django_db
BIG, NAMED = Q(value__gte=50), Q(series__startswith="số") & ~Q(period="")


@pytest.fixture
def counts() -> KeptCounts:
    return KeptCounts(Counter, big=BIG, named=NAMED, none=Q(series="100%"))


@pytest.fixture
def commune_id() -> UUID:
    commune_id = uuid7()
    for number, series in enumerate(("số a", "số b", "mã c", "số d")):
        Counter.objects.create(commune_id=commune_id, series=series, period=f"{2020 + number}", value=30 * number)
    return commune_id


def test_it_counts_as_the_orm_does_and_only_the_communes_own(
    counts: KeptCounts, commune_id: UUID, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = counts.of(commune_id)

    own = Counter.objects.filter(commune_id=commune_id)
    assert found == {"big": own.filter(BIG).count(), "named": own.filter(NAMED).count(), "none": 0}
    assert min(found["big"], found["named"]) > 0
    assert counts.of(uuid7()) == {"big": 0, "named": 0, "none": 0}


@pytest.mark.django_db(transaction=True)
def test_another_thread_asks_over_its_own_connection(counts: KeptCounts, commune_id: UUID) -> None:
    here = counts.of(commune_id)

    def there() -> dict[str, int]:
        try:
            return counts.of(commune_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(there).result() == here
