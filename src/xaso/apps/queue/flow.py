"""The life of one number: it waits, is called, may be held while its person is away, and ends served, given up or with the day."""

from xaso.apps.people.facade import Role
from xaso.kernel.flow import Flow, moves

DESK = frozenset({Role.DESK.value})
BEARER = frozenset({"bearer"})
SYSTEM = frozenset({"system"})
OPEN = ("waiting", "called", "held")

FLOW = Flow(
    "ticket",
    "waiting",
    (
        *moves("call", ("waiting",), "called", DESK),
        *moves("recall", ("called",), "called", DESK),
        *moves("serve", ("called",), "served", DESK),
        *moves("hold", ("called",), "held", DESK),
        *moves("transfer", ("called",), "waiting", DESK),
        *moves("come_back", ("held",), "waiting", DESK | BEARER),
        *moves("give_up", ("waiting", "held"), "given_up", DESK | BEARER),
        *moves("end_day", OPEN, "day_over", SYSTEM),
    ),
    ends=frozenset({"served", "given_up", "day_over"}),
)
