"""Counters, services, numbers with their steps, appointments, machines at the door, and each day's figures."""

from django.db import models

from xaso.apps.queue.flow import FLOW, OPEN
from xaso.kernel.identifiers import uuid7
from xaso.platform.sealed import BlindIndex, SealedRow, SealedText


class ServiceGroup(models.Model):
    """What people queue for: some fields of procedures under one letter. A group that ended stays, because numbers name it.

    `weekdays` are 0 (Monday) to 6; `open_from` and `open_until`, where set, narrow the commune's office hours.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    name = models.CharField(max_length=80)
    letter = models.CharField(max_length=1)
    fields = models.JSONField(default=list)
    weekdays = models.JSONField(default=list)
    open_from = models.TimeField(null=True)
    open_until = models.TimeField(null=True)
    by_phone = models.BooleanField(default=True)
    slot_minutes = models.PositiveSmallIntegerField(default=30)
    slot_capacity = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune_id", "letter"], condition=models.Q(ended_at=None), name="one_group_a_letter")
        ]


class ServiceCounter(models.Model):
    """A place where people are served, by the number on its sign, with the groups it serves."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, default="")
    groups = models.ManyToManyField(ServiceGroup, related_name="counters")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune_id", "number"], condition=models.Q(ended_at=None), name="one_counter_a_number")
        ]


class Kiosk(models.Model):
    """A machine at the door that gives numbers; its address holds a secret of which only the digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    name = models.CharField(max_length=80)
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)


class Ticket(models.Model):
    """One number of one day. `letter` and `number` stay what the paper says, also after a transfer to another `group`.

    `turn_at` orders the queue and is never moved back; `request_key` lets one press take one number. `favoured` counts for the order:
    an appointment in its time, or a person whom the desk lets go first.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    day = models.DateField()
    letter = models.CharField(max_length=1)
    number = models.PositiveIntegerField()
    group = models.ForeignKey(ServiceGroup, on_delete=models.PROTECT, related_name="tickets")
    counter = models.ForeignKey(ServiceCounter, on_delete=models.PROTECT, null=True, related_name="tickets")
    token = models.CharField(max_length=40, unique=True)
    request_key = models.UUIDField(null=True, unique=True)
    source = models.CharField(max_length=12)
    priority = models.BooleanField(default=False)
    booked_for = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default=FLOW.initial)
    taken_at = models.DateTimeField()
    turn_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    first_called_at = models.DateTimeField(null=True)
    times_called = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune_id", "day", "letter", "number"], name="one_ticket_a_number")]
        indexes = [
            models.Index(fields=["commune_id", "day", "state"], name="queue_of_the_day"),
            models.Index(fields=["day"], condition=models.Q(state__in=OPEN), name="queue_still_open"),
        ]

    @property
    def label(self) -> str:
        """What the paper and the screen say: A007."""
        return f"{self.letter}{self.number:03d}"


class TicketStep(models.Model):
    """One move of a number, never changed while the number is kept. Says who at the desk by the post, nobody by name."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=12)
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.CharField(max_length=200, default="")
    counter = models.ForeignKey(ServiceCounter, on_delete=models.PROTECT, null=True)
    group = models.ForeignKey(ServiceGroup, on_delete=models.PROTECT)

    class Meta:
        ordering = ["id"]


class Appointment(SealedRow):
    """A time kept for a person. `code` is typed at the desk and at the door; name and phone are forgotten some days after."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    group = models.ForeignKey(ServiceGroup, on_delete=models.PROTECT, related_name="appointments")
    starts_at = models.DateTimeField()
    code = models.CharField(max_length=8)
    token = models.CharField(max_length=40, unique=True)
    request_key = models.UUIDField(null=True, unique=True)
    name = models.CharField(max_length=200)
    phone = SealedText(max_length=20)
    phone_blind = BlindIndex(of="phone", kind="phone")
    state = models.CharField(max_length=10, default="booked")
    ticket = models.OneToOneField(Ticket, on_delete=models.SET_NULL, null=True, related_name="appointment")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune_id", "code"], name="one_appointment_a_code")]
        indexes = [models.Index(fields=["group", "starts_at"], name="appointments_of_a_slot")]


class DayFigures(models.Model):
    """What a day came to in one group, without anybody in it. Seconds are None where nothing was measured."""

    commune_id = models.UUIDField()
    group = models.ForeignKey(ServiceGroup, on_delete=models.PROTECT, related_name="figures")
    day = models.DateField()
    taken = models.PositiveIntegerField()
    served = models.PositiveIntegerField()
    given_up = models.PositiveIntegerField()
    left_over = models.PositiveIntegerField()
    wait_median_seconds = models.PositiveIntegerField(null=True)
    service_median_seconds = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "day"], name="one_row_a_day")]
