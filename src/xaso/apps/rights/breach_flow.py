"""The life of one data breach: noticed, told to the authority and closed, or found to be none."""

from xaso.apps.people.facade import Role
from xaso.kernel.flow import Flow, moves

BREACH_HANDLERS = frozenset({Role.CENTRE_HEAD.value, Role.LEADER.value, Role.ADMINISTRATOR.value})
"""Who keeps the register: who answers for the commune's data, and who runs its systems."""
BREACH_OPEN = ("noticed", "authority_told")

BREACH_FLOW = Flow(
    "breach",
    "noticed",
    (
        *moves("tell_authority", ("noticed",), "authority_told", BREACH_HANDLERS),
        *moves("dismiss", ("noticed",), "no_breach", BREACH_HANDLERS),
        *moves("close", ("authority_told",), "closed", BREACH_HANDLERS),
    ),
    ends=frozenset({"no_breach", "closed"}),
)
