"""`/quan-tri/ma-truy-cap/`: an administrator sees which programs may call the API, gives one a token, withdraws it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.people.facade import Role
from xaso.apps.people.testing import commune, staff
from xaso.apps.webhooks import token_queries, token_scopes
from xaso.apps.webhooks.actions.tokens import make_token, withdraw_token
from xaso.kernel.errors import Refusal
from xaso.platform import clock, tokens
from xaso.platform.actor import Actor
from xaso.platform.api import ROLE_SCOPE, scopes_asked_for
from xaso.platform.models import ApiToken
from xaso.platform.registries import api_scopes

pytestmark = pytest.mark.django_db

LIST = "/quan-tri/ma-truy-cap/"
SENT = {"name": "Cổng của tỉnh", "scopes": ["dossiers:create", "dossiers:move"], "roles": ["role:desk"], "last_day": ""}


@pytest.fixture
def here() -> Any:
    return commune()


@pytest.fixture
def administrator(here: Any) -> Client:
    client = Client()
    client.force_login(staff(here, Role.ADMINISTRATOR), backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def operator(commune_id: Any) -> Actor:
    return Actor.system(commune_id, "xaso token", channel="console")


def test_a_token_is_made_shown_once_and_opens_what_was_chosen(here: Any, administrator: Client) -> None:
    shown = administrator.post(LIST, SENT)

    (clear,) = re.findall(r"xaso_[\w-]{20,}", text(shown))
    row = tokens.token_for(clear, now=clock.now())
    assert (row.name, row.scopes, row.commune_id) == (SENT["name"], ["dossiers:create", "dossiers:move", "role:desk"], here.id)
    assert "no-store" in shown["Cache-Control"]
    for address in (LIST, f"{LIST}{row.id}/", "/quan-tri/nhat-ky/"):
        page = text(administrator.get(address))
        assert "Cổng của tỉnh" in page
        assert "xaso_" not in page


def test_the_list_says_what_each_may_do_who_made_it_and_when_it_was_used(here: Any, administrator: Client) -> None:
    administrator.post(LIST, SENT)
    make_token(operator(here.id), "Bảng theo dõi", ["dossiers:read"], last_day=None, now=clock.now())
    used = ApiToken.objects.get(name="Cổng của tỉnh")
    tokens.note_use(used, now=datetime(2026, 11, 24, 2, 5, tzinfo=UTC))

    page = text(administrator.get(LIST))

    for said in ("Nộp hồ sơ · Chuyển bước hồ sơ · thay vai Tiếp nhận và trả kết quả", "24/11/2026", "09:05", "Đọc hồ sơ"):
        assert said in page
    assert page.count("bằng lệnh trên máy chủ") == 1
    assert page.count("Chưa dùng") == 1
    assert page.count("Còn hiệu lực") == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"name": " "}, "Anh/chị ghi mục này.", id="no-name"),
        pytest.param({"scopes": []}, "chọn ít nhất một việc", id="nothing-to-do"),
        pytest.param({"scopes": ["dossiers:sign"]}, "dossiers:sign", id="no-such-scope"),
        pytest.param({"roles": ["role:signer"]}, "role:signer", id="the-signers-role"),
        pytest.param({"last_day": "01/01/2020"}, "Ngày 01/01/2020 đã qua.", id="a-day-that-is-past"),
        pytest.param({"last_day": "31/02/2027"}, "Ngày chưa đúng", id="no-day-at-all"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(administrator: Client, change: dict[str, Any], said: str) -> None:
    answer = administrator.post(LIST, SENT | change)

    assert answer.status_code == 422
    assert said in text(answer)
    assert not ApiToken.objects.exists()


def test_a_withdrawn_token_opens_nothing_and_stays_in_the_list(here: Any, administrator: Client) -> None:
    token_id, clear = make_token(operator(here.id), "Cổng của tỉnh", ["dossiers:read"], last_day=None, now=clock.now())

    assert "Thu hồi mã này" in text(administrator.get(f"{LIST}{token_id}/"))
    answer = administrator.post(f"{LIST}{token_id}/thu-hoi/", follow=True)

    tokens.forget()
    assert "Đã thu hồi mã truy cập của Cổng của tỉnh." in text(answer)
    assert "Thu hồi mã này" not in text(administrator.get(f"{LIST}{token_id}/"))
    with pytest.raises(Refusal, match="token_unknown"):
        tokens.token_for(clear, now=clock.now())
    assert [(line.verb, line.channel) for line in audit.history_of(f"token:{token_id}")] == [
        ("tokens.create", "console"),
        ("tokens.revoke", "page"),
    ]


def test_the_tokens_of_another_commune_are_not_there(here: Any, administrator: Client) -> None:
    other = uuid4()
    token_id, _clear = make_token(operator(other), "Của xã khác", ["dossiers:read"], last_day=None, now=clock.now())

    assert "Của xã khác" not in text(administrator.get(LIST))
    assert administrator.get(f"{LIST}{token_id}/").status_code == 404
    assert administrator.post(f"{LIST}{token_id}/thu-hoi/").status_code == 404
    assert ApiToken.objects.get().revoked_at is None


@pytest.mark.parametrize("roles", [frozenset({"desk"}), frozenset({"leader"}), frozenset()], ids=["desk", "leader", "nobody"])
def test_who_is_no_administrator_gives_and_withdraws_nothing(here: Any, roles: frozenset[str]) -> None:
    token_id, _clear = make_token(operator(here.id), "Cổng", ["dossiers:read"], last_day=None, now=clock.now())
    actor = Actor(kind="staff", commune_id=here.id, roles=roles)

    with pytest.raises(Refusal, match="not_found"):
        make_token(actor, "Khác", ["dossiers:read"], last_day=None, now=clock.now())
    with pytest.raises(Refusal, match="not_found"):
        withdraw_token(actor, token_id, now=clock.now())
    assert token_queries.list_tokens(actor) == []
    assert ApiToken.objects.get().revoked_at is None


def test_the_list_asks_the_database_twice_however_many_tokens(here: Any, django_assert_num_queries: Any) -> None:
    for number in range(5):
        make_token(operator(here.id), f"Phần mềm {number}", ["dossiers:read"], last_day=None, now=clock.now())

    with django_assert_num_queries(2):
        lines = token_queries.list_tokens(operator(here.id))

    assert [line.name for line in lines] == [f"Phần mềm {number}" for number in (4, 3, 2, 1, 0)]
    assert {line.made_by for line in lines} == {""}


def test_every_scope_that_an_endpoint_asks_for_has_words() -> None:
    assert {scope.name for scope in api_scopes} == {scope for scope in scopes_asked_for if not scope.startswith(ROLE_SCOPE)}
    assert token_scopes.in_words(["role:desk", "dossiers:read", "bỏ:rồi"]) == ["Đọc hồ sơ", "bỏ:rồi", "thay vai Tiếp nhận và trả kết quả"]


def test_a_use_is_written_down_once_an_hour(here: Any, django_assert_num_queries: Any) -> None:
    _id, clear = make_token(operator(here.id), "Cổng", ["dossiers:read"], last_day=None, now=clock.now())
    row, at = tokens.token_for(clear, now=clock.now()), datetime(2026, 11, 24, 2, 0, tzinfo=UTC)

    with django_assert_num_queries(1):
        for minutes in (0, 1, 59):
            tokens.note_use(row, now=at + timedelta(minutes=minutes))
    assert ApiToken.objects.get().last_used_at == at
    tokens.note_use(row, now=at + timedelta(minutes=60))
    assert ApiToken.objects.get().last_used_at == at + timedelta(minutes=60)
