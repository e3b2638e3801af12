"""Builders for tests: a commune with a head, a leader, the desk and a citizen."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.rights.actions.consents import say
from xaso.platform import clock
from xaso.platform.actor import Actor

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday, 09:00 in Vietnam."""


@dataclass(frozen=True)
class Hall:
    """A commune's office and two citizens."""

    commune_id: UUID
    head: Actor
    leader: Actor
    desk: Actor
    officer: Actor
    citizen: Actor
    stranger: Actor


def hall(*, is_demo: bool = False) -> Hall:
    """Return an office whose citizens have accounts."""
    commune = people.commune(is_demo=is_demo)
    staff = {
        role: people.actor_for(people.staff(commune, role, full_name=name, title=title), commune)
        for role, name, title in (
            (Role.CENTRE_HEAD, "Nông Thị Chanh", "Giám đốc trung tâm"),
            (Role.LEADER, "Vàng A Lử", "Phó Chủ tịch"),
            (Role.DESK, "Lò Thị Quầy", "Một cửa"),
            (Role.CASE_OFFICER, "Hà Văn Lý", "Công chức"),
        )
    }
    citizens = [
        people.actor_for_citizen(people.citizen(commune, name, with_account=True, phone=phone, personal_number=number))
        for name, phone, number in (("Giàng A Pao", "0912345678", "010085001234"), ("Sùng Thị Lạ", "0912000111", "010185004321"))
    ]
    return Hall(commune.id, staff[Role.CENTRE_HEAD], staff[Role.LEADER], staff[Role.DESK], staff[Role.CASE_OFFICER], *citizens)


def says(citizen: Actor, purpose: str, *, agrees: bool) -> None:
    """Let a citizen say yes or no to a purpose on her own page."""
    assert citizen.citizen_id is not None
    say(citizen, citizen.citizen_id, purpose, agrees=agrees, now=clock.now())
