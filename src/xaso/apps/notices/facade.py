"""What other rooms may ask of the notices room: to tell somebody something in words that they declared, and to answer who writes to us."""

from xaso.apps.notices.actions.calling_off import call_off, erase
from xaso.apps.notices.actions.incoming import ARRIVED, Answer, answer, receive_text
from xaso.apps.notices.actions.queue import send
from xaso.apps.notices.queries import has_incoming, incoming_text, known_keys, messages_about, waiting_keys
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
    "call_off",
    "declare",
    "erase",
    "has_incoming",
    "incoming_text",
    "known_keys",
    "messages_about",
    "receive_text",
    "send",
    "sendable_phone",
    "text_in",
    "waiting_keys",
]
