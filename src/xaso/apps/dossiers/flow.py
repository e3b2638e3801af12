"""The four small flows of a dossier, side by side. They draw the buttons, the docs and the tests; nothing else changes a state."""

from xaso.apps.people.facade import Role
from xaso.kernel.flow import Flow, Move

OWNER = "owner"
BEARER = "bearer"
SYSTEM = "system"

_desk = frozenset({Role.DESK.value})
_officer = frozenset({Role.CASE_OFFICER.value})
_signer = frozenset({Role.SIGNER.value})
_owner_or_desk = frozenset({OWNER, Role.DESK.value})
_applicant_or_desk = _owner_or_desk | {BEARER}
_clerks = _desk | _officer
_officer_or_heads = _officer | {Role.CENTRE_HEAD.value, Role.ADMINISTRATOR.value}
_officer_or_head = _officer | {Role.CENTRE_HEAD.value}
_posters = _desk | {Role.CLERK.value}

BEFORE_SIGNATURE = ("held", "asked_before_filing", "submitted", "asked_at_intake", "accepted", "examining", "supplement_asked", "in_review")

WORK = Flow(
    "work",
    ("submitted", "held"),
    (
        Move("register", "held", "submitted", _desk),
        Move("ask_for_more", "held", "asked_before_filing", _desk),
        Move("add_supplement", "asked_before_filing", "held", _applicant_or_desk),
        Move("accept", "submitted", "accepted", _desk),
        Move("refuse", "submitted", "refused", _clerks),
        Move("ask_for_more", "submitted", "asked_at_intake", _desk),
        Move("add_supplement", "asked_at_intake", "submitted", _applicant_or_desk),
        Move("take", "accepted", "examining", _officer),
        Move("ask_for_more", "examining", "supplement_asked", _officer),
        Move("add_supplement", "supplement_asked", "examining", _applicant_or_desk),
        Move("prepare_result", "examining", "in_review", _officer),
        Move("attach_result", "examining", "solved", _officer),
        Move("send_back", "in_review", "examining", _signer),
        Move("sign", "in_review", "solved", _signer),
        *(Move("pass_on", state, state, _officer_or_heads) for state in ("examining", "supplement_asked", "in_review", "stopped")),
        *(Move("extend", state, state, _officer_or_head) for state in ("accepted", "examining", "in_review")),
        Move("stop", "asked_at_intake", "stopped_at_intake", _clerks),
        Move("stop", "supplement_asked", "stopped", _clerks),
        Move("stop", "examining", "stopped", _officer),
        Move("resume", "stopped", "examining", _officer),
        Move("resume", "stopped_at_intake", "submitted", _desk),
        *(Move("withdraw", state, "withdrawn", _owner_or_desk) for state in BEFORE_SIGNATURE),
    ),
)

MONEY = Flow(
    "money",
    ("none", "due", "unknown"),
    (
        Move("charge", "none", "due", _clerks),
        Move("charge", "unknown", "due", _clerks),
        Move("request_payment", "due", "requested", _clerks),
        Move("take_payment", "due", "paid", _desk),
        Move("take_payment", "requested", "paid", _desk),
        Move("waive", "unknown", "waived", _desk),
        Move("waive", "due", "waived", _desk),
        Move("waive", "requested", "waived", _desk),
    ),
)

DELIVERY = Flow(
    "delivery",
    ("not_ready",),
    (
        Move("make_ready", "not_ready", "ready", frozenset({SYSTEM})),
        Move("hand_over", "ready", "handed_over", _desk),
        Move("download", "ready", "downloaded", frozenset({OWNER, BEARER})),
        Move("hand_over", "downloaded", "handed_over", _desk),
        Move("send_by_post", "ready", "posted", _posters),
        Move("send_by_post", "downloaded", "posted", _posters),
        Move("note_delivered", "posted", "handed_over", _posters),
        Move("note_returned", "posted", "returned", _posters),
        Move("send_by_post", "returned", "posted", _posters),
        Move("hand_over", "returned", "handed_over", _desk),
    ),
)

SYNC = Flow(
    "sync",
    ("not_needed", "held"),
    (Move("register", "held", "registered", _desk),),
)

PART_BEGINS = "waiting"
PART = Flow(
    "part",
    PART_BEGINS,
    (
        Move("send_part", "waiting", "sent", _clerks),
        Move("part_accepted", "sent", "accepted", _clerks),
        Move("part_done", "sent", "done", _clerks),
        Move("part_done", "accepted", "done", _clerks),
        Move("part_refused", "sent", "refused", _clerks),
        Move("part_refused", "accepted", "refused", _clerks),
        Move("send_part", "refused", "sent", _clerks),
        Move("leave_part_out", "waiting", "left_out", _clerks),
    ),
)
"""A part that another office decides: it stands beside the dossier's own four states and never changes them."""

FLOWS = {flow.name: flow for flow in (WORK, MONEY, DELIVERY, SYNC, PART)}
