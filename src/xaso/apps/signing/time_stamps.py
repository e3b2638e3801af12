"""Asks for time stamps (RFC 3161) and believes an answer only after each of its parts was checked.

pyHanko checks the token's signature and its certificate; it is imported late.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from xaso.apps.signing.ports import NoStamp, StampToken
from xaso.apps.signing.rules import CLOCKS_DIFFER_AT_MOST

if TYPE_CHECKING:
    from asn1crypto import cms, tsp, x509

    from xaso.apps.signing.trust import Known

DOWN, RESTING, REFUSED, UNREADABLE, TOO_LONG = "down", "resting", "refused", "unreadable", "too_long"
WRONG_NONCE, WRONG_IMPRINT, WRONG_SIGNATURE, CLOCK = "wrong_nonce", "wrong_imprint", "wrong_signature", "clock"
NOT_FOR_STAMPS, EXPIRED, REVOKED, UNKNOWN = "not_for_stamps", "expired", "revoked", "authority_unknown"
TROUBLES = frozenset(
    {
        *(DOWN, RESTING, REFUSED, UNREADABLE, TOO_LONG, WRONG_NONCE, WRONG_IMPRINT, WRONG_SIGNATURE, CLOCK),
        *(NOT_FOR_STAMPS, EXPIRED, REVOKED, UNKNOWN),
    }
)
"""Why there is no stamp. `resting`: the server failed a moment ago and is not asked anew yet."""

FIRST_ROOM_BYTES = 10 * 1024
"""Room kept for a token of a server that gave none yet."""


def query(digest: bytes) -> tuple[int, bytes]:
    """Return a fresh nonce and the question (DER) for a stamp over the SHA-256 digest, with the server's certificates."""
    from asn1crypto import tsp

    nonce = secrets.randbits(63) | 1 << 62
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    return nonce, bytes(tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True}).dump())


def checked(answer: bytes, digest: bytes, nonce: int, known: "Known", *, now: datetime) -> StampToken:
    """Return the token of the server's answer. Raises NoStamp unless it is granted, about this digest and this question, by a server whose

    certificate is made for time stamps, good now and under an authority we trust, and whose clock agrees with ours.
    """
    try:
        token = _granted(answer)
        info: tsp.TSTInfo = token["content"]["encap_content_info"]["content"].parsed
        _require_answers(info, digest, nonce)
        if abs(info["gen_time"].native - now) > CLOCKS_DIFFER_AT_MOST:
            raise NoStamp(CLOCK)
        status = _status(token["content"], digest, known, now)
    except NoStamp:
        raise
    except Exception as error:  # whatever can't be read is no time stamp
        raise NoStamp(UNREADABLE) from error
    if not (status["intact"] and status["valid"]):
        raise NoStamp(WRONG_SIGNATURE)
    certificate = status["signing_cert"]
    if status.get("trust_problem_indic") is not None:
        raise NoStamp(_why_untrusted(certificate, token, known, now))
    chain = tuple(one.dump() for one in reversed(list(status["validation_path"].iter_certs(include_root=True))))
    name = certificate.subject.native.get("common_name", "")
    return StampToken(
        token.dump(), info["gen_time"].native, name if isinstance(name, str) else ", ".join(name), certificate.not_valid_after, chain
    )


def _granted(answer: bytes) -> "cms.ContentInfo":
    from asn1crypto import core, tsp

    parts = core.SequenceOf.load(answer, spec=core.Any)
    if parts[0].parse(tsp.PKIStatusInfo)["status"].native not in {"granted", "granted_with_mods"}:
        raise NoStamp(REFUSED)  # then no token follows, which asn1crypto's own TimeStampResp can't read
    return tsp.TimeStampResp.load(answer)["time_stamp_token"]


def _require_answers(info: "tsp.TSTInfo", digest: bytes, nonce: int) -> None:
    if info["nonce"].native != nonce:
        raise NoStamp(WRONG_NONCE)
    imprint = info["message_imprint"]
    if imprint["hash_algorithm"]["algorithm"].native != "sha256" or imprint["hashed_message"].native != digest:
        raise NoStamp(WRONG_IMPRINT)


def _status(signed: "cms.SignedData", digest: bytes, known: "Known", now: datetime) -> dict[str, Any]:
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data

    from xaso.apps.signing.trust import Evidence, at_once, context

    expected: Callable[[str], bytes] = lambda _algorithm: digest  # noqa: E731 - pyHanko asks for a function
    trusted = context(known, Evidence(), now, require_revocation=False)
    return dict(at_once(validate_tst_signed_data(signed, trusted, expected)))


def _why_untrusted(certificate: "x509.Certificate", token: "cms.ContentInfo", known: "Known", now: datetime) -> str:
    from xaso.apps.signing import trust

    usage = certificate.extended_key_usage_value
    if usage is None or usage.native != ["time_stamping"]:
        return NOT_FOR_STAMPS
    others = [one.chosen for one in token["content"]["certificates"]]
    trouble = trust.chain_of(certificate, others, known, trust.Evidence(), at=now, now=now).trouble
    return {trust.EXPIRED: EXPIRED, trust.NOT_YET_VALID: EXPIRED, trust.REVOKED: REVOKED}.get(trouble, UNKNOWN)


def room_for(longest_bytes: int) -> int:
    """Return how much room the next token needs, where the longest so far had so many bytes; 0: there was none."""
    return longest_bytes + longest_bytes // 4 + 256 if longest_bytes else FIRST_ROOM_BYTES
