"""Facts in the outbox: written with their change, heard once, tried again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from xaso.platform import outbox
from xaso.platform.models import OutboxMessage, Reaction

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[outbox.Message]:
    messages: list[outbox.Message] = []
    monkeypatch.setitem(outbox._listeners, "tests.happened", {"tests.listener": messages.append})
    return messages


@pytest.mark.django_db
def test_a_fact_is_heard_once_however_often_the_relay_runs(heard: list[outbox.Message]) -> None:
    outbox.publish("tests.happened", "thing:1", {"a": 1}, now=NOW)
    assert outbox.relay(NOW) == 1
    assert outbox.relay(NOW) == 0
    assert [(message.subject, message.payload) for message in heard] == [("thing:1", {"a": 1})]


@pytest.mark.django_db
def test_a_wide_listener_hears_the_topics_it_takes_once_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    wide = (lambda topic: topic.startswith("tests."), lambda message: heard.append(message.topic))
    monkeypatch.setitem(outbox._wide_listeners, "tests.wide", wide)
    for topic in ("tests.happened", "others.happened", "tests.ended"):
        outbox.publish(topic, "thing:1", {}, now=NOW)
    assert outbox.relay(NOW) == 3
    OutboxMessage.objects.update(done_at=None)
    outbox.relay(NOW)
    assert heard == ["tests.happened", "tests.ended"]
    assert Reaction.objects.filter(listener="tests.wide").count() == 2


@pytest.mark.django_db
def test_a_message_delivered_twice_has_its_effect_once(heard: list[outbox.Message]) -> None:
    outbox.publish("tests.happened", "thing:1", {}, now=NOW)
    outbox.relay(NOW)
    OutboxMessage.objects.update(done_at=None)
    outbox.relay(NOW)
    assert len(heard) == 1


@pytest.mark.django_db
def test_a_listener_that_fails_is_tried_again_later_and_leaves_no_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[Any] = []

    def fail_once(message: outbox.Message) -> None:
        tries.append(message.id)
        if len(tries) == 1:
            raise OSError("the gateway is away")

    monkeypatch.setitem(outbox._listeners, "tests.happened", {"tests.listener": fail_once})
    outbox.publish("tests.happened", "thing:1", {}, now=NOW)
    assert outbox.relay(NOW) == 0
    assert not Reaction.objects.exists()
    assert OutboxMessage.objects.get().last_error == "tests.listener: OSError"
    assert outbox.relay(NOW) == 0
    assert outbox.relay(NOW + timedelta(seconds=11)) == 1
    assert len(tries) == 2


@pytest.mark.django_db
def test_a_change_that_is_undone_tells_nobody(heard: list[outbox.Message]) -> None:
    with transaction.atomic():
        outbox.publish("tests.happened", "thing:1", {}, now=NOW)
        transaction.set_rollback(True)
    outbox.relay(NOW)
    assert heard == []


@pytest.mark.django_db
def test_a_listener_that_fails_does_not_keep_the_others_from_hearing(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[outbox.Message] = []

    def fail(_message: outbox.Message) -> None:
        raise ValueError

    monkeypatch.setitem(outbox._listeners, "tests.happened", {"a": fail, "b": heard.append})
    outbox.publish("tests.happened", "thing:1", {}, now=NOW)
    outbox.relay(NOW)
    assert len(heard) == 1
