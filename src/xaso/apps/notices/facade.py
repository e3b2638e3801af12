"""What other rooms may ask of the notices room: to tell somebody something in words that they declared, and to answer who writes to us."""

from xaso.apps.notices.actions.incoming import ARRIVED, Answer, answer, receive_text
from xaso.apps.notices.actions.queue import send
from xaso.apps.notices.queries import has_incoming, incoming_text, messages_about
from xaso.apps.notices.rules import sendable_phone
from xaso.apps.notices.shapes import IncomingText, MessageLine, Recipient
from xaso.apps.notices.trying import text_in
from xaso.apps.notices.wording import declare

__all__ = [
    "ARRIVED",
    "Answer",
    "IncomingText",
    "MessageLine",
    "Recipient",
    "answer",
    "declare",
    "has_incoming",
    "incoming_text",
    "messages_about",
    "receive_text",
    "send",
    "sendable_phone",
    "text_in",
]
