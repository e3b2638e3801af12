"""`/quan-tri/noi-phan-mem/`: an administrator connects a program, sees what it was told, sends again."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from xaso.apps.people.facade import Role
from xaso.apps.people.testing import commune, staff
from xaso.apps.webhooks import sealing
from xaso.apps.webhooks.actions.deliveries import body_of
from xaso.apps.webhooks.models import Webhook, WebhookDelivery
from xaso.apps.webhooks.testing import TOPIC
from xaso.kernel.identifiers import uuid7

pytestmark = pytest.mark.django_db

LIST = "/quan-tri/noi-phan-mem/"
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
SENT = {"name": "Cổng của tỉnh", "url": "https://cong.example.vn/nhan", "topics": [TOPIC]}


@pytest.fixture
def here() -> Any:
    return commune()


@pytest.fixture
def administrator(here: Any) -> Client:
    client = Client()
    client.force_login(staff(here, Role.ADMINISTRATOR), backend="django.contrib.auth.backends.ModelBackend")
    return client


def made(commune_id: Any, **facts: Any) -> Webhook:
    usual = {"name": "Cổng của tỉnh", "url": f"https://{uuid4()}.example/", "topics": [TOPIC], "created_at": NOW}
    return Webhook.objects.create(commune_id=commune_id, sealed_secret=sealing.seal("whsec_AAAA"), **usual | facts)


def delivery(webhook: Webhook, **facts: Any) -> WebhookDelivery:
    event_id = uuid7()
    usual = {"event_id": event_id, "topic": TOPIC, "subject": "dossier:1", "body": body_of(event_id, TOPIC, NOW, {}), "occurred_at": NOW}
    return WebhookDelivery.objects.create(webhook=webhook, **usual | facts)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_program_is_connected_and_its_secret_shown_once(here: Any, administrator: Client) -> None:
    shown = administrator.post(LIST, SENT)

    webhook = Webhook.objects.get()
    (secret,) = re.findall(r"whsec_[A-Za-z0-9+/=]+", text(shown))
    assert (webhook.name, webhook.url, webhook.topics, webhook.commune_id) == (SENT["name"], SENT["url"], [TOPIC], here.id)
    assert sealing.unseal(webhook.sealed_secret) == secret
    assert "no-store" in shown["Cache-Control"]
    for address in (LIST, f"{LIST}{webhook.id}/", "/quan-tri/nhat-ky/"):
        page = text(administrator.get(address))
        assert "Cổng của tỉnh" in page
        assert "whsec_" not in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Anh/chị ghi mục này."),
        ({"url": "cong.example.vn"}, "Địa chỉ chưa đúng"),
        ({"url": "https://10.0.0.1/"}, "Địa chỉ này không được phép"),
        ({"topics": []}, "chọn ít nhất một loại tin"),
        ({"topics": ["dossiers.explode"]}, "dossiers.explode"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(administrator: Client, change: dict[str, Any], said: str) -> None:
    answer = administrator.post(LIST, SENT | change)

    page = text(answer)
    assert answer.status_code == 422
    assert said in page
    assert f'value="{(SENT | change)["url"]}"' in page
    assert Webhook.objects.count() == 0


def test_the_same_form_sent_twice_connects_once(administrator: Client) -> None:
    administrator.post(LIST, SENT)
    again = administrator.post(LIST, SENT)

    assert again.status_code == 422
    assert "đã được nối" in text(again)
    assert Webhook.objects.count() == 1


def test_a_program_shows_what_it_was_told_and_how_it_answered(here: Any, administrator: Client) -> None:
    webhook = made(here.id)
    delivery(webhook, state="delivered", attempts=1, last_status=204)
    delivery(webhook, state="failed", attempts=2, last_problem="time", next_attempt_at=NOW)
    lost = delivery(webhook, state="given_up", attempts=10, last_status=500)

    page = text(administrator.get(f"{LIST}{webhook.id}/"))

    for shown in ("Việc thử", "Bên nhận đã nhận", "HTTP 204", "Quá thời gian chờ", "thử lại 09:00 24/11/2026", "HTTP 500", "đã thử 10 lần"):
        assert shown in page
    only = text(administrator.get(f"{LIST}{webhook.id}/?trang-thai=given_up"))
    assert str(lost.event_id) in only
    assert "HTTP 204" not in only


def test_a_given_up_delivery_is_sent_again(here: Any, administrator: Client) -> None:
    lost = delivery(made(here.id), state="given_up", attempts=10, last_status=500)
    address = f"{LIST}{lost.webhook_id}/gui-lai/{lost.id}/"

    assert administrator.post(address)["Location"] == f"{LIST}{lost.webhook_id}/"

    lost.refresh_from_db()
    assert (lost.state, lost.attempts) == ("queued", 0)


@pytest.mark.parametrize(("act", "state"), [("tam-dung", "by_hand"), ("bao-lai", "")])
def test_a_program_is_stopped_and_resumed(here: Any, administrator: Client, act: str, state: str) -> None:
    webhook = made(here.id, stopped="gone")

    administrator.post(f"{LIST}{webhook.id}/{act}/")

    webhook.refresh_from_db()
    assert webhook.stopped == state


def test_a_trial_is_queued_and_says_nothing(here: Any, administrator: Client) -> None:
    webhook = made(here.id)

    administrator.post(f"{LIST}{webhook.id}/thu/")

    trial = WebhookDelivery.objects.get()
    assert trial.topic == "webhooks.ping"
    assert trial.body.endswith('"data":{}}')
    assert "Tin thử" in text(administrator.get(f"{LIST}{webhook.id}/"))


def test_a_renewed_secret_is_shown_once(here: Any, administrator: Client) -> None:
    webhook = made(here.id)

    page = text(administrator.post(f"{LIST}{webhook.id}/doi-khoa/"))

    webhook.refresh_from_db()
    assert sealing.unseal(webhook.sealed_secret) in page
    assert sealing.unseal(webhook.sealed_old_secret) == "whsec_AAAA"


def test_a_program_is_let_go(here: Any, administrator: Client) -> None:
    webhook = made(here.id)

    assert administrator.post(f"{LIST}{webhook.id}/bo/")["Location"] == LIST

    assert administrator.get(f"{LIST}{webhook.id}/").status_code == 404


def test_the_guide_tells_how_it_stands(here: Any, administrator: Client) -> None:
    assert "Chưa nối phần mềm nào" in text(administrator.get("/quan-tri/"))
    webhook = made(here.id)
    assert "1 phần mềm đang nhận tin" in text(administrator.get("/quan-tri/"))
    delivery(webhook, state="given_up")
    assert "1 phần mềm chưa nhận đủ tin" in text(administrator.get("/quan-tri/"))


@pytest.mark.parametrize("role", [Role.DESK, Role.CLERK, Role.LEADER, Role.CENTRE_HEAD])
def test_for_other_roles_there_is_nothing_here(here: Any, role: Role) -> None:
    lost = delivery(made(here.id), state="given_up")
    client = Client()
    client.force_login(staff(here, role), backend="django.contrib.auth.backends.ModelBackend")
    place = f"{LIST}{lost.webhook_id}/"

    assert {client.get(LIST).status_code, client.get(place).status_code, client.post(LIST, SENT).status_code} == {404}
    for act in ("tam-dung", "thu", "doi-khoa", "bo", f"gui-lai/{lost.id}"):
        assert client.post(f"{place}{act}/").status_code == 404
    assert (Webhook.objects.count(), WebhookDelivery.objects.get().state) == (1, "given_up")


def test_a_program_of_another_commune_does_not_exist(administrator: Client) -> None:
    theirs = delivery(made(uuid4()), state="given_up")

    assert administrator.get(f"{LIST}{theirs.webhook_id}/").status_code == 404
    for act in ("tam-dung", "thu", "doi-khoa", "bo", f"gui-lai/{theirs.id}"):
        assert administrator.post(f"{LIST}{theirs.webhook_id}/{act}/").status_code == 404


def test_the_list_takes_as_many_queries_for_one_program_as_for_many(
    here: Any, administrator: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    for _turn in range(5):
        delivery(made(here.id), state="delivered", done_at=NOW)
    administrator.get(LIST)

    with django_assert_max_num_queries(9):
        assert text(administrator.get(LIST)).count("24/11/2026") == 5
