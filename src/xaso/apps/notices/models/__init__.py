"""What this room keeps: messages to people, and messages from them."""

from xaso.apps.notices.models.incoming import Incoming, IncomingPart
from xaso.apps.notices.models.message import Attempt, Message, Part

__all__ = ["Attempt", "Incoming", "IncomingPart", "Message", "Part"]
