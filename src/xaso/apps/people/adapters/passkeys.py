"""Passkeys (WebAuthn) by the fido2 library, which is loaded at first use: it reads a list of all public domains."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest

from xaso.kernel.errors import Refusal

if TYPE_CHECKING:
    from fido2.server import Fido2Server

ANSWER_LETTERS_AT_MOST = 20_000


@dataclass(frozen=True)
class Site:
    """Where a passkey works: the host name, the exact origin, and what the person is shown."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True)
class Owner:
    """For whom a passkey is made."""

    account_id: UUID
    username: str
    full_name: str


def site_of(request: HttpRequest) -> Site | None:
    """Return where the request came to; None where browsers give no passkeys: over plain HTTP but for localhost, and at bare numbers."""
    host = request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()
    if _is_number(host) or not (request.is_secure() or host == "localhost"):
        return None
    return Site(host, f"{request.scheme}://{request.get_host()}", str((getattr(request, "commune", None) and request.commune.name) or host))  # type: ignore[attr-defined]


def wish_to_add(site: Site, owner: Owner, known: Sequence[bytes]) -> tuple[str, dict[str, Any]]:
    """Return what the browser is asked for, as JSON, and what must be kept until it answers."""
    from fido2.webauthn import AttestedCredentialData, PublicKeyCredentialUserEntity

    user = PublicKeyCredentialUserEntity(id=owner.account_id.bytes, name=owner.username, display_name=owner.full_name)
    options, state = _server(site).register_begin(user, [AttestedCredentialData(one) for one in known])
    return json.dumps(dict(options)), dict(state)


def added(site: Site, state: dict[str, Any], answer: str) -> tuple[bytes, int]:
    """Return the new key's public half and its counter. Raises Refusal `people.passkey_wrong`."""
    try:
        made = _server(site).register_complete(state, _read(answer))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refusal("people.passkey_wrong") from error
    return bytes(made.credential_data or b""), made.counter


def wish_to_sign(site: Site, known: Sequence[bytes]) -> tuple[str, dict[str, Any]]:
    """Return what the browser is asked for, as JSON, and what must be kept until it answers."""
    from fido2.webauthn import AttestedCredentialData

    options, state = _server(site).authenticate_begin([AttestedCredentialData(one) for one in known])
    return json.dumps(dict(options)), dict(state)


def signed(site: Site, state: dict[str, Any], known: Sequence[bytes], answer: str) -> tuple[bytes, int]:
    """Return which of the known keys has signed, and its counter. Raises Refusal `people.passkey_wrong`."""
    from fido2.webauthn import AttestedCredentialData, AuthenticationResponse

    try:
        response = AuthenticationResponse.from_dict(_read(answer))
        used = _server(site).authenticate_complete(state, [AttestedCredentialData(one) for one in known], response)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refusal("people.passkey_wrong") from error
    return bytes(used), response.response.authenticator_data.counter


def _server(site: Site) -> "Fido2Server":
    from fido2.server import Fido2Server
    from fido2.webauthn import PublicKeyCredentialRpEntity

    return Fido2Server(PublicKeyCredentialRpEntity(id=site.host, name=site.name), verify_origin=lambda origin: origin == site.origin)


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > ANSWER_LETTERS_AT_MOST:
        raise ValueError("too long")
    read: dict[str, Any] = json.loads(answer)
    return read


def _is_number(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
