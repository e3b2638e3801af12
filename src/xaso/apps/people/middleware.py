"""Says of each request which commune it is for and, of a page's, who acts: `request.commune` and, when asked for, `request.actor`."""

import re
from collections.abc import Callable
from dataclasses import replace

from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from xaso.apps.people import memory
from xaso.apps.people.actors import actor_of
from xaso.apps.people.claims import IDENTITY_LEVEL
from xaso.apps.people.known_browsers import tell_known
from xaso.apps.people.locking import BY_PIN, LEFT_ALONE, is_idle, park, tell_computer
from xaso.apps.people.signing_in import is_still_signed_in, lacks_second_factor
from xaso.platform import clock
from xaso.platform.actor import Actor

KEPT_FOR_ALL = {"no-store", "public"}


class CommuneMiddleware:
    """Sets the commune alone, for a request whose actor comes with a token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.commune = memory.commune_of_host(request.get_host())  # type: ignore[attr-defined]
        return self.get_response(request)


class ActorMiddleware:
    """Sets the commune at once (remembered) and the actor lazily: a page that never asks who acts costs no query.

    What an official was shown is kept by no browser, so that “back” shows nothing on a locked computer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.commune = memory.commune_of_host(request.get_host())  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: actor_of_request(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        tell_computer(request, response)
        tell_known(request, response)
        if getattr(request, "is_officials", False) and not KEPT_FOR_ALL & set(re.findall(r"[\w-]+", response.get("Cache-Control", ""))):
            response.headers["Cache-Control"] = "private, no-store"
        return response


def actor_of_request(request: HttpRequest) -> Actor:
    """Return who sends the request: signed in by session, else anonymous. Beside session and account, one query.

    An official who must still change the password given to him, or set the second factor that his roles need, is nobody until he has.
    """
    commune = request.commune  # type: ignore[attr-defined]
    commune_id = commune.id if commune else None
    address = request.META.get("REMOTE_ADDR", "")
    if commune_id is None or not request.user.is_authenticated:
        return Actor.anonymous(commune_id, address)
    if not is_still_signed_in(request, now=clock.now()):
        logout(request)
        return Actor.anonymous(commune_id, address)
    actor = actor_of(request.user, commune_id, on=timezone.localdate(clock.now()), address=address)
    if request.user.must_change_password or lacks_second_factor(request, actor):
        return Actor(kind="anonymous", commune_id=commune_id, name=request.user.full_name, account_id=request.user.pk, address=address)
    if actor.kind == "citizen":
        return replace(actor, identity_level=request.session.get(IDENTITY_LEVEL, 0))
    return _official(request, actor) if actor.kind == "staff" else actor


def _official(request: HttpRequest, actor: Actor) -> Actor:
    """Return the official; nobody when she has left the computer alone for so long that it is locked now."""
    now = clock.now()
    if is_idle(request, now=now):
        park(request, actor, LEFT_ALONE, now=now)
        return Actor.anonymous(actor.commune_id, actor.address)
    request.is_officials = True  # type: ignore[attr-defined]
    return replace(actor, is_by_pin=bool(request.session.get(BY_PIN)))
