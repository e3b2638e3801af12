"""Writes the CMS container of a PAdES B-B or B-T signature in DER: RFC 5652 with the signed attributes that ETSI EN 319 142-1 asks for.

Every part has one fixed shape (ECDSA or RSA over SHA-256, detached), so it is written straight down; through a general ASN.1 library the
same container takes about ten times as long.
"""

import hashlib
from dataclasses import dataclass

_SEQUENCE, _SET, _INTEGER, _OCTETS, _NULL, _IDENTIFIER = 0x30, 0x31, 0x02, 0x04, 0x05, 0x06
_FIRST, _SECOND = 0xA0, 0xA1
_SHORT_LENGTH = 0x80


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    if len(content) < _SHORT_LENGTH:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, _SHORT_LENGTH | len(length)]) + length + content


def _identifier(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    octets = bytearray([40 * first + second])
    for arc in rest:
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | arc & 0x7F)
        octets += bytes(reversed(groups))
    return _der(_IDENTIFIER, bytes(octets))


_DATA = _identifier("1.2.840.113549.1.7.1")
_SIGNED_DATA = _identifier("1.2.840.113549.1.7.2")
_CONTENT_TYPE = _identifier("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = _identifier("1.2.840.113549.1.9.4")
_SIGNING_CERTIFICATE_V2 = _identifier("1.2.840.113549.1.9.16.2.47")
_TIME_STAMP_TOKEN = _identifier("1.2.840.113549.1.9.16.2.14")
_ALGORITHM_PROTECTION = _identifier("1.2.840.113549.1.9.52")
_SHA256_NAME = _identifier("2.16.840.1.101.3.4.2.1")
_ECDSA_WITH_SHA256 = _identifier("1.2.840.10045.4.3.2")
_RSA_WITH_SHA256 = _identifier("1.2.840.113549.1.1.11") + _der(_NULL)
_SHA256 = _der(_SEQUENCE, _SHA256_NAME)
_VERSION_1 = _der(_INTEGER, b"\x01")


@dataclass(frozen=True)
class SigningCertificate:
    """The signer's certificate in DER with its issuer (a DER Name) and serial number, and the others that go along.

    `rsa_bytes` is the length of an RSA key, so of its signatures; 0 for an elliptic-curve key.
    """

    der: bytes
    issuer: bytes
    serial: int
    chain: tuple[bytes, ...] = ()
    rsa_bytes: int = 0

    @property
    def algorithm(self) -> bytes:
        """What the key signs with, as the inside of an AlgorithmIdentifier."""
        return _RSA_WITH_SHA256 if self.rsa_bytes else _ECDSA_WITH_SHA256


def signed_attributes(document_digest: bytes, certificate: SigningCertificate) -> bytes:
    """Return what is signed: the attributes as a DER SET. The digest is the SHA-256 of the document's byte range."""
    certificate_identifier = _der(_SEQUENCE, _der(_OCTETS, hashlib.sha256(certificate.der).digest()))
    attributes = (
        _attribute(_CONTENT_TYPE, _DATA),
        _attribute(_MESSAGE_DIGEST, _der(_OCTETS, document_digest)),
        _attribute(_SIGNING_CERTIFICATE_V2, _der(_SEQUENCE, _der(_SEQUENCE, certificate_identifier))),
        _attribute(_ALGORITHM_PROTECTION, _der(_SEQUENCE, _SHA256, _der(_SECOND, certificate.algorithm))),
    )
    return _der(_SET, *sorted(attributes))


def container(attributes: bytes, signature: bytes, certificate: SigningCertificate, time_stamp: bytes = b"") -> bytes:
    """Return the finished ContentInfo: the attributes of `signed_attributes` with the signature over them.

    `time_stamp` is a token (DER) over the signature's SHA-256; it goes along unsigned, as EN 319 122-1 (5.3) asks.
    """
    serial = certificate.serial.to_bytes(certificate.serial.bit_length() // 8 + 1, "big")
    signer = _der(
        _SEQUENCE,
        _VERSION_1,
        _der(_SEQUENCE, certificate.issuer, _der(_INTEGER, serial)),
        _SHA256,
        bytes([_FIRST]) + attributes[1:],
        _der(_SEQUENCE, certificate.algorithm),
        _der(_OCTETS, signature),
        _der(_SECOND, _attribute(_TIME_STAMP_TOKEN, time_stamp)) if time_stamp else b"",
    )
    signed_data = _der(
        _SEQUENCE,
        _VERSION_1,
        _der(_SET, _SHA256),
        _der(_SEQUENCE, _DATA),
        _der(_FIRST, *sorted((certificate.der, *certificate.chain))),
        _der(_SET, signer),
    )
    return _der(_SEQUENCE, _SIGNED_DATA, _der(_FIRST, signed_data))


def _attribute(name: bytes, value: bytes) -> bytes:
    return _der(_SEQUENCE, name, _der(_SET, value))
