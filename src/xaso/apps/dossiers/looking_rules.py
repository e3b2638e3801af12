"""Who works on a case and so sees all of it, what others see covered, and for which purposes it may be uncovered. Pure."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from xaso.kernel.forms.summary import Row, Section
from xaso.kernel.identifiers import PersonalNumber

AT_THE_DESK = frozenset({"held", "asked_before_filing", "submitted", "asked_at_intake", "accepted"})
WITH_THE_OFFICER = frozenset({"examining", "supplement_asked", "in_review", "stopped"})
UNCOVERED_FOR = timedelta(minutes=30)
"""How long a dossier stays open to who said what for; our own choice, no law names it."""
SAME_LOOK = timedelta(hours=1)
"""Within so long the same person looking at the same dossier again is one look."""

PURPOSES = {
    "person_asks": _("Người nộp hỏi, gọi điện hoặc đang ở quầy"),
    "helping": _("Giúp đồng nghiệp đang thụ lý"),
    "complaint": _("Giải quyết khiếu nại, phản ánh"),
    "inspection": _("Kiểm tra, giám sát theo nhiệm vụ"),
    "correction": _("Sửa sai sót trên giấy tờ, dữ liệu"),
    "other": _("Việc khác, ghi rõ"),
}
COVERED = "••••••"
SHORTEST_NUMBER = 4
NOT_DIGITS = re.compile(r"[^0-9]")
SEPARATORS = re.compile(r"[0-9\s.+()\-]")


def works_on(roles: Collection[str], *, state: str, delivery_state: str, is_assignee: bool) -> bool:
    """Tell whether who holds these roles works on the case as it stands, and so sees all of it without being asked why.

    The desk until it is taken up and while its result waits to be fetched; the assigned officer until it ends; who signs while it is
    in review. Source: our reading of purpose limitation, Law 91/2025/QH15; see docs/decisions/0097.
    """
    if is_assignee and state in WITH_THE_OFFICER:
        return True
    if "desk" in roles and (state in AT_THE_DESK or delivery_state == "ready"):
        return True
    return "signer" in roles and state == "in_review"


def number_searched(text: str) -> str:
    """Return the digits of what somebody typed when it is a number or the beginning of one: digits and nothing but separators."""
    digits = NOT_DIGITS.sub("", text)
    is_number = len(digits) >= SHORTEST_NUMBER and not SEPARATORS.sub("", text)
    return digits if is_number else ""


def covered(sections: Collection[Section]) -> list[Section]:
    """Return the sections with every sensitive answer covered; of a personal number its ends stay, as on the papers."""
    return [replace(section, rows=tuple(_covered(row) for row in section.rows)) for section in sections]


def _covered(row: Row, *, within: bool = False) -> Row:
    sensitive = row.sensitive or within
    parts = tuple(_covered(part, within=sensitive) for part in row.parts)
    if not (sensitive and row.shown):
        return replace(row, parts=parts)
    return replace(row, shown=_ends(row.shown), reminder="", parts=parts)


def _ends(shown: str) -> str:
    try:
        return PersonalNumber(shown).masked
    except ValueError:
        return COVERED
