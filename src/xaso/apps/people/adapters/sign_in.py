"""What allauth asks of us while a citizen signs in: find or make the account, tie it to the citizen, send troubles to our own page."""

import hmac
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from requests import RequestException

from xaso.apps.people.actions.citizens import recognise_citizen
from xaso.apps.people.adapters.openid import IdentityProvider
from xaso.apps.people.claims import IDENTITY_LEVEL, facts_of, level_of
from xaso.apps.people.models import Account
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor

log = structlog.get_logger(__name__)

END_SESSION = "eid_end_session"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Keeps allauth's own pages and messages out of sight."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the page that the person lands on shows who is signed in."""

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Tell that the account is closed."""
        return trouble("closed")

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Remember the level of this sign-in, and how to end the session at the provider too when the person leaves a shared phone."""
        login = (kwargs.get("signal_kwargs") or {}).get("sociallogin")
        if login is not None:
            request.session[IDENTITY_LEVEL] = _level(login)
        if login is not None and login.end_session["url"]:
            request.session[END_SESSION] = login.end_session
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer


class IdentityAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Finds or makes the account of a person whom the provider vouches for."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> IdentityProvider:
        """Return the configured provider, without asking the database. Raises SocialApp.DoesNotExist where none is configured."""
        apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        if not apps or provider != settings.EID_PROVIDER:
            raise SocialApp.DoesNotExist
        return IdentityProvider(request, app=SocialApp(provider="openid_connect", **apps[0]))

    def new_user(self, request: HttpRequest, sociallogin: SocialLogin) -> Account:
        """Return an unsaved citizen's account."""
        return Account(username=None)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Account:
        """Leave the account empty; the citizen's record fills it."""
        account: Account = sociallogin.user
        return account

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Check the nonce, and bring a known person's record up to date."""
        sent, echoed = sociallogin.state.get("nonce", ""), sociallogin.claims["id_token"].get("nonce", "")
        if not hmac.compare_digest(str(sent), str(echoed)) or request.commune is None:  # type: ignore[attr-defined]
            raise ImmediateHttpResponse(trouble("failed"))
        if sociallogin.is_existing:
            _recognise(request, sociallogin)

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Account:
        """Save the account of a person who comes for the first time."""
        account: Account = sociallogin.user
        account.set_unusable_password()
        sociallogin.save(request)
        _recognise(request, sociallogin)
        return account

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Send the person to our page with what to do now."""
        failed = "unreachable" if isinstance(exception, RequestException) else "failed"
        raise ImmediateHttpResponse(trouble("cancelled" if error == AuthError.CANCELLED else failed))


def trouble(reason: str) -> HttpResponse:
    """Return the redirect to the page that tells what went wrong and what to do; the log tells that nobody was signed in."""
    log.warning("sign_in_failed", why="identity", reason=reason)
    return redirect("people_identity_trouble", reason=reason)


def _claims(login: SocialLogin) -> dict[str, Any]:
    """Return what the provider told; what stands in both is taken from the ID token, which it signed."""
    return {**login.claims["userinfo"], **login.claims["id_token"]}


def _level(login: SocialLogin) -> int:
    return level_of(_claims(login), settings.EID_CLAIM_LEVEL, settings.EID_LEVELS)


def _recognise(request: HttpRequest, login: SocialLogin) -> None:
    claims = _claims(login)
    commune = request.commune  # type: ignore[attr-defined]
    actor = Actor(
        kind="citizen",
        commune_id=commune.id,
        name=str(claims.get("name", "")),
        account_id=login.user.pk,
        address=request.META.get("REMOTE_ADDR", ""),
    )
    try:
        facts = facts_of(claims, settings.EID_CLAIM_NUMBER)
        recognise_citizen(actor, login.user.pk, facts, _level(login), now=clock.now())
    except Refusal as refusal:
        raise ImmediateHttpResponse(trouble("incomplete")) from refusal
