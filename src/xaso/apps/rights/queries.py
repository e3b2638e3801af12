"""Questions about people's requests about their data."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from xaso.apps.rights import access
from xaso.apps.rights.flow import HANDLERS, OPEN
from xaso.apps.rights.models import DataRequest
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.kept_questions import OfficialsQuestion

MOST_SHOWN = 500


def my_requests(actor: Actor) -> list[DataRequest]:
    """Return the requests that the citizen made, or that somebody made for her, newest first. One query."""
    if access.person_of(actor) is None:
        return []
    return list(DataRequest.objects.filter(access.visible_to(actor)).select_related("guardian").order_by("-asked_at")[:MOST_SHOWN])


def get_request(actor: Actor, request_id: UUID) -> DataRequest:
    """Return a request with who is responsible and its steps. Raises Refusal `rights.not_found`. Two queries."""
    rows = DataRequest.objects.filter(access.visible_to(actor), pk=request_id)
    found = rows.select_related("responsible", "guardian").prefetch_related("steps").first()
    if found is None:
        raise Refusal("rights.not_found")
    return found


def list_requests(actor: Actor, *, is_open: bool) -> list[DataRequest]:
    """Return the commune's requests: the open ones by when they are due, or the ended ones, newest first. One query."""
    rows = DataRequest.objects.filter(access.visible_to(actor)).select_related("responsible", "guardian")
    if is_open:
        return list(rows.filter(state__in=OPEN).order_by("due_at", "id")[:MOST_SHOWN])
    return list(rows.exclude(state__in=OPEN).order_by("-ended_at", "-id")[:MOST_SHOWN])


def open_count(actor: Actor, _now: datetime) -> int:
    """Return how many requests of the commune are open. One query."""
    return _OPEN_REQUESTS.count(actor)


def waiting_for(actor: Actor) -> list[DataRequest]:
    """Return the open requests that wait for the actor: hers, and those nobody is responsible for. One query."""
    if not actor.holds(*HANDLERS):
        return []
    return [row for row in _OPEN_REQUESTS.ask(actor) if row.responsible_id in {None, actor.account_id}]


def next_due_at(request: DataRequest) -> datetime:
    """Return what is due next: the receipt while it is not confirmed, then the answer."""
    return request.receipt_due_at if request.state == "asked" else request.due_at


def ended_since(actor: Actor, since: datetime) -> int:
    """Return how many requests the actor answered or refused since then. One query."""
    return _ENDED_BY.count(actor, since=since) if actor.account_id else 0


def _open_requests(actor: Actor) -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(access.visible_to(actor), state__in=OPEN).order_by("due_at", "id")


def _ended_by(actor: Actor, since: datetime) -> QuerySet[DataRequest]:
    ended = DataRequest.objects.filter(access.visible_to(actor), ended_at__gte=since, responsible_id=actor.account_id)
    return ended.exclude(state="taken_back")


_OPEN_REQUESTS = OfficialsQuestion(_open_requests)
_ENDED_BY = OfficialsQuestion(_ended_by, since=datetime)
