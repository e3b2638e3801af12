"""The lives of a message and of a call: they wait, are tried again, reach the person or are given up."""

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

CALLS = Flow(
    "call",
    "waiting",
    (
        *moves("reach", ("waiting",), "reached", RETRY_ROLES | SYSTEM),
        *moves("miss", ("waiting",), "waiting", RETRY_ROLES | SYSTEM),
        *moves("put_off", ("waiting",), "waiting", RETRY_ROLES),
        *moves("hand_to_machine", ("waiting",), "waiting", RETRY_ROLES),
        *moves("note_wrong_number", ("waiting",), "wrong_number", RETRY_ROLES | SYSTEM),
        *moves("give_up", ("waiting",), "not_reached", RETRY_ROLES | SYSTEM),
        *moves("replace", ("waiting",), "replaced", SYSTEM),
        *moves("call_again", ("not_reached", "wrong_number"), "waiting", RETRY_ROLES),
    ),
    ends=frozenset({"reached", "replaced"}),
)
