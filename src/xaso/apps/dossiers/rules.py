"""The rules of a dossier as pure functions: national states, the clock, what a person may look up with."""

from collections.abc import Iterable
from datetime import datetime

from xaso.kernel.worktime import Pause, Term, WorkCalendar, due_at

ENDED = frozenset({"solved", "refused", "withdrawn", "stopped", "stopped_at_intake"})
UNDER_WAY = frozenset(
    {"held", "asked_before_filing", "submitted", "asked_at_intake", "accepted", "examining", "supplement_asked", "in_review"}
)
"""All other states. A list asks for these by name: what ended long ago is not looked at again."""
CLOCK_STANDS = frozenset({"asked_at_intake", "supplement_asked", "stopped", "stopped_at_intake"})
HELD = frozenset({"held", "asked_before_filing"})
"""States of a dossier that another system must receive and that is not filed there yet: no slip, no clock, no fee."""
ASKED = frozenset({"asked_before_filing", "asked_at_intake", "supplement_asked"})
GIVEN = frozenset({"downloaded", "handed_over"})
"""Delivery states in which the applicant has the result; what is on paper may still be handed over after a download."""
BY_POST = frozenset({"posted", "returned"})
"""Delivery states of a result that the post has, or brought back: it is not given yet."""
PARTS_ENDED = frozenset({"done", "refused", "left_out"})
"""States of a part in which its office has answered, or nobody waits for it."""
PARTS_GO_ON = frozenset({"accepted", "examining", "supplement_asked", "in_review", "solved"})
"""Work states of a dossier whose parts may be sent on: a refused or withdrawn one has none any more."""
FEE_OPEN = frozenset({"unknown", "due", "requested"})
"""Money states in which the fee must be settled before the result is given: also while nobody knows yet how much it is."""

NATIONAL_STATES = {
    1: "Mới đăng ký",
    2: "Được tiếp nhận",
    3: "Không được tiếp nhận",
    4: "Đang xử lý",
    5: "Yêu cầu bổ sung giấy tờ",
    6: "Yêu cầu thực hiện nghĩa vụ tài chính",
    7: "Công dân yêu cầu rút hồ sơ",
    8: "Dừng xử lý",
    9: "Đã xử lý xong",
    10: "Đã trả kết quả",
}

_NATIONAL_BY_WORK = {
    "submitted": 1,
    "accepted": 2,
    "refused": 3,
    "examining": 4,
    "in_review": 4,
    "asked_at_intake": 5,
    "supplement_asked": 5,
    "withdrawn": 7,
    "stopped": 8,
    "stopped_at_intake": 8,
}


def national_state(work: str, money: str, delivery: str) -> int | None:
    """Return the national portal's state (1–10) of our four; None while the dossier is held and the portal knows nothing of it.

    Source: the portal's synchronisation specification, its ten states. A requested payment shows as 6 only while the case is worked on.
    """
    if work in HELD:
        return None
    if work == "solved":
        return 10 if delivery in GIVEN else 9
    if money == "requested" and work in {"accepted", "examining", "in_review"}:
        return 6
    return _NATIONAL_BY_WORK[work]


def is_finished(work: str, delivery: str, parts: Iterable[str]) -> bool:
    """Tell whether nothing of the dossier is open: its own result is given and every part has ended; a refused part has ended too."""
    return work == "solved" and delivery in GIVEN and all(state in PARTS_ENDED for state in parts)


def money_at_filing(fee_vnd: int | None) -> str:
    """Return the money state of a new dossier. A fee that nobody could compute is unknown, which is not the same as none."""
    if fee_vnd is None:
        return "unknown"
    return "due" if fee_vnd else "none"


def clock_stands(work: str, money: str) -> bool:
    """Tell whether the legal clock stands still: papers or money are asked for, or the case is stopped (national states 5, 6, 8)."""
    return work in CLOCK_STANDS or money == "requested"


def legal_due_at(
    accepted_at: datetime,
    term: Term | None,
    calendar: WorkCalendar,
    pauses: Iterable[Pause],
    *,
    restarted_at: datetime | None = None,
) -> datetime | None:
    """Return when the answer is due; None while a pause is open, without a proven term, or in a year whose days off nobody knows yet.

    Whether the term resumes or starts anew after a supplement is data of the procedure; when it started anew, it counts from
    `restarted_at`, and of the pauses only later ones push it on.
    """
    taken = tuple(pauses)
    if term is None or any(pause.end is None for pause in taken):
        return None
    begins_at = restarted_at or accepted_at
    due = due_at(begins_at, term, calendar, tuple(pause for pause in taken if pause.start >= begins_at))
    return due if due is not None and calendar.knows(due.date()) else None


def lookup_matches(digits: str, phone: str, personal_number: str) -> bool:
    """Tell whether four digits are the last of the phone or of the personal number; an empty field never matches."""
    return (
        len(digits) == 4
        and digits.isascii()
        and digits.isdigit()
        and any(number.endswith(digits) for number in (phone, personal_number) if len(number) >= 4)
    )
