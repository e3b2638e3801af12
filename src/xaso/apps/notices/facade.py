"""What other rooms may ask of the notices room: to tell somebody something in words that they declared, and to answer who writes to us."""

from xaso.apps.notices.actions.calling_off import call_off, erase
from xaso.apps.notices.actions.calls import Tried, ask_to_call, note_call
from xaso.apps.notices.actions.incoming import ARRIVED, Answer, answer, receive_text
from xaso.apps.notices.actions.queue import send
from xaso.apps.notices.queries import calls_about, has_incoming, incoming_text, known_keys, messages_about, sms_text, waiting_keys
from xaso.apps.notices.rules import sendable_phone, takes_sms
from xaso.apps.notices.shapes import IncomingText, MessageLine, Recipient
from xaso.apps.notices.trying import text_in
from xaso.apps.notices.wording import declare

__all__ = [
    "ARRIVED",
    "Answer",
    "IncomingText",
    "MessageLine",
    "Recipient",
    "Tried",
    "answer",
    "ask_to_call",
    "call_off",
    "calls_about",
    "declare",
    "erase",
    "has_incoming",
    "incoming_text",
    "known_keys",
    "messages_about",
    "note_call",
    "receive_text",
    "send",
    "sendable_phone",
    "sms_text",
    "takes_sms",
    "text_in",
    "waiting_keys",
]
