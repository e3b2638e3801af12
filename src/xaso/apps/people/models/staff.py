"""Posts, who holds them, and who stands in for whom."""

from django.conf import settings
from django.db import models

from xaso.apps.people.models.commune import Commune, Village
from xaso.kernel.identifiers import uuid7


class Post(models.Model):
    """A seat in a body of the commune with its roles. The holder may change; the post stays; `until` ends it (exclusive)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="posts")
    unit = models.CharField(max_length=120)
    title = models.CharField(max_length=160)
    roles = models.JSONField(default=list)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="posts")
    since = models.DateField()
    until = models.DateField(null=True)
    village = models.ForeignKey(Village, null=True, on_delete=models.PROTECT, related_name="posts")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["commune", "order"], name="post_order")]


class Deputy(models.Model):
    """A person who holds the roles of another's post for some days, first and last day included."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="deputies")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="deputyships")
    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.CharField(max_length=300)
