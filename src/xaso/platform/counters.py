"""Numbers that run without repeating, per commune, series and period."""

from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from xaso.platform.models import Counter
from xaso.platform.rows import uuid_for

_RESERVE = """
INSERT INTO platform_counter (commune_id, series, period, value) VALUES (%s, %s, %s, %s)
ON CONFLICT (commune_id, series, period) DO UPDATE SET value = platform_counter.value + excluded.value RETURNING value
"""


def next_number(commune_id: UUID, series: str, period: str) -> int:
    """Return the next number; it is final only when the caller's transaction commits, so the series has no gap of its own."""
    return reserve_block(commune_id, series, period, 1)


def reserve_block(commune_id: UUID, series: str, period: str, size: int) -> int:
    """Reserve `size` numbers and return the first. Numbers of a block that are not used leave gaps, never doubles."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_RESERVE, [uuid_for(connection, commune_id), series, period, size])
        last: int = cursor.fetchone()[0]
    return last - size + 1


@transaction.atomic
def give_back(commune_id: UUID, series: str, period: str, number: int) -> bool:
    """Let the last number be the next again, for a caller who knows that nothing bears it; False when others were given out after it."""
    last = Counter.objects.filter(commune_id=commune_id, series=series, period=period, value=number)
    return bool(last.update(value=F("value") - 1))
