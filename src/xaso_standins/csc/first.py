"""Version 1 of the API (CSC API v1.0.4.0) over the same keys: what it asks and tells, said in the words of version 2 and back."""

import time
from collections.abc import Callable
from typing import Any

from xaso_standins.csc.keys import SHA256, KeyHouse, No

LONGEST_WAIT_SECONDS = 30
Answer = Callable[[str, dict[str, Any]], dict[str, Any]]


def answered(method: str, asked: dict[str, Any], answer: Answer, house: KeyHouse) -> dict[str, Any]:
    """Return what version 1 answers; `answer` is how version 2 does. Raises No."""
    if method == "credentials/list":
        return {"credentialIDs": answer(method, asked)["credentialIDs"]}
    if method == "credentials/info":
        return _described(answer(method, asked))
    if method == "credentials/authorize":
        return _waited_for(answer(method, {**asked, "hashes": _hash(asked), "hashAlgorithmOID": SHA256, "authData": _pin(asked)}), house)
    if method == "signatures/signHash":
        if asked.get("hashAlgo") != SHA256:
            raise No(400, "invalid_request", "Invalid parameter hashAlgo")
        return answer(method, {**asked, "hashes": _hash(asked)})
    raise No(404, "invalid_request", "no such method")


def _hash(asked: dict[str, Any]) -> list[str]:
    if not isinstance(asked.get("hash"), list):
        raise No(400, "invalid_request", "Missing string parameter hash")
    return list(asked["hash"])


def _pin(asked: dict[str, Any]) -> list[dict[str, str]]:
    return [{"id": "PIN", "value": str(asked["PIN"])}] if "PIN" in asked else []


def _described(facts: dict[str, Any]) -> dict[str, Any]:
    mode = facts.pop("auth")["mode"]
    presence = {"PIN": {"presence": "true", "format": "N", "label": "PIN"}} if mode == "explicit" else {}
    return {**facts, "authMode": mode, **presence}


def _waited_for(told: dict[str, Any], house: KeyHouse) -> dict[str, Any]:
    """Hold the call until the person has confirmed: this version has no other way."""
    if "handle" in told:
        seconds = house.leaves[told["handle"]].good_from - time.monotonic()
        time.sleep(max(0.0, min(seconds, LONGEST_WAIT_SECONDS)))
        if seconds > LONGEST_WAIT_SECONDS:
            raise No(400, "access_denied", "nobody confirmed")
    return {"SAD": told.get("SAD") or told["handle"], "expiresIn": told["expiresIn"]}
