"""Looks at what is to be signed. Only the signed attributes of a CMS signature under the chosen certificate are (RFC 5652, 5.4; RFC 5035).

A page could else have anything signed in the official's name: a login to another system, a request for a certificate.
"""

import hashlib

from asn1crypto import cms, tsp, x509

WANTED = {"content_type", "message_digest", "signing_certificate_v2"}
ALLOWED = WANTED | {"cms_algorithm_protection", "signing_time"}
MOST_BYTES = 4096


def are_for(attributes: bytes, certificate: bytes) -> bool:
    """Tell whether the bytes are the attributes (a DER SET) of a signature over some document under the certificate (DER)."""
    try:
        read = cms.CMSAttributes.load(attributes, strict=True)
        values = {one["type"].native: one["values"] for one in read}
        if len(values) != len(read) or not WANTED <= values.keys() <= ALLOWED or read.dump(force=True) != attributes:
            return False
        named: tsp.SigningCertificateV2 = values["signing_certificate_v2"][0]
        first = named["certs"][0]
        digest, own = values["message_digest"][0].native, hashlib.sha256(certificate).digest()
        is_named = first["hash_algorithm"]["algorithm"].native == "sha256" and first["cert_hash"].native == own
        is_data: bool = values["content_type"][0].native == "data" and len(digest) == len(own)
    except (ValueError, TypeError, KeyError, IndexError):
        return False
    return is_named and is_data and len(attributes) <= MOST_BYTES


def holder(certificate: bytes) -> str:
    """Return whom a certificate (DER) names."""
    subject = x509.Certificate.load(certificate).subject.native
    return str(subject.get("common_name") or next(iter(subject.values()), ""))
