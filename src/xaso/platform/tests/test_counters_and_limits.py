"""Numbers that never repeat, windows that hold back, tokens that are kept as digests."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from xaso.kernel.errors import Refusal
from xaso.platform import counters, ratelimit, tokens
from xaso.platform.models import ApiToken

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
COMMUNE = UUID(int=1)
OTHER = UUID(int=2)


@pytest.mark.django_db
def test_numbers_follow_each_other_per_commune_series_and_period() -> None:
    assert [counters.next_number(COMMUNE, "a", "2026") for _ in range(3)] == [1, 2, 3]
    assert counters.next_number(OTHER, "a", "2026") == 1
    assert counters.next_number(COMMUNE, "b", "2026") == 1
    assert counters.next_number(COMMUNE, "a", "2027") == 1


@pytest.mark.django_db
def test_a_reserved_block_is_skipped_by_who_comes_next() -> None:
    assert counters.reserve_block(COMMUNE, "a", "2026", 20) == 1
    assert counters.next_number(COMMUNE, "a", "2026") == 21


@pytest.mark.django_db
def test_who_tries_too_often_waits_until_the_window_is_over() -> None:
    for _ in range(3):
        ratelimit.count("look-up:1", limit=3, window_seconds=600, now=NOW)
    with pytest.raises(Refusal) as refused:
        ratelimit.count("look-up:1", limit=3, window_seconds=600, now=NOW + timedelta(seconds=60))
    assert refused.value.code == "platform.too_many"
    assert refused.value.params == {"minutes": 9}
    ratelimit.count("look-up:2", limit=3, window_seconds=600, now=NOW)
    ratelimit.count("look-up:1", limit=3, window_seconds=600, now=NOW + timedelta(seconds=600))


@pytest.mark.django_db
def test_a_token_is_found_by_its_clear_text_and_never_stored_in_it() -> None:
    clear = tokens.create(COMMUNE, "bench", ["dossiers:create"], now=NOW)
    assert tokens.token_for(clear, now=NOW).scopes == ["dossiers:create"]
    assert clear not in ApiToken.objects.values_list("digest", flat=True)


@pytest.mark.django_db
def test_an_unknown_or_expired_token_is_refused() -> None:
    clear = tokens.create(COMMUNE, "old", [], now=NOW, expires_at=NOW + timedelta(days=1))
    for wrong, moment in (("xaso_nothing", NOW), (clear, NOW + timedelta(days=1))):
        with pytest.raises(Refusal) as refused:
            tokens.token_for(wrong, now=moment)
        assert refused.value.code == "platform.token_unknown"
