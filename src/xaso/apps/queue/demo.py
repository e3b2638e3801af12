"""The demo commune's queue: four services, three counters, two weeks of days that went by, and a morning that is under way."""

import secrets
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from xaso.apps.people import facade as people
from xaso.apps.queue import times
from xaso.apps.queue.models import Appointment, DayFigures, ServiceCounter, ServiceGroup, Ticket, TicketStep
from xaso.apps.queue.queries.figures import figures_of
from xaso.kernel.worktime import VN
from xaso.platform import counters

SEED = 2026_11
DAYS_BEFORE = 14
WORKING_WEEK = [0, 1, 2, 3, 4]
# name | letter | fields | minutes of a service | numbers a day | places in each slot of appointments
GROUPS = (
    ("Khai sinh, kết hôn, khai tử", "A", ["civil_status"], 12, 14, 2),
    ("Chứng thực, sao giấy tờ", "B", ["certification"], 6, 22, 0),
    ("Hộ nghèo, trợ giúp xã hội", "C", ["social_protection"], 15, 8, 1),
    ("Đất đai, kinh doanh, việc khác", "D", ["land", "business", "residence", "other"], 18, 10, 2),
)
# number | name | letters
COUNTERS = ((1, "Hộ tịch", "A"), (2, "Chứng thực", "AB"), (3, "Đất đai, xã hội", "CD"))
WAITING_NOW = (("A", "kiosk"), ("B", "phone"), ("B", "kiosk"), ("C", "desk"), ("D", "phone"))
BOOKED = (("A", "Giàng Thị Mai", 1), ("D", "Lù Văn Thông", 2))


def load_demo_queue(now: datetime) -> str:
    """Load all of it unless it is there. One transaction."""
    commune = people.the_commune()
    if commune is not None and not ServiceGroup.objects.filter(commune_id=commune.id).exists():
        _load(commune.id, now)
    return f"Lấy số: {len(GROUPS)} dịch vụ, {len(COUNTERS)} quầy"


@transaction.atomic
def _load(commune_id: UUID, now: datetime) -> None:
    groups = {
        letter: ServiceGroup.objects.create(
            commune_id=commune_id, name=name, letter=letter, fields=fields, weekdays=WORKING_WEEK, slot_minutes=30, slot_capacity=places
        )
        for name, letter, fields, _minutes, _numbers, places in GROUPS
    }
    desks = {}
    for number, name, letters in COUNTERS:
        desk = ServiceCounter.objects.create(commune_id=commune_id, number=number, name=name)
        desk.groups.set([groups[letter] for letter in letters])
        desks.update({letter: desk for letter in letters if letter not in desks})
    dice = Random(SEED)  # noqa: S311
    today = times.local_day(now)
    calendar = people.calendar_of(commune_id)
    past = [today - timedelta(days=back) for back in range(1, DAYS_BEFORE + 1)]
    tickets = [
        ticket
        for day in past
        if calendar.is_working_day(day)
        for _name, letter, _fields, minutes, numbers, _places in GROUPS
        for ticket in _day(groups[letter], desks[letter], day, minutes, numbers, dice)
    ]
    Ticket.objects.bulk_create(tickets)
    _count(tickets)
    _today(commune_id, groups, now)
    _book(groups, now, dice)


def _day(group: ServiceGroup, desk: ServiceCounter, day: date, minutes: int, numbers: int, dice: Random) -> list[Ticket]:
    """Return a day that went by: people come in the morning and are served one after the other."""
    opens = datetime(day.year, day.month, day.day, 7, 30, tzinfo=VN)
    free_at, made = opens, []
    for number in range(1, numbers + dice.randrange(4)):
        taken = opens + timedelta(minutes=(number - 1) * minutes * 0.9 + dice.random() * 8)
        called = max(taken, free_at) + timedelta(seconds=20)
        done = called + timedelta(minutes=minutes * (0.6 + dice.random()))
        left = dice.random() < 0.05
        free_at = called if left else done
        made.append(
            Ticket(
                commune_id=group.commune_id,
                day=day,
                letter=group.letter,
                number=number,
                group=group,
                counter=None if left else desk,
                token=secrets.token_urlsafe(16),
                source=dice.choice(("kiosk", "kiosk", "phone", "desk")),
                state="given_up" if left else "served",
                taken_at=taken,
                turn_at=taken,
                called_at=None if left else called,
                first_called_at=None if left else called,
                times_called=0 if left else 1,
                ended_at=free_at,
            )
        )
    return made


def _count(tickets: list[Ticket]) -> None:
    """Keep the figures of the days."""
    rows = []
    for group, day in dict.fromkeys((ticket.group, ticket.day) for ticket in tickets):
        counted = figures_of([ticket for ticket in tickets if ticket.group_id == group.id and ticket.day == day])
        rows.append(
            DayFigures(
                commune_id=group.commune_id,
                group=group,
                day=day,
                taken=counted.taken,
                served=counted.served,
                given_up=counted.given_up,
                left_over=counted.left_over,
                wait_median_seconds=counted.wait_median_seconds,
                service_median_seconds=counted.service_median_seconds,
            )
        )
    DayFigures.objects.bulk_create(rows)


def _today(commune_id: UUID, groups: dict[str, ServiceGroup], now: datetime) -> None:
    """Let some wait now, whatever the hour: the demo is looked at in the evening too."""
    day = times.local_day(now)
    for place, (letter, source) in enumerate(WAITING_NOW):
        taken = now - timedelta(minutes=2 * (len(WAITING_NOW) - place))
        ticket = Ticket.objects.create(
            commune_id=commune_id,
            day=day,
            letter=letter,
            number=counters.next_number(commune_id, f"queue:{letter}", day.isoformat()),
            group=groups[letter],
            token=secrets.token_urlsafe(16),
            source=source,
            priority=letter == "C",
            taken_at=taken,
            turn_at=taken,
        )
        TicketStep.objects.create(ticket=ticket, verb="take", state="waiting", at=taken, group=groups[letter])


def _book(groups: dict[str, ServiceGroup], now: datetime, dice: Random) -> None:
    """Keep some times in the next days."""
    for number, (letter, name, ahead) in enumerate(BOOKED):
        group, day = groups[letter], times.local_day(now)
        for _working_day in range(ahead):
            day = times.calendar_of(group).next_working_day(day)
        Appointment.objects.create(
            commune_id=group.commune_id,
            group=group,
            starts_at=dice.choice(times.slots_of(group, day)),
            code=f"{246_810 + number}",
            token=secrets.token_urlsafe(16),
            name=name,
            phone=f"05000001{number:02d}",
            created_at=now,
        )
