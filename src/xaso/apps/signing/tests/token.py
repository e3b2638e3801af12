"""A signing device: SoftHSM with a token of its own, which can be pulled out and plugged in again."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pkcs11
from asn1crypto import keys as asn1
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pkcs11 import Attribute, ObjectClass
from pkcs11.util.ec import decode_ec_private_key, decode_ec_public_key
from pkcs11.util.rsa import decode_rsa_private_key, decode_rsa_public_key

MODULES = (Path("/usr/lib/softhsm/libsofthsm2.so"), Path("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"))
MODULE = next((path for path in MODULES if path.exists()), None)
LABEL, PIN, SO_PIN = "Xa Bao Nhai", "246810", "13579135"


@dataclass
class Token:
    """The token in its folder, and the file that holds the PIN."""

    folder: Path
    pin_file: Path

    @classmethod
    def made(cls, folder: Path) -> "Token":
        """Initialise a token in the folder, which `SOFTHSM2_CONF` then names."""
        (folder / "tokens").mkdir(parents=True)
        conf = folder / "softhsm2.conf"
        conf.write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
        os.environ["SOFTHSM2_CONF"] = str(conf)
        command = ["softhsm2-util", "--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", SO_PIN]
        subprocess.run(command, check=True, capture_output=True)
        pin_file = folder / "pin"
        pin_file.write_text(f"{PIN}\n")
        return cls(folder, pin_file)

    def holds(self, key: Any, certificate: x509.Certificate, key_id: bytes = b"\x01") -> None:
        """Put a key with its certificate on the token, as an operator does with what the authority gave."""
        library = pkcs11.lib(str(MODULE))
        library.reinitialize()
        private = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        with library.get_token(token_label=LABEL).open(rw=True, user_pin=PIN) as session:
            for template in _key_templates(private, public):
                session.create_object({**template, Attribute.TOKEN: True, Attribute.ID: key_id, Attribute.LABEL: "khoa"})
            session.create_object(_certificate_template(certificate, key_id))

    def pull_out(self) -> None:
        """Take the token away."""
        shutil.move(self.folder / "tokens", self.folder / "away")
        (self.folder / "tokens").mkdir()

    def plug_in(self) -> None:
        """Bring it back."""
        (self.folder / "tokens").rmdir()
        shutil.move(self.folder / "away", self.folder / "tokens")


def _key_templates(private: bytes, public: bytes) -> tuple[dict[Any, Any], dict[Any, Any]]:
    info = asn1.PrivateKeyInfo.load(private)
    if info.algorithm == "ec":
        curve = asn1.PublicKeyInfo.load(public)["algorithm"]["parameters"].dump()
        ec_private = info["private_key"].parsed
        ec_private["parameters"] = asn1.PublicKeyInfo.load(public)["algorithm"]["parameters"]
        own = {**decode_ec_private_key(ec_private.dump()), Attribute.EC_PARAMS: curve}
        return {**own, Attribute.SIGN: True, Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}, decode_ec_public_key(public)
    rsa = info["private_key"].parsed.dump()
    other = decode_rsa_public_key(asn1.PublicKeyInfo.load(public)["public_key"].parsed.dump())
    return {**decode_rsa_private_key(rsa), Attribute.SIGN: True, Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}, other


def _certificate_template(certificate: x509.Certificate, key_id: bytes) -> dict[Any, Any]:
    der = certificate.public_bytes(serialization.Encoding.DER)
    read = asn1_x509.Certificate.load(der)
    return {
        Attribute.CLASS: ObjectClass.CERTIFICATE,
        Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
        Attribute.TOKEN: True,
        Attribute.ID: key_id,
        Attribute.LABEL: "chung thu",
        Attribute.SUBJECT: read.subject.dump(),
        Attribute.VALUE: der,
    }
