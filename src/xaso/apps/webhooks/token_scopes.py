"""What a token may be given: the scopes that endpoints ask for, and the roles it acts with; both in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from xaso.apps.people import facade as people
from xaso.platform.api import NEVER_A_TOKENS, ROLE_SCOPE, scopes_asked_for
from xaso.platform.registries import api_scopes

ROLES_ON_THE_PAGE = tuple(role for role in people.Role if role in people.OFFICE_ROLES - {people.Role.SIGNER, people.Role.ADMINISTRATOR})


def known() -> list[str]:
    """Return every scope that the API asks for, and every role that a token may act with."""
    return [*sorted(scopes_asked_for), *(f"{ROLE_SCOPE}{role}" for role in people.Role if role not in NEVER_A_TOKENS)]


def in_words(scopes: Iterable[str]) -> list[str]:
    """Return what the scopes let a program do, the roles last; one that nobody knows any more stands as it is."""
    places = {scope.name: place for place, scope in enumerate(api_scopes)}
    return [
        _in_words(scope)
        for scope in sorted(scopes, key=lambda scope: (scope.startswith(ROLE_SCOPE), places.get(scope, len(places)), scope))
    ]


def _in_words(scope: str) -> str:
    if scope.startswith(ROLE_SCOPE) and scope.removeprefix(ROLE_SCOPE) in set(people.Role):
        return _("thay vai %(role)s") % {"role": people.ROLE_WORDS[people.Role(scope.removeprefix(ROLE_SCOPE))]}
    declared = api_scopes.find(scope)
    return str(declared.label) if declared else scope


def choices() -> list[tuple[str, Any]]:
    """Return the scopes as a form offers them."""
    return [(scope.name, scope.label) for scope in api_scopes]


def role_choices() -> list[tuple[str, Any]]:
    """Return the roles as a form offers them."""
    return [(f"{ROLE_SCOPE}{role}", people.ROLE_WORDS[role]) for role in ROLES_ON_THE_PAGE]
