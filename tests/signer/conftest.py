"""An official's computer: her USB token (SoftHSM) with her certificate, and the program that one page may ask."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from tests.live import free_port
from tests.signer_program import Program
from xaso.apps.signing.cms import SigningCertificate, signed_attributes
from xaso.apps.signing.testing import Token
from xaso.apps.signing.tests.authority import Authority, elliptic, rsa_key
from xaso.apps.signing.tests.token import MODULE

PAGE = "https://motcua.bao-nhai.example"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder needs SoftHSM."""
    missing = MODULE is None or not shutil.which("softhsm2-util")
    for item in items:
        if missing and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="SoftHSM (softhsm2) is not installed"))


@dataclass
class Computer:
    """Where the official sits."""

    token: Token
    program: Program
    certificate: x509.Certificate

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    def attributes(self, digest: bytes = b"\x07" * 32) -> bytes:
        """Return what the server sends to be signed for a paper of this digest."""
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        rsa_bytes = 256 if "RSA" in type(self.certificate.public_key()).__name__ else 0
        return signed_attributes(digest, SigningCertificate(der, b"", 1, rsa_bytes=rsa_bytes))


@pytest.fixture(params=["P-256"])
def computer(request: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Computer]:
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    key = rsa_key() if request.param == "RSA" else elliptic()
    certificate = Authority.founded(datetime.now(UTC)).issues("Vàng Seo Dín", key)
    token = Token.made(tmp_path / "usb")
    token.holds(key, certificate)
    program = Program(tmp_path / "home", free_port())
    program.home.mkdir()
    (program.home / "settings.json").write_text(json.dumps({"origins": [PAGE], "modules": [str(MODULE)]}))
    (program.home / "settings.json").chmod(0o600)
    program.start()
    yield Computer(token, program, certificate)
    program.stop()
