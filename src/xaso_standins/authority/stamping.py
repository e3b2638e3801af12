"""The authority's time-stamp server (RFC 3161): what it signs, and what it does wrong on command."""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from xaso_standins.authority.papers import Authority, new_key

POLICY = "1.3.6.1.4.1.99999.1"
DAYS = 3 * 365


@dataclass
class TimeStamper:
    """A server with its certificate; it goes by the authority's clock."""

    authority: Authority
    key: ec.EllipticCurvePrivateKey = field(default_factory=new_key)

    def __post_init__(self) -> None:
        self.renew(DAYS)

    def renew(self, days: int, *, for_stamps: bool = True) -> None:
        """Take a new certificate that ends so many days from now; `for_stamps` fails: one that is made for something else."""
        self.certificate = self.authority.issue_for_stamps(self.key.public_key(), days=days, for_stamps=for_stamps)

    def answer(self, query: bytes, mode: str) -> bytes:
        """Return the TimeStampResp (DER). `mode` is good, refused, wrong_nonce, wrong_imprint, forged or rubbish."""
        if mode == "rubbish":
            return b"<html>khong phai</html>"
        asked = tsp.TimeStampReq.load(query)
        if mode == "refused":
            failed = {"status": "rejection", "status_string": ["no"], "fail_info": {"system_failure"}}
            return bytes(core.Sequence(contents=tsp.PKIStatusInfo(failed).dump()).dump())  # asn1crypto insists on a token
        info = self._info(asked, mode)
        return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": self._token(info, mode)}).dump())

    def _info(self, asked: tsp.TimeStampReq, mode: str) -> tsp.TSTInfo:
        imprint = asked["message_imprint"]
        if mode == "wrong_imprint":
            other = hashlib.sha256(b"something else").digest()
            imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": other}
        facts: dict[str, Any] = {
            "version": 1,
            "policy": POLICY,
            "message_imprint": imprint,
            "serial_number": secrets.randbits(64),
            "gen_time": self.authority.now.replace(microsecond=0),
            "accuracy": {"seconds": 1},
        }
        if asked["nonce"].native is not None:
            facts["nonce"] = asked["nonce"].native + (mode == "wrong_nonce")
        return tsp.TSTInfo(facts)

    def _token(self, info: tsp.TSTInfo, mode: str) -> cms.ContentInfo:
        own = asn1.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))
        issuing = asn1.Certificate.load(self.authority.certificate.public_bytes(serialization.Encoding.DER))
        content = info.dump()
        attributes = _attributes(content, own)
        signature = (self.authority.other_key if mode == "forged" else self.key).sign(attributes.dump(), ec.ECDSA(hashes.SHA256()))
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    {"issuer_and_serial_number": cms.IssuerAndSerialNumber({"issuer": own.issuer, "serial_number": own.serial_number})}
                ),
                "digest_algorithm": {"algorithm": "sha256"},
                "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                "signed_attrs": attributes,
                "signature": signature,
            }
        )
        signed = {
            "version": "v3",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "tst_info", "content": cms.ParsableOctetString(content)},
            "certificates": [own, issuing],
            "signer_infos": [signer],
        }
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})


def _attributes(content: bytes, own: asn1.Certificate) -> cms.CMSAttributes:
    certificate = tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": own.sha256})]})
    return cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [core.OctetString(hashlib.sha256(content).digest())]}),
            cms.CMSAttribute({"type": "signing_certificate_v2", "values": [certificate]}),
        ]
    )
