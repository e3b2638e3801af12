"""The evidence that a PDF carries (DSS, ETSI EN 319 142-1, 5.4): what it has, what it lacks, and how that is added.

For each signature and each time stamp: the certificates of its chain and, for each but the trusted one, an OCSP answer or revocation list
that tells of it. OCSP answers are taken first: they are a hundred times smaller.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from xaso.apps.signing import trust
from xaso.apps.signing.document_times import Vouched, first_over, is_stamp
from xaso.apps.signing.trust import Evidence, Known


class Lacking(Exception):
    """The evidence is not here. `trouble` is what `trust` says of the chain."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True)
class Claim:
    """A certificate that a signature or a time stamp rests on, with what came along, and the moment at which it must have been good.

    `told_after` is the time that what tells of revocations must not be older than; None where any that counts will do.
    """

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    at: datetime
    told_after: datetime | None = None


@dataclass
class Found:
    """What is to be added to a file."""

    certificates: dict[bytes, x509.Certificate] = field(default_factory=dict)
    crls: dict[bytes, Any] = field(default_factory=dict)
    ocsps: dict[bytes, Any] = field(default_factory=dict)


def read_evidence(handler: PdfHandler) -> Evidence | None:
    """Return what a file's own security store brings, or that of an earlier revision; None where there is none."""
    try:
        store = DocumentSecurityStore.read_dss(handler)
    except (NoDSSFoundError, KeyError):
        return None
    return Evidence(tuple(store.load_certs()), tuple(_streams(store.crls)), tuple(_streams(store.ocsps)))


def claims_of(embedded: list[EmbeddedPdfSignature], stamps: list[Vouched], *, now: datetime) -> list[Claim]:
    """Return what signatures and document time stamps rest on.

    A signer's certificate must have been good at the first time that somebody vouches for; a time stamp's own when the document was stamped
    next, or now.
    """
    claims = []
    for one in embedded:
        over = next((stamp for stamp in stamps if stamp.revision > one.signed_revision), None) if is_stamp(one) else None
        if is_stamp(one):
            claims.append(Claim(one.signer_cert, tuple(one.other_embedded_certs), over.at if over else now))
            continue
        over = first_over(stamps, one.signed_revision)
        token = token_of(one)
        at = token["encap_content_info"]["content"].parsed["gen_time"].native if token else over.at if over else now
        claims.append(Claim(one.signer_cert, tuple(one.other_embedded_certs), at, told_after=at))
        stamp = stamp_claim(one, over.at if over else now)
        claims += [stamp] if stamp else []
    return claims


def stamp_claim(signature: EmbeddedPdfSignature, at: datetime) -> Claim | None:
    """Return what a signature's own time stamp rests on; None where it has none."""
    token = token_of(signature)
    if token is None:
        return None
    certificates = [found.chosen for found in token["certificates"]]
    name = token["signer_infos"][0]["sid"].chosen
    own = next(one for one in certificates if one.issuer == name["issuer"] and one.serial_number == name["serial_number"].native)
    return Claim(own, tuple(one for one in certificates if one is not own), at)


def holds_alone(claim: Claim, known: Known, evidence: Evidence) -> bool:
    """Tell whether the file's evidence proves the claim to who knows our authorities, the trial's too, without the lists that lie here."""
    authorities = Known(known.roots, known.own_roots)
    trouble, _path = trust.path_of(claim.certificate, claim.others, authorities, evidence, at=claim.at)
    return not trouble


def gather(claims: Iterable[Claim], known: Known, there: Evidence) -> Found:
    """Return what the file lacks so that each claim holds by itself. Raises Lacking."""
    found = Found()
    for claim in claims:
        if not holds_alone(claim, known, there):
            _gather_one(claim, known, there, found)
    return found


def add(writer: IncrementalPdfFileWriter, found: Found) -> None:
    """Put what was found into the file's security store."""
    DocumentSecurityStore.supply_dss_in_writer(
        writer, None, certs=found.certificates.values(), crls=found.crls.values(), ocsps=found.ocsps.values()
    )


def _gather_one(claim: Claim, known: Known, there: Evidence, found: Found) -> None:
    _trouble, path = trust.path_of(claim.certificate, claim.others, *trust.up_to_the_top(known, there), at=claim.at)
    if path is None:
        trouble, path = trust.path_of(claim.certificate, claim.others, known, there, at=claim.at)
    if path is None:
        raise Lacking(trouble)
    chain = list(path.iter_certs(include_root=True))
    found.certificates.update({one.sha256: one for one in chain})
    for issuer, one in pairwise(chain):
        told_after = claim.told_after if one is chain[-1] else None
        if not (_take_ocsp(one, issuer, known, told_after, found) or _take_list(issuer, known, told_after, found)):
            raise Lacking(trust.UNTOLD)
    gathered = Evidence(tuple(found.certificates.values()), tuple(found.crls), tuple(found.ocsps))
    if not holds_alone(claim, known, gathered):
        raise Lacking(trust.UNTOLD)


def _take_ocsp(one: x509.Certificate, issuer: x509.Certificate, known: Known, told_after: datetime | None, found: Found) -> bool:
    """Take an answer that says good; of a certificate that was revoked later only a list tells when."""
    for der in known.ocsps:
        answer = ocsp.OCSPResponse.load(der)
        for told in answer.response_data["responses"]:
            about = told["cert_id"]
            is_same = about["serial_number"].native == one.serial_number and about["issuer_key_hash"].native == _key_hash(issuer, about)
            if is_same and told["cert_status"].name == "good" and (told_after is None or told["this_update"].native >= told_after):
                found.ocsps[der] = answer
                return True
    return False


def _take_list(issuer: x509.Certificate, known: Known, told_after: datetime | None, found: Found) -> bool:
    """Take the newest list of the issuer; lists of one name by other keys are told apart when the whole is tried."""
    lists = [(der, crl.CertificateList.load(der)) for der in known.crls]
    own = [(der, one) for der, one in lists if one.issuer == issuer.subject and (told_after is None or _made_at(one) >= told_after)]
    if not own:
        return False
    der, newest = max(own, key=lambda pair: _made_at(pair[1]))
    found.crls[der] = newest
    return True


def _made_at(one: crl.CertificateList) -> datetime:
    made: datetime = one["tbs_cert_list"]["this_update"].native
    return made


def _key_hash(issuer: x509.Certificate, about: ocsp.CertId) -> bytes:
    digest: bytes = getattr(issuer.public_key, about["hash_algorithm"]["algorithm"].native, b"")
    return digest


def token_of(one: EmbeddedPdfSignature) -> cms.SignedData | None:
    """Return the time stamp that a signature bears."""
    for attribute in one.signer_info["unsigned_attrs"] or ():
        if attribute["type"].native == "signature_time_stamp_token":
            return attribute["values"][0]["content"]
    return None


def _streams(references: Iterable[Any]) -> Iterable[bytes]:
    return [reference.get_object().data for reference in references]
