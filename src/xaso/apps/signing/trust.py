"""Asks whether a certificate's chain holds at a moment, from what lies here: no network is asked, and nothing in a foreign file is trusted.

pyHanko is imported here, in `pades`, `verification` and `later_changes`; all are imported late.
"""

import hashlib
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from asn1crypto import crl, ocsp, pem, x509
from cryptography.exceptions import InvalidSignature
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.authority import AuthorityWithCert, CertTrustAnchor
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    PathError,
    PathValidationError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator

T = TypeVar("T")
EXPIRED, NOT_YET_VALID, REVOKED, NO_CHAIN, OTHER, UNTOLD = "expired", "not_yet_valid", "revoked", "no_chain", "other", "untold"
"""What is wrong with a chain; `untold`: it holds, and nothing here tells whether a certificate of it was revoked."""


@dataclass(frozen=True)
class Known:
    """What this installation knows, as DER: whom it trusts, authorities of its own trial, kept revocation lists and OCSP answers."""

    roots: tuple[bytes, ...] = ()
    own_roots: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """What came along: certificates, revocation lists and OCSP answers (DER). Each is believed only as far as its signature reaches."""

    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Chain:
    """Whether the chain held: `trouble` is empty or one of the words above; `is_own`: it ends in an authority of the trial.

    `ended_since`: the certificate was good then and is expired or revoked now.
    """

    trouble: str
    is_own: bool = False
    ended_since: bool = False


class _ItsOwnAuthority(AuthorityWithCert):
    """An authority that a path to it may end in, whoever issued its certificate.

    pyHanko looks for the path of a revocation list's issuer from the trusted certificate on. One that another authority issued it does not
    find there, and so believes no list of an issuing authority that is itself trusted.
    """

    def is_potential_issuer_of(self, cert: x509.Certificate) -> bool:
        """Tell whether the certificate is the authority's own, or may have been issued by it."""
        return AuthorityWithCert(cert) == self or bool(super().is_potential_issuer_of(cert))


class _Signatures(DefaultSignatureValidator):
    def validate_signature(self, *args: Any, **facts: Any) -> None:
        """Find a signature wrong that is of another kind than the key; pyHanko breaks off there, as with two authorities of one name."""
        try:
            super().validate_signature(*args, **facts)
        except (AssertionError, TypeError) as error:
            raise InvalidSignature from error


class _Trusted(CertTrustAnchor):
    def __init__(self, certificate: x509.Certificate) -> None:
        super().__init__(certificate)
        self._authority = _ItsOwnAuthority(certificate)


def context(known: Known, evidence: Evidence, at: datetime, *, require_revocation: bool) -> ValidationContext:
    """Return what pyHanko validates with. Revocation lists made after the moment count for it too."""
    return ValidationContext(
        trust_roots=[_Trusted(_certificate(der)) for der in (*known.roots, *known.own_roots)],
        other_certs=evidence.certificates,
        crls=[_list(der) for der in (*known.crls, *evidence.crls)],
        ocsps=[_answer(der) for der in (*known.ocsps, *evidence.ocsps)],
        allow_fetching=False,
        moment=at,
        revocation_mode="require" if require_revocation else "soft-fail",
        retroactive_revinfo=True,
        signature_validator=_Signatures(),
    )


@lru_cache(maxsize=64)
def _certificate(der: bytes) -> x509.Certificate:
    """Return an authority's certificate, read once: what asn1crypto worked out of it, its name above all, serves the next check too."""
    return x509.Certificate.load(der)


@lru_cache(maxsize=64)
def _list(der: bytes) -> crl.CertificateList:
    return crl.CertificateList.load(der)


@lru_cache(maxsize=256)
def _answer(der: bytes) -> ocsp.OCSPResponse:
    return ocsp.OCSPResponse.load(der)


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """Return what pyHanko's coroutine comes to: nothing is fetched, so it never waits. It needs no event loop, and one may be running."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    work.close()
    raise RuntimeError("pyHanko wanted to wait for something")


def up_to_the_top(known: Known, evidence: Evidence) -> tuple[Known, Evidence]:
    """Take authorities that another trusted one issued as mere certificates: who trusts the last one alone needs the whole way to it."""
    names = {_certificate(der).subject.hashable for der in known.roots}
    issued = {der for der in known.roots if _certificate(der).self_signed == "no" and _certificate(der).issuer.hashable in names}
    between = (_certificate(der) for der in issued)
    tops = tuple(der for der in known.roots if der not in issued)
    return replace(known, roots=tops), replace(evidence, certificates=(*evidence.certificates, *between))


def is_of(certificate: x509.Certificate, authorities: Iterable[bytes]) -> bool:
    """Tell whether one of the authorities is named as the certificate's issuer; whether it is, only a chain proves."""
    return any(_certificate(der).subject == certificate.issuer for der in authorities)


def chain_of_path(path: ValidationPath, certificate: x509.Certificate, known: Known, *, at: datetime, now: datetime) -> Chain | None:
    """Return what follows from a path that was found good: of the trial's own, at the moment; of others now, with revocation.

    None when that does not settle it: the signature is older than a certificate of the path, or claims to be made in the future.
    """
    if _is_own(path, known):
        return Chain("", is_own=True, ended_since=now > certificate.not_valid_after)
    held = [certificate, *(one for one in path.iter_certs(include_root=True))]
    return Chain("") if all(one.not_valid_before <= at for one in held) and at <= now else None


