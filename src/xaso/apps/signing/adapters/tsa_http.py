"""A time-stamp server over HTTP (RFC 3161, 3.4). A server that failed is left alone for a minute, so that signing does not wait again."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from xaso.apps.signing.adapters.bounded_http import NoAnswer, fetch
from xaso.apps.signing.ports import NoStamp, StampToken
from xaso.apps.signing.time_stamps import DOWN, RESTING, checked, query, room_for

if TYPE_CHECKING:
    from xaso.apps.signing.trust import Known

MOST_BYTES = 64 * 1024
REST_SECONDS = 60


class HttpStamper:
    """The server at an address that the operator named; `known` gives whom this installation trusts.

    `remember` is told the chain of each token that was believed, so that its issuers are asked about revocations.
    """

    def __init__(self, address: str, seconds: float, known: "Callable[[], Known]", remember: Callable[[tuple[bytes, ...]], None]) -> None:
        self._address, self._seconds, self._known, self._remember = address, seconds, known, remember
        self._rests_until = 0.0
        self._longest_bytes = 0

    @property
    def room_bytes(self) -> int:
        return room_for(self._longest_bytes)

    @property
    def longest_bytes(self) -> int:
        """How long the longest token of this server was; 0: there was none."""
        return self._longest_bytes

    @property
    def is_resting(self) -> bool:
        """Whether the server failed a moment ago and is not asked yet."""
        return time.monotonic() < self._rests_until

    def stamp(self, digest: bytes, *, now: datetime) -> StampToken:
        if self.is_resting:
            raise NoStamp(RESTING)
        nonce, question = query(digest)
        try:
            answer = fetch(self._address, question, "application/timestamp-query", seconds=self._seconds, most_bytes=MOST_BYTES)
            token = checked(answer, digest, nonce, self._known(), now=now)
        except NoAnswer as error:
            self._rest()
            raise NoStamp(DOWN) from error
        except NoStamp:
            self._rest()
            raise

        self._longest_bytes = max(self._longest_bytes, len(token.der))
        self._remember(token.chain)
        return token

    def learn(self, longest_bytes: int, *, is_resting: bool = False) -> None:
        """Take over what another process found of this server."""
        self._longest_bytes = max(self._longest_bytes, longest_bytes)
        if is_resting:
            self._rest()

    def rest_no_longer(self) -> None:
        """Ask at once the next time."""
        self._rests_until = 0.0

    def _rest(self) -> None:
        self._rests_until = time.monotonic() + REST_SECONDS
