"""The life of one request about one's data: asked, confirmed as received, perhaps extended, and answered, refused or taken back."""

from xaso.apps.people.facade import Role
from xaso.kernel.flow import Flow, moves

HANDLERS = frozenset({Role.CENTRE_HEAD.value, Role.LEADER.value})
OWNER = "owner"
OPEN = ("asked", "confirmed", "extended")

FLOW = Flow(
    "data_request",
    "asked",
    (
        *moves("confirm", ("asked",), "confirmed", HANDLERS),
        *moves("extend", ("confirmed",), "extended", HANDLERS),
        *moves("answer", OPEN, "answered", HANDLERS),
        *moves("refuse", OPEN, "refused", HANDLERS),
        *moves("take_back", OPEN, "taken_back", frozenset({OWNER})),
    ),
    ends=frozenset({"answered", "refused", "taken_back"}),
)
