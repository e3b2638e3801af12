"""The OpenID Connect client: allauth's, with the checks that it leaves out.

Added here: a nonce, the ID token's signature, one person in ID token and user info, our own addresses, and no more of the claims kept
than the commune needs.
"""

import base64
import json
import secrets
from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""How an ID token may be signed: by the provider's own key, never by a shared secret."""


class IdentityClient(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Talks to the provider. Time-out: SOCIALACCOUNT_REQUESTS_TIMEOUT seconds for each answer."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Return the address that the provider sends people back to."""
        return request.build_absolute_uri(reverse("people_identity_return"))

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        self._require_known_algorithm(id_token)
        if self.openid_config["issuer"].rstrip("/") != settings.EID_ISSUER:
            raise OAuth2Error("the provider calls itself by another name than the operator does")
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )
        return claims

    def _require_known_algorithm(self, id_token: str) -> None:
        try:
            header = json.loads(base64.urlsafe_b64decode(f"{id_token.partition('.')[0]}=="))
            algorithm = header.get("alg")
        except (ValueError, AttributeError) as error:
            raise OAuth2Error("the ID token can't be read") from error
        if algorithm not in ALGORITHMS:
            raise OAuth2Error("the ID token is signed by a way that we don't take")

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        """Fetch and check the claims. Raises OAuth2Error when there is no ID token, or when it and the user info name two people."""
        login: SocialLogin = super().complete_login(request, app, token, **kwargs)
        claims = login.claims
        if claims["id_token"]["sub"] != claims["userinfo"]["sub"]:
            raise OAuth2Error("id token and user info name two people")
        login.end_session = {
            "url": self.openid_config.get("end_session_endpoint", ""),
            "id_token": kwargs["response"]["id_token"],
        }
        return login


class IdentityProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """The provider of electronic identities that the operator configured."""

    oauth2_adapter_class = IdentityClient

    def begin(self, request: HttpRequest, next_url: str, level: int = 0) -> HttpResponse:
        """Send the visitor to the provider, asking for a level if one is needed; state, nonce and PKCE are kept in the session.

        Raises RequestException when it is down.
        """
        nonce = secrets.token_urlsafe(16)
        asked = {"nonce": nonce, "acr_values": settings.EID_LEVELS[level]} if level else {"nonce": nonce}
        answer: HttpResponse = self.redirect(request, "login", next_url, auth_params=asked, nonce=nonce)
        return answer

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> SocialLogin:
        """Return allauth's picture of the sign-in, with the raw claims at hand for this request only."""
        login: SocialLogin = super().sociallogin_from_response(request, response)
        login.claims = response
        return login

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep no claims beside the citizen's own record."""
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Leave names and addresses to the claims' own reader."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """Keep allauth's e-mail machinery out: several people of a family may share an address."""
        return []
