"""A long list is read in pieces: in its order, once each, and whoever reads it can write meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import connection

from xaso.platform.counters import next_number
from xaso.platform.models import Counter
from xaso.platform.sheets.pieces import PIECE_ROWS, in_pieces

pytestmark = pytest.mark.django_db(transaction=True)
COMMUNE = uuid4()


def counters(count: int) -> None:
    Counter.objects.bulk_create(Counter(commune_id=COMMUNE, series=f"{number:05}", period="all") for number in range(count))


def somebody_elsewhere_writes(commune_id: UUID) -> None:
    """Commit something over a connection of its own."""

    def write() -> None:
        next_number(commune_id, "elsewhere", "all")
        connection.close()

    with ThreadPoolExecutor(1) as another:
        another.submit(write).result()


@pytest.mark.parametrize("count", [0, 1, PIECE_ROWS, PIECE_ROWS + 1, 2 * PIECE_ROWS + 1])
def test_every_row_comes_once_in_the_lists_order(count: int) -> None:
    counters(count)

    names = [row.series for row in in_pieces(Counter.objects.order_by("-series"))]

    assert names == [f"{number:05}" for number in reversed(range(count))]


def test_rows_that_are_not_on_the_list_are_not_read() -> None:
    counters(PIECE_ROWS)

    assert [row.series for row in in_pieces(Counter.objects.filter(series__lt="00002"))] == ["00000", "00001"]
    assert list(in_pieces(Counter.objects.none())) == []


def test_who_reads_can_write_although_others_wrote_meanwhile() -> None:
    counters(2 * PIECE_ROWS)
    reading = in_pieces(Counter.objects.order_by("series"))
    next(reading)

    somebody_elsewhere_writes(COMMUNE)

    assert next_number(COMMUNE, "own", "all") == 1
    assert len(list(reading)) == 2 * PIECE_ROWS - 1


def test_a_row_that_is_gone_meanwhile_is_left_out() -> None:
    counters(2 * PIECE_ROWS)
    reading = in_pieces(Counter.objects.order_by("series"))
    next(reading)

    Counter.objects.filter(series=f"{2 * PIECE_ROWS - 1:05}").delete()

    assert len(list(reading)) == 2 * PIECE_ROWS - 2
