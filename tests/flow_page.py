"""Writes docs/flows.md from the flow tables: `make flows`. A test holds the page against them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.page_tables import table

PAGE = Path(__file__).resolve().parents[1] / "docs" / "flows.md"

TOP = """\
# The flows

*Made from the flow tables by `make flows`; don't edit it by hand.* One row is one move: who holds one of the roles may do it to a thing in
that state. Buttons and tests are drawn from the same tables. [GLOSSARY.md](../GLOSSARY.md) explains each word.

Roles are those of a post at the commune; `owner` is the applicant, `system` the program itself. `*` marks a state in which a thing may
begin, `†` one that nothing leaves.
"""
TITLES = {
    "work": "Dossier: work (việc)",
    "money": "Dossier: money (phí, lệ phí)",
    "delivery": "Dossier: delivery (trả kết quả)",
    "sync": "Dossier: sync with the national portal (đồng bộ)",
    "part": "Dossier: a part that another office decides (phần liên thông)",
    "message": "Notice: one message on one channel (tin nhắn)",
    "call": "Notice: one call to a person (cuộc gọi)",
    "webhook": "Webhook: one fact for one program outside (tin báo cho phần mềm)",
    "data_request": "Rights: one request about one's data (yêu cầu về dữ liệu)",
    "breach": "Data breaches",
    "ticket": "Queue: one number of one day (số thứ tự)",
}
NATIONAL = """\
## The ten states of the national portal

A pure function of work, money and delivery (`national_state`); the portal knows nothing of a dossier that is `held`. After acceptance the
clock stands in 5, 6 and 8. A payment that is `requested` shows as 6 in the place of 2 and 4.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([TOP, *_flow_sections(), NATIONAL, *_national_table()])


def _flow_sections() -> Iterator[str]:
    from xaso.apps.dossiers.flow import FLOWS
    from xaso.apps.dossiers.words import DELIVERY, MONEY, PARTS, STATES, SYNC, VERBS
    from xaso.apps.notices.flow import CALLS, FLOW
    from xaso.apps.notices.words import CALL_STATES
    from xaso.apps.notices.words import STATES as MESSAGE_STATES
    from xaso.apps.queue.flow import FLOW as TICKET
    from xaso.apps.queue.words import STATES as TICKET_STATES
    from xaso.apps.rights.breach_flow import BREACH_FLOW
    from xaso.apps.rights.breach_words import BREACH_STATES
    from xaso.apps.rights.flow import FLOW as DATA_REQUEST
    from xaso.apps.rights.words import STATES as DATA_REQUEST_STATES
    from xaso.apps.webhooks.flow import FLOW as WEBHOOK
    from xaso.apps.webhooks.words import STATES as WEBHOOK_STATES

    words = {
        "work": STATES,
        "money": MONEY,
        "delivery": DELIVERY,
        "sync": SYNC,
        "part": PARTS,
        "message": MESSAGE_STATES,
        "call": CALL_STATES,
        "webhook": WEBHOOK_STATES,
        "ticket": TICKET_STATES,
        "data_request": DATA_REQUEST_STATES,
        "breach": BREACH_STATES,
    }
    for flow in (*FLOWS.values(), FLOW, CALLS, WEBHOOK, TICKET, DATA_REQUEST, BREACH_FLOW):
        yield f"## {TITLES[flow.name]}\n"
        yield from table(("state", "on screen"), _state_rows(flow, words[flow.name]))
        verbs: Mapping[str, Any] = VERBS if flow.name in FLOWS else {}
        moves = [(f"`{source}`", _verb(verb, verbs), f"`{target}`", roles) for source, verb, target, roles in flow.rows()]
        yield from table(("from", "move", "to", "who may"), moves)


def _state_rows(flow: Any, words: Mapping[str, Any]) -> list[tuple[str, str]]:
    ends = {state for state in flow.states if flow.is_end(state)}
    return [(f"`{state}`{' *' * (state in flow.initials)}{' †' * (state in ends)}", str(words[state][0])) for state in flow.states]


def _verb(verb: str, words: Mapping[str, Any]) -> str:
    return f"`{verb}` {words[verb]}" if verb in words else f"`{verb}`"


def _national_table() -> Iterator[str]:
    from xaso.apps.dossiers.flow import DELIVERY, MONEY, WORK
    from xaso.apps.dossiers.rules import NATIONAL_STATES, national_state

    found: dict[int | None, dict[str, None]] = {}
    for work in WORK.states:
        for money in MONEY.states:
            for delivery in DELIVERY.states if work == "solved" else DELIVERY.initials:
                said = " + ".join([f"`{work}`", *_what_decides(work, money, delivery)])
                found.setdefault(national_state(work, money, delivery), {})[said] = None
    rows = [(str(number), words, ", ".join(found[number])) for number, words in NATIONAL_STATES.items()]
    yield from table(("state", "portal's words", "ours"), rows)


def _what_decides(work: str, money: str, delivery: str) -> list[str]:
    """Return what beside the work the national state hangs on."""
    from xaso.apps.dossiers.rules import national_state

    if work == "solved":
        return [f"`{delivery}`"]
    differs = national_state(work, money, delivery) != national_state(work, "none", delivery)
    return [f"`{money}`"] if differs else []
