"""Writes messages that wait to be delivered; nothing is sent here."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from xaso.apps.notices import options, rules
from xaso.apps.notices.models import Message
from xaso.apps.notices.shapes import Recipient
from xaso.apps.notices.wording import Wording, language_for, wording_of
from xaso.kernel.sms import measure
from xaso.kernel.text import tidy_name


def send(
    *,
    commune_id: UUID,
    recipient: Recipient,
    template: str,
    params: Mapping[str, Any],
    subject: str,
    idempotency_key: str,
    now: datetime,
) -> None:
    """Queue the notice for each address that the recipient has, in the caller's transaction. The same key queues nothing a second time.

    An address that can't be one is left out: the desk sees the person's data and mends them there. Raises KeyError for a notice that
    nobody declared or a value that its text needs.
    """
    wording = wording_of(template)
    for message in (*_sms(wording, recipient, params), *_email(wording, recipient, params)):
        message.commune_id = commune_id
        message.template = template
        message.recipient_name = tidy_name(recipient.name)[:200]
        message.subject = subject
        message.idempotency_key = idempotency_key
        message.created_at = message.next_attempt_at = now
        Message.objects.bulk_create([message], ignore_conflicts=True)


def _sms(wording: Wording, recipient: Recipient, params: Mapping[str, Any]) -> Iterator[Message]:
    phone = rules.sendable_phone(recipient.phone)
    if phone and rules.takes_sms(phone) and wording.sms:
        marks = cast("rules.Marks", options.SMS_MARKS.value())
        language = language_for(wording.sms, recipient.language)
        text = rules.sms_form(wording.sms_text(language, params), marks)
        yield Message(channel="sms", language=language, address=phone, body=text, segments=measure(text).segments)


def _email(wording: Wording, recipient: Recipient, params: Mapping[str, Any]) -> Iterator[Message]:
    address = rules.sendable_email(recipient.email)
    if address and wording.email:
        language = language_for(wording.email, recipient.language)
        title, body = wording.email_texts(language, params)
        yield Message(channel="email", language=language, address=address, title=title[:300], body=body)
