"""The life of a message: it waits, is tried again after failures, and ends sent or given up."""

from xaso.apps.people.facade import Role
from xaso.kernel.flow import Flow, moves

WAITING = ("queued", "failed")
SYSTEM = frozenset({"system"})
RETRY_ROLES = frozenset({Role.ADMINISTRATOR.value, Role.DESK.value, Role.CENTRE_HEAD.value})

FLOW = Flow(
    "message",
    "queued",
    (
        *moves("succeed", WAITING, "sent", SYSTEM),
        *moves("miss", WAITING, "failed", SYSTEM),
        *moves("give_up", WAITING, "given_up", SYSTEM),
        *moves("retry", ("failed", "given_up"), "queued", RETRY_ROLES),
    ),
    ends=frozenset({"sent"}),
)
