"""The sentences of citizens' pages, where they stand, and the recordings of people who spoke them."""

from django.db import models

from xaso.kernel.identifiers import uuid7
from xaso.platform.files.models import StoredFile


class Sentence(models.Model):
    """One sentence as it is written somewhere. `key` is the hash of language and text, so that it is spoken once wherever it stands.

    `made_with` names the voice and the rules that its machine's sound was last made with. `left_page` is the last page that it stood on,
    once it stands nowhere any more: who recorded it learns that there are other words now.
    """

    key = models.CharField(max_length=20, primary_key=True)
    language = models.CharField(max_length=8)
    text = models.TextField()
    first_found_at = models.DateTimeField()
    made_with = models.CharField(max_length=12, default="")
    left_page = models.ForeignKey("ListenedPage", on_delete=models.SET_NULL, null=True, related_name="left")

    class Meta:
        indexes = [models.Index(fields=["language", "made_with"], name="sentence_to_make")]

    def __str__(self) -> str:
        return self.text


class ListenedPage(models.Model):
    """A page in one of the interface's languages, or a group of texts, that is spoken ahead of time for a commune."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    address = models.CharField(max_length=300)
    language = models.CharField(max_length=8, default="vi")
    title = models.CharField(max_length=300)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune_id", "address", "language"], name="one_listened_page_an_address_and_language")
        ]

    def __str__(self) -> str:
        return self.title


class Place(models.Model):
    """Where a sentence stands."""

    id = models.BigAutoField(primary_key=True)
    page = models.ForeignKey(ListenedPage, on_delete=models.CASCADE, related_name="places")
    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="places")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="one_sentence_a_place")]


class Recording(models.Model):
    """A sentence spoken by a person in a language. It is heard once somebody else approved it; a newer one then takes its place.

    `is_trial` marks what a machine spoke for a trial, and is told to whoever sees or hears it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune_id = models.UUIDField()
    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="recordings")
    language = models.CharField(max_length=8)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    seconds = models.FloatField()
    is_trial = models.BooleanField(default=False)
    recorded_by = models.UUIDField(null=True)
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    approved_by_name = models.CharField(max_length=200, default="")
    approved_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commune_id", "sentence", "language"],
                condition=models.Q(removed_at=None, approved_at__isnull=False),
                name="one_voice_heard_a_sentence",
            ),
            models.UniqueConstraint(
                fields=["commune_id", "sentence", "language"],
                condition=models.Q(removed_at=None, approved_at=None),
                name="one_voice_waiting_a_sentence",
            ),
        ]
