"""Who may open a page of the administration: administrators; visitors are sent to sign in, for all others there is nothing here."""

from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from xaso.apps.people import memory
from xaso.apps.people.roles import Role
from xaso.platform.guard import Page, confirmed, for_roles
from xaso.platform.guard import actor_of as actor_who_asks

__all__ = ["actor_who_asks", "for_administrators"]


def for_administrators(page: Page) -> Page:
    """Open the page to the commune's administrators. What it shows is kept in no cache and read anew: they look at what they just set.

    What they set after opening the computer by a PIN waits until they confirm in full.
    """

    @wraps(page)
    def fresh(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        memory.forget()
        return page(request, *args, **kwargs)

    return never_cache(for_roles(Role.ADMINISTRATOR.value)(confirmed(fresh)))
