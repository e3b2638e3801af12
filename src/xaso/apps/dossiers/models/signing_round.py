"""Many results that an official signs with one confirmation."""

from django.db import models

from xaso.kernel.identifiers import uuid7


class SigningRound(models.Model):
    """One such confirmation. `state`: running, held (`trouble` says why), stopped by her, ended.

    The worker that signs holds a lease; one that lapsed was a dead worker's. `id` comes with the page, so that two clicks are one round.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey("people.Commune", on_delete=models.PROTECT)
    account_id = models.UUIDField()
    asked_by = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="running")
    trouble = models.JSONField(default=dict)
    leased_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["started_at"], condition=models.Q(state="running"), name="signing_round_running"),
            models.Index(fields=["account_id", "started_at"], name="signing_round_of"),
        ]


class RoundPaper(models.Model):
    """One result of a round: waiting, signing, signed (`number`), refused (`why`), or left when she stopped.

    `was_cut_off`: a worker died while it signed, so a number may be reserved for it. A dossier is open in one round at most.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    round = models.ForeignKey(SigningRound, on_delete=models.CASCADE, related_name="papers")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default="waiting")
    number = models.CharField(max_length=60, default="")
    why = models.JSONField(default=dict)
    was_cut_off = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=models.Q(state__in=("waiting", "signing")), name="open_in_one_round"),
        ]
