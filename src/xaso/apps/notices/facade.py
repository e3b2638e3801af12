"""What other rooms may ask of the notices room: to tell somebody something, in words that they declared."""

from xaso.apps.notices.actions.queue import send
from xaso.apps.notices.queries import messages_about
from xaso.apps.notices.shapes import MessageLine, Recipient
from xaso.apps.notices.wording import declare

__all__ = ["MessageLine", "Recipient", "declare", "messages_about", "send"]
