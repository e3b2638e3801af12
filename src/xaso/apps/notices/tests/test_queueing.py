"""Telling somebody something writes what waits, once, in the caller's transaction, and sends nothing."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import transaction

from xaso.apps.notices import facade
from xaso.apps.notices.models import Message
from xaso.apps.notices.testing import CODE, queued

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
COMMUNE = uuid4()


def test_a_notice_goes_to_phone_and_mailbox() -> None:
    sms, email = queued(COMMUNE, NOW, phone="+84 912 345 678")
    assert (sms.channel, sms.address, sms.body, sms.segments) == ("sms", "0912345678", "Hồ sơ XS-261123-0007 đã có kết quả.", 1)
    assert (email.channel, email.address, email.title) == ("email", "pao@example.org", "Hồ sơ XS-261123-0007")
    assert (sms.state, sms.attempts, sms.next_attempt_at, sms.recipient_name, sms.template) == ("queued", 0, NOW, "Giàng A Pao", CODE)


def test_the_language_of_the_person_is_used_where_there_is_a_text() -> None:
    assert queued(COMMUNE, NOW, key="a", language="en")[0].body == "Application XS-261123-0007 is ready."
    other = queued(COMMUNE, NOW, key="b", language="hmn")[0]
    assert (other.language, other.body) == ("vi", "Hồ sơ XS-261123-0007 đã có kết quả.")


def test_the_same_key_tells_once_and_another_commune_may_use_it_too() -> None:
    for _time in range(3):
        queued(COMMUNE, NOW)
    assert Message.objects.count() == 2
    queued(uuid4(), NOW)
    assert Message.objects.count() == 4


@pytest.mark.parametrize(
    ("phone", "email", "channels"),
    [("", "", []), ("12", "no address", []), ("0912345678", "", ["sms"]), ("", "pao@example.org", ["email"])],
)
def test_a_person_is_told_where_she_can_be_reached(phone: str, email: str, channels: list[str]) -> None:
    assert [message.channel for message in queued(COMMUNE, NOW, phone=phone, email=email)] == channels


def test_a_change_that_is_taken_back_tells_nobody() -> None:
    with transaction.atomic():
        queued(COMMUNE, NOW)
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_an_unknown_notice_or_a_missing_value_is_a_fault_of_ours_and_writes_nothing() -> None:
    person = facade.Recipient(name="Pao", phone="0912345678")
    for template, params in (("nobody.declared", {"code": "x"}), (CODE, {})):
        with pytest.raises(KeyError):
            facade.send(commune_id=COMMUNE, recipient=person, template=template, params=params, subject="s", idempotency_key="k", now=NOW)
    assert not Message.objects.exists()


def test_names_of_any_length_and_sign_are_kept_readable() -> None:
    name = "Nguyễn\r\nVăn  A😀" + "x" * 300
    message = queued(COMMUNE, NOW, name=name)[0]
    assert message.recipient_name.startswith("Nguyễn Văn A😀xxx")
    assert len(message.recipient_name) == 200


def test_what_was_said_about_a_subject_is_told_in_order() -> None:
    queued(COMMUNE, NOW)
    lines = facade.messages_about(COMMUNE, "dossier:1")
    assert [(line.channel, line.state, line.tone) for line in lines] == [("sms", "queued", "cham"), ("email", "queued", "cham")]
    assert facade.messages_about(uuid4(), "dossier:1") == []
