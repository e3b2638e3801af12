"""What the stand-in tells clients of a person, and what it tells wrongly on command."""

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator

from xaso_standins.eid.misbehaviour import conduct

TOLD = ("name", "birthdate", "gender", "phone_number", "personal_number", "acr")


class Validator(OAuth2Validator):
    """Adds the claims of Vietnamese electronic identities to the standard ones."""

    oidc_claim_scope = OAuth2Validator.oidc_claim_scope | {"personal_number": "identity", "acr": "openid"}

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        """Return the person's facts, spoiled where the stand-in was told to."""
        facts = {name: request.user.facts[name] for name in TOLD if request.user.facts.get(name)}
        if conduct.is_wrong("name"):
            facts.pop("name", None)
        if conduct.is_wrong("number"):
            facts["personal_number"] = "12345"
        if conduct.is_wrong("level"):
            facts["acr"] = "1"
        return facts

    def get_userinfo_claims(self, request: Any) -> dict[str, Any]:
        """Return the claims for the user info answer; of another person where the stand-in was told to."""
        claims: dict[str, Any] = super().get_userinfo_claims(request)
        return claims | {"sub": "someone-else"} if conduct.is_wrong("person") else claims

    def get_id_token_dictionary(self, token: Any, token_handler: Any, request: Any) -> Any:
        """Return the claims for the ID token; with a foreign nonce, audience or issuer, or one that has ended, where it was told to."""
        claims, expires = super().get_id_token_dictionary(token, token_handler, request)
        foreign = {"nonce": "not-yours", "audience": "not-yours", "issuer": "https://khac.example"}
        names = {"nonce": "nonce", "audience": "aud", "issuer": "iss"}
        spoilt: dict[str, Any] = {names[what]: value for what, value in foreign.items() if conduct.is_wrong(what)}
        if conduct.is_wrong("expired"):
            spoilt["exp"] = 1_700_000_000
        return claims | spoilt, expires
