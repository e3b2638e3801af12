"""Rows that are made and written past the ORM: the same as by the constructor and by `save()`."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import Model

from xaso.platform import rows
from xaso.platform.models import ApiToken, IdempotencyKey, OutboxMessage

NOW = datetime(2026, 11, 23, 2, 30, 15, 120_000, tzinfo=UTC)
COMMUNE = UUID(int=7)
pytestmark = pytest.mark.django_db


def written(row: Model) -> dict[str, object]:
    kept = type(row)._default_manager.filter(pk=row.pk).values().get()
    return {name: value for name, value in kept.items() if name != "id"}


def test_a_row_holds_what_is_given_and_the_defaults_of_the_rest() -> None:
    short, usual = (
        rows.new(ApiToken, commune_id=COMMUNE, name="một cửa", digest="a", created_at=NOW),
        ApiToken(commune_id=COMMUNE, name="một cửa", digest="b", created_at=NOW),
    )
    with transaction.atomic():
        rows.insert(short)
    usual.save()

    assert {**written(short), "digest": "b"} == written(usual)
    assert short.pk != usual.pk
    assert not short._state.adding


def test_documents_made_for_one_row_are_not_another_ones() -> None:
    one, other = (rows.new(OutboxMessage, topic="t", subject="s", created_at=NOW) for _ in range(2))
    one.payload["a"] = 1

    assert other.payload == {}


def test_a_column_that_the_table_does_not_have_is_refused() -> None:
    with pytest.raises(TypeError, match="no column commune, nmae"):
        rows.new(ApiToken, commune=COMMUNE, nmae="một cửa")


def test_the_same_instant_and_others_beside_it_are_kept_as_they_are() -> None:
    token = rows.new(ApiToken, commune_id=COMMUNE, name="", digest="", created_at=NOW, expires_at=NOW, revoked_at=NOW + timedelta(days=1))
    with transaction.atomic():
        rows.insert(token)

    assert ApiToken.objects.values_list("created_at", "expires_at", "revoked_at").get() == (NOW, NOW, NOW + timedelta(days=1))


def test_what_is_there_already_is_not_written_again() -> None:
    token = rows.new(ApiToken, commune_id=COMMUNE, name="", digest="", created_at=NOW)
    keys = [rows.new(IdempotencyKey, token_id=token.id, key="khoa-0001", body_digest=digest, subject="", created_at=NOW) for digest in "ab"]
    with transaction.atomic():
        rows.insert(token)
        assert [rows.Prepared(key).insert_unless_first_is_there() for key in keys] == [True, False]

    assert list(IdempotencyKey.objects.values_list("body_digest", flat=True)) == ["a"]
