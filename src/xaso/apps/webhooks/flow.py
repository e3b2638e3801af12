"""The life of one delivery to a program outside: it waits, is tried again after failures, and ends delivered or given up."""

from xaso.apps.people.facade import Role
from xaso.kernel.flow import Flow, moves

WAITING = ("queued", "failed")
SYSTEM = frozenset({"system"})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR.value})

FLOW = Flow(
    "webhook",
    "queued",
    (
        *moves("succeed", WAITING, "delivered", SYSTEM),
        *moves("miss", WAITING, "failed", SYSTEM),
        *moves("give_up", WAITING, "given_up", SYSTEM),
        *moves("retry", ("failed", "given_up"), "queued", ADMINISTRATORS),
    ),
    ends=frozenset({"delivered"}),
)
