"""Signing in: officials by password, citizens by a provider of electronic identities that speaks OpenID Connect.

Which provider is the operator's choice: `XASO_EID_ISSUER` is its address, `XASO_EID_CLIENT_ID` and `XASO_EID_CLIENT_SECRET` are what it
gave us. Without an issuer there is no such button. Claims are named as the provider names them: `XASO_EID_CLAIM_NUMBER`,
`XASO_EID_CLAIM_LEVEL`; so are the levels, `XASO_EID_LEVEL_1` and `XASO_EID_LEVEL_2`, which are asked for as `acr_values`.
"""

import os
from typing import Any

PROVIDER = "dinh-danh"


def identity_settings(client_secret: str) -> dict[str, Any]:
    """Return the settings of sign-in with the secret that the provider knows us by."""
    issuer = os.environ.get("XASO_EID_ISSUER", "").rstrip("/")
    return {
        "LOGIN_URL": "/dang-nhap/",
        "LOGIN_REDIRECT_URL": "/",
        "LOGOUT_REDIRECT_URL": "/",
        "EID_ISSUER": issuer,
        "EID_PROVIDER": PROVIDER,
        "EID_CLAIM_NUMBER": os.environ.get("XASO_EID_CLAIM_NUMBER", "personal_number"),
        "EID_CLAIM_LEVEL": os.environ.get("XASO_EID_CLAIM_LEVEL", "acr"),
        "EID_LEVELS": {level: os.environ.get(f"XASO_EID_LEVEL_{level}", str(level)) for level in (1, 2)},
        "ACCOUNT_ADAPTER": "xaso.apps.people.adapters.sign_in.AccountAdapter",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "SOCIALACCOUNT_ADAPTER": "xaso.apps.people.adapters.sign_in.IdentityAccountAdapter",
        "SOCIALACCOUNT_ONLY": True,
        "SOCIALACCOUNT_AUTO_SIGNUP": True,
        "SOCIALACCOUNT_EMAIL_REQUIRED": False,
        "SOCIALACCOUNT_EMAIL_VERIFICATION": "none",
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_REQUESTS_TIMEOUT": 5,
        "SOCIALACCOUNT_PROVIDERS": {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_client(issuer, client_secret)] if issuer else []}
        },
    }


def _client(issuer: str, secret: str) -> dict[str, Any]:
    scope = os.environ.get("XASO_EID_SCOPE", "openid profile phone identity").split()
    return {
        "provider_id": PROVIDER,
        "name": "e-ID",
        "client_id": os.environ.get("XASO_EID_CLIENT_ID", "xaso"),
        "secret": secret,
        "settings": {"server_url": issuer, "scope": scope},
    }
