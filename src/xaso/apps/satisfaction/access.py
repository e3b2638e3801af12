"""Which question an actor may answer or have asked, and which counts and screens she may see."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from xaso.apps.people.facade import Role
from xaso.apps.satisfaction import rules
from xaso.apps.satisfaction.models import AskingScreen, Question
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor

LEADERS = (Role.LEADER.value, Role.CENTRE_HEAD.value)
DESK = Role.DESK.value
NOTHING = Q(pk__in=())


def counts_visible_to(actor: Actor) -> Q:
    """Return the counts that the actor may see: those of their commune, for leaders."""
    return Q(commune_id=actor.commune_id) if actor.commune_id and actor.holds(*LEADERS) else NOTHING


def here(actor: Actor) -> UUID:
    """Return the actor's commune. Raises Refusal `satisfaction.not_found` for who has none."""
    if actor.commune_id is None:
        raise Refusal("satisfaction.not_found")
    return actor.commune_id


def locked_by_token(actor: Actor, token: str) -> Question:
    """Return the question behind a link, locked. Who works for the commune answers none. Raises Refusal `not_found`, `for_citizens`."""
    question = Question.objects.select_for_update().filter(commune_id=here(actor), token=token).first()
    if question is None:
        raise Refusal("satisfaction.not_found")
    if actor.kind == "staff":
        raise Refusal("satisfaction.for_citizens")
    return question


def question_to_ask(actor: Actor, subject: str) -> Question:
    """Return the question about a subject for an official of the desk who has it asked. Raises Refusal `satisfaction.not_found`."""
    question = Question.objects.filter(commune_id=here(actor), subject=subject).first() if actor.holds(DESK) else None
    if question is None:
        raise Refusal("satisfaction.not_found")
    return question


def screens_of(actor: Actor, now: datetime) -> Q:
    """Return the screens on which the official may have something shown: her own, opened not too long ago."""
    return Q(commune_id=actor.commune_id, account_id=actor.account_id, opened_at__gt=now - rules.SCREEN_LASTS)


def locked_screen(actor: Actor, screen_id: UUID, now: datetime) -> AskingScreen:
    """Return an open screen, locked. Raises Refusal `satisfaction.not_found`."""
    lasting = AskingScreen.objects.select_for_update(of=("self",)).filter(opened_at__gt=now - rules.SCREEN_LASTS)
    screen = lasting.filter(pk=screen_id, commune_id=here(actor)).first()
    if screen is None:
        raise Refusal("satisfaction.not_found")
    return screen
