"""What this room keeps: messages to people, calls to them, and messages from them."""

from xaso.apps.notices.models.call import Call, CallTry
from xaso.apps.notices.models.incoming import Incoming, IncomingPart
from xaso.apps.notices.models.message import Attempt, Message, Part

__all__ = ["Attempt", "Call", "CallTry", "Incoming", "IncomingPart", "Message", "Part"]
