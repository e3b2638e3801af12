"""`xaso token`: only scopes that exist, a last day, a list, and withdrawal; each act leaves a trace."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from xaso.apps.audit import facade as audit
from xaso.apps.people import testing as build
from xaso.kernel.errors import Refusal
from xaso.platform import tokens
from xaso.platform.errors import words_for
from xaso.platform.models import ApiToken
from xaso.site import access_tokens

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def made(*scopes: str, last_day: date | None = None) -> str:
    return access_tokens.create(build.commune().id, "phần mềm cổng", scopes or ["dossiers:read"], last_day=last_day, now=NOW)


@pytest.mark.parametrize("wrong", ["dossiers:crate", "role:king", "role:signer", "dossiers", ""])
def test_a_scope_that_does_not_exist_is_named_with_those_that_do(wrong: str) -> None:
    with pytest.raises(Refusal) as refused:
        made("dossiers:create", wrong)

    assert refused.value.params["unknown"] == wrong
    assert "dossiers:create, dossiers:move, dossiers:read" in words_for(refused.value)
    assert not ApiToken.objects.exists()


def test_every_scope_and_every_role_but_the_signers_may_be_given() -> None:
    known = access_tokens.known_scopes()

    assert {"dossiers:create", "dossiers:read", "dossiers:move", "role:desk", "role:case_officer"} <= set(known)
    assert "role:signer" not in known
    assert tokens.token_for(made(*known), now=NOW).scopes == sorted(known)


def test_a_token_is_good_to_the_end_of_its_last_day_in_vietnam() -> None:
    clear = made(last_day=date(2026, 11, 25))

    last = datetime(2026, 11, 25, 16, 59, 59, tzinfo=UTC)
    assert tokens.token_for(clear, now=last).name == "phần mềm cổng"
    with pytest.raises(Refusal, match="token_unknown"):
        tokens.token_for(clear, now=last + timedelta(seconds=1))


def test_a_day_that_is_past_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        made(last_day=date(2026, 11, 23))

    assert "23/11/2026" in words_for(refused.value)


def test_a_withdrawn_token_opens_nothing() -> None:
    clear = made()
    row = ApiToken.objects.get()

    access_tokens.revoke(row.id, now=NOW)
    again = access_tokens.revoke(row.id, now=NOW + timedelta(days=1))

    tokens.forget()
    assert again.revoked_at == NOW
    with pytest.raises(Refusal, match="token_unknown"):
        tokens.token_for(clear, now=NOW)


def test_a_token_that_is_not_there_is_not_withdrawn() -> None:
    with pytest.raises(Refusal, match=r"tokens\.not_found"):
        access_tokens.revoke(uuid4(), now=NOW)


def test_the_list_tells_how_each_token_stands_and_never_the_token() -> None:
    clear = made()
    commune_id = ApiToken.objects.get().commune_id
    access_tokens.create(commune_id, "sắp hết", ["dossiers:read"], last_day=date(2026, 11, 24), now=NOW)
    gone = tokens.token_for(access_tokens.create(commune_id, "thu hồi", ["dossiers:read"], last_day=None, now=NOW), now=NOW)
    access_tokens.revoke(gone.id, now=NOW)

    one, two, three = access_tokens.listing(now=NOW)
    later = access_tokens.listing(now=NOW + timedelta(days=1))[1]

    assert clear not in one
    assert "valid" in one
    assert "phần mềm cổng" in one
    assert "24/11/2026" in two
    assert "expired" in later
    assert "revoked" in three


def test_making_and_withdrawing_are_in_the_record() -> None:
    made("dossiers:read", last_day=date(2026, 12, 31))
    row = ApiToken.objects.get()
    access_tokens.revoke(row.id, now=NOW)

    lines = audit.history_of(f"token:{row.id}")

    assert [(line.verb, line.channel, line.actor_name) for line in lines] == [
        ("tokens.create", "console", "xaso token"),
        ("tokens.revoke", "console", "xaso token"),
    ]
    assert lines[0].detail == {"name": "phần mềm cổng", "scopes": ["dossiers:read"], "last_day": "2026-12-31"}
