"""Starts the stand-in: `python -m xaso_standins.csc --port 2790`. It prints its address; the API is at `/csc/v2/` and `/csc/v1/`.

The client is `xaso` with the secret `thu`. POST `/_control/add` with `user`, `name`, `mode=implicit|explicit`, `pin` gives somebody a key.
Control is POST `/_control/`: `mode=good|down|slow|rubbish|wrong_signature` (slow to authorise), `confirm=<seconds>|never|no` (the person),
`tokens=forget`, `client=refuse|take`. GET `/_control/` tells the calls so far, `/root.pem` the root's certificate.
"""

import argparse
import json
import secrets
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import FrameType
from typing import Any
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives import serialization

from xaso_standins.authority.papers import Authority
from xaso_standins.csc import first
from xaso_standins.csc.keys import SHA256, Credential, KeyHouse, No

CLIENT, SECRET = "xaso", "thu"
TOKEN_SECONDS, SLOW_SECONDS, MOST_WRONG_PINS = 3600, 30, 3
BASE, FIRST_BASE = "/csc/v2/", "/csc/v1/"
NEVER_SECONDS = 10_000.0


class Server(ThreadingHTTPServer):
    """The service behind HTTP, with how it behaves and what it was asked."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.house = KeyHouse(Authority(f"http://127.0.0.1:{self.server_port}"))
        self.mode, self.confirm, self.client = "good", "0", "take"
        self.calls: list[str] = []

    def answer(self, method: str, asked: dict[str, Any]) -> dict[str, Any]:
        """Return what the API answers. Raises No."""
        answers = {
            "info": self._info,
            "credentials/list": self._list,
            "credentials/info": lambda asked: self.house.described(self._credential(asked)),
            "credentials/authorize": self._authorize,
            "credentials/authorizeCheck": self._authorize_check,
            "signatures/signHash": self._sign_hash,
        }
        if method not in answers:
            raise No(404, "invalid_request", "no such method")
        return answers[method](asked)

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        """Return a token for the client. Raises No."""
        if self.client == "refuse" or (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            raise No(401, "invalid_client", "unknown client")
        if form.get("grant_type") != "client_credentials":
            raise No(400, "unsupported_grant_type", "client_credentials only")
        token = secrets.token_urlsafe(24)
        self.house.tokens.add(token)
        return {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS}

    def _info(self, _asked: dict[str, Any]) -> dict[str, Any]:
        methods = ["credentials/list", "credentials/info", "credentials/authorize", "credentials/authorizeCheck", "signatures/signHash"]
        return {
            "specs": "2.0.0.2",
            "name": "Dịch vụ ký giả lập",
            "region": "VN",
            "lang": "vi",
            "authType": ["oauth2client"],
            "methods": methods,
        }

    def _list(self, asked: dict[str, Any]) -> dict[str, Any]:
        if not asked.get("userID"):
            raise No(400, "invalid_request", "Missing string parameter userID")
        found = [one for one in self.house.credentials.values() if one.user == asked["userID"]]
        infos = [{"credentialID": one.id, **self.house.described(one)} for one in found] if asked.get("credentialInfo") else []
        return {"credentialIDs": [one.id for one in found], "credentialInfos": infos, "onlyValid": bool(asked.get("onlyValid"))}

    def _credential(self, asked: dict[str, Any]) -> Credential:
        found = self.house.credentials.get(str(asked.get("credentialID", "")))
        if found is None:
            raise No(400, "invalid_request", "Invalid parameter credentialID")
        return found

    def _authorize(self, asked: dict[str, Any]) -> dict[str, Any]:
        credential = self._credential(asked)
        digests = asked.get("hashes")
        if not isinstance(digests, list) or len(digests) != asked.get("numSignatures") or asked.get("hashAlgorithmOID") != SHA256:
            raise No(400, "invalid_request", "hashes, numSignatures and hashAlgorithmOID must agree")
        if credential.mode == "explicit":
            self._check_pin(credential, asked.get("authData"))
            return {"SAD": self.house.grant(credential.id, digests, after_seconds=0), "expiresIn": 120}
        if self.confirm == "no":
            raise No(400, "access_denied", "the person declined")
        after = NEVER_SECONDS if self.confirm == "never" else float(self.confirm)
        word = self.house.grant(credential.id, digests, after_seconds=after)
        return {"handle": word, "expiresIn": 120} if after else {"SAD": word, "expiresIn": 120}

    def _check_pin(self, credential: Credential, auth_data: object) -> None:
        if credential.wrong_pins >= MOST_WRONG_PINS:
            raise No(400, "access_denied", "the key is locked")
        given = auth_data[0] if isinstance(auth_data, list) and auth_data else {}
        if given != {"id": "PIN", "value": credential.pin}:
            credential.wrong_pins += 1
            raise No(400, "invalid_pin", "The PIN is invalid")
        credential.wrong_pins = 0

    def _authorize_check(self, asked: dict[str, Any]) -> dict[str, Any]:
        leave = self.house.leaves.get(str(asked.get("handle", "")))
        if leave is None:
            raise No(400, "invalid_request", "Invalid parameter handle")
        if not leave.is_given:
            raise No(400, "authorization_pending", "the person has not answered yet")
        return {"SAD": asked["handle"], "expiresIn": 120}

    def _sign_hash(self, asked: dict[str, Any]) -> dict[str, Any]:
        credential = self._credential(asked)
        leave = self.house.leaves.get(str(asked.get("SAD", "")))
        digests = tuple(asked.get("hashes", ()))
        if leave is None or leave.is_used or not leave.is_given or (leave.credential_id, leave.hashes) != (credential.id, digests):
            raise No(400, "invalid_request", "Invalid parameter SAD")
        leave.is_used = True
        return {"signatures": [self.house.signed(credential, one, wrong=self.mode == "wrong_signature") for one in digests]}


class Handler(BaseHTTPRequestHandler):
    """HTTP around the service, and the control."""

    server: Server

    def do_GET(self) -> None:
        """Give the root's certificate, or the calls so far."""
        if self.path == "/root.pem":
            self._send(200, self.server.house.authority.root.public_bytes(serialization.Encoding.PEM), "application/x-pem-file")
        else:
            self._json(200, {"calls": self.server.calls})

    def do_POST(self) -> None:
        """Answer the API, or do what the control says."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path.startswith("/_control/"):
            self._obey(dict(parse_qsl(body.decode())))
            return
        method = self.path.removeprefix(BASE).removeprefix(FIRST_BASE)
        self.server.calls.append(method)
        if self.server.mode == "slow" and method == "credentials/authorize":
            time.sleep(SLOW_SECONDS)
        if self.server.mode == "down":
            self.close_connection = True
            return
        if self.server.mode == "rubbish":
            self._send(200, b"<html>not found</html>", "text/html")
            return
        try:
            self._json(200, self._answered(method, body))
        except No as no:
            self._json(no.status, {"error": no.error, "error_description": no.said})

    def _answered(self, method: str, body: bytes) -> dict[str, Any]:
        if method == "oauth2/token":
            return self.server.token(dict(parse_qsl(body.decode())))
        if self.headers.get("Authorization", "").removeprefix("Bearer ") not in self.server.house.tokens:
            raise No(401, "invalid_token", "the token is not valid")
        asked = json.loads(body)
        if self.path.startswith(FIRST_BASE):
            return first.answered(method, asked, self.server.answer, self.server.house)
        return self.server.answer(method, asked)

    def _obey(self, wanted: dict[str, str]) -> None:
        if self.path == "/_control/add":
            made = self.server.house.add(wanted["user"], wanted["name"], wanted.get("mode", "implicit"), wanted.get("pin", ""))
            self._json(200, {"id": made.id, "serial": f"{made.certificate.serial_number:x}"})
            return
        for name in ("mode", "confirm", "client"):
            setattr(self.server, name, wanted.get(name, getattr(self.server, name)))
        if wanted.get("tokens") == "forget":
            self.server.house.tokens.clear()
        self._json(200, {})

    def _json(self, status: int, content: dict[str, Any]) -> None:
        self._send(status, json.dumps(content).encode(), "application/json")

    def _send(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: object) -> None:
        """Keep quiet."""


def main() -> None:
    """Serve until a signal."""
    parser = argparse.ArgumentParser(prog="xaso_standins.csc")
    parser.add_argument("--port", type=int, default=2790)
    server = Server(parser.parse_args().port)

    def stop(_number: int, _frame: FrameType | None) -> None:
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
