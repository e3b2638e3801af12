"""The stand-in for version 1 of the CSC API serves another's client too: neither it nor ours is tried against our reading alone."""

import asyncio
import json
from collections.abc import Iterator

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.sign.signers.csc_signer import (
    CSCAuthorizationInfo,
    CSCAuthorizationManager,
    CSCCredentialInfo,
    CSCServiceSessionInfo,
    CSCSigner,
    fetch_certs_in_csc_credential,
)

from xaso.apps.signing.tests.standin import Standin, running

pytestmark = pytest.mark.once
DATA, PIN = b"Gi\xe1\xba\xa5y khai sinh", "246810"
CLIENT = {"grant_type": "client_credentials", "client_id": "xaso", "client_secret": "thu"}


@pytest.fixture(scope="module")
def program() -> Iterator[Standin]:
    with running("xaso_standins.csc") as standin:
        yield standin


class Asking(CSCAuthorizationManager):
    """Asks leave for each digest, with a PIN where there is one."""

    def __init__(self, about: CSCServiceSessionInfo, facts: CSCCredentialInfo, session: aiohttp.ClientSession, pin: str | None) -> None:
        super().__init__(about, facts)
        self._session, self._pin = session, pin

    async def authorize_signature(self, hash_b64s: list[str]) -> CSCAuthorizationInfo:
        asked = self.format_csc_auth_request(pin=self._pin, hash_b64s=hash_b64s)
        url = f"{self.csc_session_info.service_url}/csc/v1/credentials/authorize"
        async with self._session.post(url, headers=self.auth_headers, json=asked, raise_for_status=True) as answer:
            return self.parse_csc_auth_response(await answer.json())


async def signed(address: str, credential_id: str, token: str, pin: str | None) -> tuple[bytes, bytes]:
    """Return a signature over DATA and the certificate (DER) that goes with it, as pyHanko's client gets them."""
    about = CSCServiceSessionInfo(address, credential_id, oauth_token=token)
    async with aiohttp.ClientSession() as session:
        facts = await fetch_certs_in_csc_credential(session, about)
        signer = CSCSigner(session, Asking(about, facts, session, pin))
        return await signer.async_sign_raw(DATA, "sha256"), facts.signing_cert.dump()


@pytest.mark.parametrize(("mode", "pin"), [("implicit", None), ("explicit", PIN)])
def test_pyhankos_client_signs_there(program: Standin, mode: str, pin: str | None) -> None:
    program.control(confirm="0.2")
    given = json.loads(program._post("/_control/add", {"user": mode, "name": "Vàng Seo Dín", "mode": mode, "pin": PIN}))
    token = json.loads(program._post("/csc/v1/oauth2/token", CLIENT))["access_token"]

    signature, certificate = asyncio.run(signed(program.address, given["id"], token, pin))

    key = x509.load_der_x509_certificate(certificate).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(signature, DATA, ec.ECDSA(hashes.SHA256()))
