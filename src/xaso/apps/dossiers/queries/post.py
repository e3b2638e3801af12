"""What goes by public post: to be posted, on its way, brought back."""

from django.db.models import Prefetch, Q

from xaso.apps.dossiers import access, rules
from xaso.apps.dossiers.contact import BY_POST
from xaso.apps.dossiers.models import Dossier, Posting
from xaso.platform.actor import Actor

MOST_POSTED = 200

POST_QUEUES: dict[str, Q] = {
    "to_post": Q(delivery_state__in=("ready", "downloaded"), return_by=BY_POST) & ~Q(money_state__in=rules.FEE_OPEN),
    "unpaid": Q(delivery_state__in=("ready", "downloaded"), return_by=BY_POST, money_state__in=rules.FEE_OPEN),
    "posted": Q(delivery_state="posted"),
    "returned": Q(delivery_state="returned"),
}


def post_list(actor: Actor, queue: str) -> list[Dossier]:
    """Return one of the queues of the post, the oldest result first, each with its postings; at most MOST_POSTED. Two queries."""
    rows = Dossier.objects.filter(access.visible_to(actor)).filter(POST_QUEUES[queue])
    return list(
        rows.prefetch_related(Prefetch("postings", Posting.objects.order_by("-posted_on", "-id"))).order_by("solved_at")[:MOST_POSTED]
    )


def postings_of(dossier: Dossier) -> list[Posting]:
    """Return each time the result was handed to the post, the first one first. One query."""
    return list(Posting.objects.filter(dossier=dossier))
