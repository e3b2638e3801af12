"""Checks a fresh signature before it is attached. Whoever holds the key is asked once and believed only after this."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from xaso.kernel.errors import Refusal


def require_fits(certificate: bytes, data: bytes, signature: bytes) -> None:
    """Raise Refusal `signing.signature_wrong` unless the certificate (DER) vouches for the signature: a device or service may err."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(hashes.SHA256()))
        else:
            raise Refusal("signing.signature_wrong")
    except InvalidSignature as error:
        raise Refusal("signing.signature_wrong") from error
