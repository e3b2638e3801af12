"""What other rooms may ask of the satisfaction room: to ask somebody after a result, and where that is answered."""

from xaso.apps.satisfaction.actions.asking import ASKED, ask
from xaso.apps.satisfaction.queries import find_link, may_be_asked

__all__ = ["ASKED", "ask", "find_link", "may_be_asked"]
