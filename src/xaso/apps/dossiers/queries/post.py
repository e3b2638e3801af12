"""What goes by public post: to be posted, on its way, brought back."""

from django.db.models import Prefetch, Q, QuerySet

from xaso.apps.dossiers import access, rules
from xaso.apps.dossiers.contact import BY_POST
from xaso.apps.dossiers.models import Dossier, Posting
from xaso.platform.actor import Actor

POST_QUEUES: dict[str, Q] = {
    "to_post": Q(delivery_state__in=("ready", "downloaded"), return_by=BY_POST) & ~Q(money_state__in=rules.FEE_OPEN),
    "unpaid": Q(delivery_state__in=("ready", "downloaded"), return_by=BY_POST, money_state__in=rules.FEE_OPEN),
    "posted": Q(delivery_state="posted"),
    "returned": Q(delivery_state="returned"),
}


def post_rows(actor: Actor, queue: str) -> QuerySet[Dossier]:
    """Return one of the queues of the post, the oldest result first, each with its postings, not yet read."""
    rows = Dossier.objects.filter(access.visible_to(actor)).filter(POST_QUEUES[queue])
    return rows.prefetch_related(Prefetch("postings", Posting.objects.order_by("-posted_on", "-id"))).order_by("solved_at", "id")


def postings_of(dossier: Dossier) -> list[Posting]:
    """Return each time the result was handed to the post, the first one first. One query."""
    return list(Posting.objects.filter(dossier=dossier))
