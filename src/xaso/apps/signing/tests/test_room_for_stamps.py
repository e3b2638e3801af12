"""Each signature keeps just so much room as its server's tokens need; one that does not fit waits for a stamp of the whole file."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest

from xaso.apps.signing.adapters.software_keys import SoftwareSigner
from xaso.apps.signing.document_stamps import with_time_stamp
from xaso.apps.signing.pades import SIGNATURE_FIELD, Stamp, add_signature
from xaso.apps.signing.ports import NoStamp, StampToken
from xaso.apps.signing.tests import signed_samples
from xaso.apps.signing.tests.authority import Authority
from xaso.apps.signing.time_stamps import FIRST_ROOM_BYTES, room_for


@dataclass
class Server:
    """Answers with a token of a length of its own choice."""

    token: StampToken
    room_bytes: int

    def stamp(self, digest: bytes, *, now: datetime) -> StampToken:
        return self.token


@pytest.fixture
def token(now: datetime) -> StampToken:
    from asn1crypto import cms

    content = cms.ContentInfo({"content_type": "data", "content": b"x" * 2000}).dump()
    return StampToken(content, now, "Máy chủ", now)


def signed(paper: bytes, now: datetime, server: Server) -> Any:
    signature = signed_samples.signature(Authority.founded(now))
    pem = signed_samples._pem(signature.certificate)
    stamp = Stamp(SIGNATURE_FIELD, None, b"", "Vàng Seo Dín", "", "")
    return add_signature(paper, stamp, SoftwareSigner(signature.key), pem, "", now=now, stamper=server)


def test_room_grows_with_the_longest_token_and_leaves_some_to_spare() -> None:
    assert (room_for(0), room_for(2000)) == (FIRST_ROOM_BYTES, 2756)


def test_a_token_that_fits_is_taken_and_costs_its_room_alone(paper: bytes, now: datetime, token: StampToken) -> None:
    tight, wide = (signed(paper, now, Server(token, room)) for room in (len(token.der), FIRST_ROOM_BYTES))

    assert (tight.time_stamp, tight.no_stamp) == (token, "")
    assert len(wide.content) - len(tight.content) == 2 * (FIRST_ROOM_BYTES - len(token.der))


def test_a_longer_one_is_left_out_and_said(paper: bytes, now: datetime, token: StampToken) -> None:
    result = signed(paper, now, Server(token, len(token.der) - 1))

    assert (result.time_stamp, result.no_stamp) == (None, "too_long")
    with pytest.raises(NoStamp, match="too_long"):
        with_time_stamp(result.content, Server(replace(token), len(token.der) - 1), now=now)