def chain_of(
    certificate: x509.Certificate, others: Iterable[x509.Certificate], known: Known, evidence: Evidence, *, at: datetime, now: datetime
) -> Chain:
    """Return whether the certificate's chain held at the moment. Of the trial's own certificates our register tells the revocation."""

    if now > certificate.not_valid_after:
        known, evidence = telling(certificate, known, evidence)

    def asked(moment: datetime, *, require_revocation: bool) -> tuple[str, ValidationPath | None]:
        return _asked(certificate, others, context(known, evidence, moment, require_revocation=require_revocation))

    trouble, path = asked(at, require_revocation=False)
    if path is None:
        return Chain(trouble)
    if _is_own(path, known):
        return Chain("", is_own=True, ended_since=now > certificate.not_valid_after)
    today, _path = asked(now, require_revocation=True)
    if not today:
        return Chain("")
    then, _path = asked(at, require_revocation=True)
    has_ended = any(now > one.not_valid_after for one in (certificate, *path.iter_certs(include_root=False)))
    return Chain(then, ended_since=has_ended or today in {REVOKED, EXPIRED})


def telling(certificate: x509.Certificate, known: Known, evidence: Evidence) -> tuple[Known, Evidence]:
    """Leave out what its issuer said after the certificate had ended: a revoked one may have been dropped from the list by then."""

    def lists(ders: Iterable[bytes]) -> tuple[bytes, ...]:
        return tuple(der for der in ders if not _is_of_later_list(der, certificate))

    def answers(ders: Iterable[bytes]) -> tuple[bytes, ...]:
        return tuple(der for der in ders if not _is_of_later_answer(der, certificate))

    return (
        replace(known, crls=lists(known.crls), ocsps=answers(known.ocsps)),
        replace(evidence, crls=lists(evidence.crls), ocsps=answers(evidence.ocsps)),
    )


def _is_of_later_list(der: bytes, certificate: x509.Certificate) -> bool:
    content = _list(der)["tbs_cert_list"]
    return bool(content["this_update"].native > certificate.not_valid_after and content["issuer"] == certificate.issuer)


def _is_of_later_answer(der: bytes, certificate: x509.Certificate) -> bool:
    told = _answer(der).response_data["responses"][0]
    about = told["cert_id"]["serial_number"].native == certificate.serial_number
    return bool(about and told["this_update"].native > certificate.not_valid_after)


def registered_chain(certificate_pem: str, chain_pem: str, known: Known, *, now: datetime) -> Chain:
    """Return whether a certificate of our register is good now; the last of its chain is taken as trusted, as it was registered."""
    own, *others = (x509.Certificate.load(der) for _, _, der in pem.unarmor((certificate_pem + chain_pem).encode(), multiple=True))
    return chain_of(own, others, known, Evidence(), at=now, now=now)


def vouches_for_time(
    certificate: x509.Certificate, others: Iterable[x509.Certificate], known: Known, evidence: Evidence, *, at: datetime
) -> bool:
    """Tell whether a time-stamp server's chain holds at the moment though lists are too old, as long as none says that it was revoked.

    A list that is too old now must not make a stamp worse than one of which nothing was ever told.
    """
    bare = context(Known(known.roots, known.own_roots), Evidence(evidence.certificates), at, require_revocation=False)
    trouble, _path = _asked(certificate, others, bare, only_for={"time_stamping"})
    return not trouble and path_of(certificate, others, known, evidence, at=at)[0] != REVOKED


def path_of(
    certificate: x509.Certificate, others: Iterable[x509.Certificate], known: Known, evidence: Evidence, *, at: datetime
) -> tuple[str, ValidationPath | None]:
    """Return the path of a certificate that held at the moment, no certificate of it revoked; or what is wrong, and None."""
    return _asked(certificate, others, context(*telling(certificate, known, evidence), at, require_revocation=True))


def _asked(
    certificate: x509.Certificate, others: Iterable[x509.Certificate], ctx: ValidationContext, only_for: set[str] | None = None
) -> tuple[str, ValidationPath | None]:
    validator = CertificateValidator(certificate, list(others), validation_context=ctx)
    try:
        return "", at_once(validator.async_validate_usage(set(), only_for))  # type: ignore[no-untyped-call]
    except (ValidationError, PathError) as error:
        return _trouble(error), None


def _is_own(path: ValidationPath, known: Known) -> bool:
    anchor = path.trust_anchor
    own = {hashlib.sha256(der).digest() for der in known.own_roots}
    return isinstance(anchor, CertTrustAnchor) and anchor.certificate.sha256 in own


def _trouble(error: Exception) -> str:
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (RevokedError, REVOKED),
        (ExpiredError, EXPIRED),
        (NotYetValidError, NOT_YET_VALID),
        (InsufficientRevinfoError, UNTOLD),
        (PathBuildingError, NO_CHAIN),
        (PathValidationError, OTHER),
    )
    return next((word for kind, word in kinds if isinstance(error, kind)), OTHER)
