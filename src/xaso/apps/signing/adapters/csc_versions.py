"""What the two versions of the API of the Cloud Signature Consortium call the same things. Source: CSC API v1.0.4.0 and v2.0.0.2."""

from collections.abc import Iterator
from typing import Any, Protocol

from xaso.apps.signing.adapters.csc_service import CscService

SHA256 = "2.16.840.1.101.3.4.2.1"
CERTIFICATES = {"certificates": "chain", "certInfo": False}
FIRST_ENDING = "/v1/"
MOST_CREDENTIALS = 50


class Version(Protocol):
    """How one version asks and what its answers mean. A digest is SHA-256 in base64.

    `waits_within_the_call`: leave that comes late and a person who says nothing look the same.
    """

    waits_within_the_call: bool

    def credentials(self, service: CscService, user: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield identifier and facts of each key that somebody has at the service, at most MOST_CREDENTIALS. Raises Rejected."""

    def authorisation(self, digest: str) -> dict[str, Any]:
        """Return how leave is asked for one signature, over this digest alone."""

    def pin(self, pin: str) -> dict[str, Any]:
        """Return how a PIN goes with that."""

    def mode(self, facts: dict[str, Any]) -> str:
        """Return how a key is authorised: `implicit` by the person's own device, `explicit` by what is sent, or another word."""

    def signature(self, digest: str) -> dict[str, Any]:
        """Return how the signature over the digest is asked for."""


class FirstVersion:
    """Version 1: a list of keys names them only; who must be waited for is waited for within the call."""

    waits_within_the_call = True

    def credentials(self, service: CscService, user: str) -> Iterator[tuple[str, dict[str, Any]]]:
        ids = service.call("credentials/list", userID=user).get("credentialIDs")
        for one in ids[:MOST_CREDENTIALS] if isinstance(ids, list) else []:
            yield str(one), service.call("credentials/info", credentialID=str(one), authInfo=True, **CERTIFICATES)

    def authorisation(self, digest: str) -> dict[str, Any]:
        return {"numSignatures": 1, "hash": [digest]}

    def pin(self, pin: str) -> dict[str, Any]:
        return {"PIN": pin}

    def mode(self, facts: dict[str, Any]) -> str:
        return str(facts.get("authMode", ""))

    def signature(self, digest: str) -> dict[str, Any]:
        return {"hash": [digest], "hashAlgo": SHA256}


class SecondVersion:
    """Version 2: a list of keys tells their certificates; who must be waited for is asked after by a handle."""

    waits_within_the_call = False

    def credentials(self, service: CscService, user: str) -> Iterator[tuple[str, dict[str, Any]]]:
        infos = service.call("credentials/list", userID=user, credentialInfo=True, onlyValid=True, **CERTIFICATES).get("credentialInfos")
        for info in infos[:MOST_CREDENTIALS] if isinstance(infos, list) else []:
            if isinstance(info, dict) and info.get("credentialID"):
                yield str(info["credentialID"]), info

    def authorisation(self, digest: str) -> dict[str, Any]:
        return {"numSignatures": 1, **self.signature(digest)}

    def pin(self, pin: str) -> dict[str, Any]:
        return {"authData": [{"id": "PIN", "value": pin}]}

    def mode(self, facts: dict[str, Any]) -> str:
        auth = facts.get("auth")
        return str(auth.get("mode", "")) if isinstance(auth, dict) else ""

    def signature(self, digest: str) -> dict[str, Any]:
        return {"hashes": [digest], "hashAlgorithmOID": SHA256}


FIRST, SECOND = FirstVersion(), SecondVersion()


def version_of(service: CscService) -> Version:
    """Return the version that the service speaks, by the end of its address."""
    return FIRST if service.address.endswith(FIRST_ENDING) else SECOND
