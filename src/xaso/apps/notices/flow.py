"""The life of a message: it waits, is tried again after failures, is sent or given up; where the provider tells, it arrived or was lost."""

from xaso.apps.people.facade import Role
from xaso.kernel.flow import Flow, moves

WAITING = ("queued", "failed")
SYSTEM = frozenset({"system"})
NOT_ARRIVED = ("given_up", "undelivered")
RETRY_ROLES = frozenset({Role.ADMINISTRATOR.value, Role.DESK.value, Role.CENTRE_HEAD.value})

FLOW = Flow(
    "message",
    "queued",
    (
        *moves("succeed", WAITING, "sent", SYSTEM),
        *moves("miss", WAITING, "failed", SYSTEM),
        *moves("give_up", WAITING, "given_up", SYSTEM),
        *moves("confirm", ("sent", "undelivered"), "delivered", SYSTEM),
        *moves("bounce", ("sent",), "undelivered", SYSTEM),
        *moves("retry", ("failed", "given_up", "undelivered"), "queued", RETRY_ROLES),
    ),
    ends=frozenset({"delivered"}),
)
