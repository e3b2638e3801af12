"""Keeps revocation lists and OCSP answers of our certificates' authorities in a folder, and what they say in the register.

The network is asked in a thread of its own, never inside a round of the worker, a request or a signature.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import cache

import structlog

from xaso.apps.signing import options
from xaso.apps.signing.actions.issuers_word import write_down
from xaso.apps.signing.keys import keys_directory
from xaso.apps.signing.known_here import REVOCATION_FOLDER
from xaso.apps.signing.models import Certificate, OfferedCertificate
from xaso.apps.signing.stampers import stampers_chains
from xaso.platform.worker import NowAndThen

log = structlog.get_logger(__name__)

ASKING, LOOKING = NowAndThen(timedelta(hours=1)), NowAndThen(timedelta(seconds=10))
_waiting: list[Future[int]] = []
_asked_of: set[str] = set()


def refresh(now: datetime) -> int:
    """Ask once an hour, and soon after a certificate is new here, without waiting; when the answers are in, write down what they say.

    Returns how many certificates changed.
    """
    if _waiting:
        if not _waiting[0].done():
            return 0
        came = _waiting.pop().result()
        return judge_all(now) if came else 0
    if options.REVOCATION_ADDRESSES.value() and LOOKING.is_time(now):
        chains = _chains()
        if ASKING.is_time(now) or not _asked_of.issuperset(chains):
            _asked_of.clear()
            _asked_of.update(chains)
            _waiting.append(_thread().submit(_ask, chains))
    return 0


def refresh_now(now: datetime) -> int:
    """Ask and wait for the answers; for the command line and tests. Returns how many certificates changed."""
    _ask(_chains())
    return judge_all(now)


def judge_all(now: datetime) -> int:
    """Write down for each real certificate in use what the kept lists and answers say of it; returns how many changed."""
    return sum(write_down(row, now=now) for row in _rows())


def _rows() -> list[Certificate]:
    return list(Certificate.objects.filter(is_test=False, revoked_at=None))


def _chains() -> list[str]:
    """Return the chains of our own certificates, of those that wait for approval, and of the time-stamp servers that we believed."""
    offers = OfferedCertificate.objects.filter(declined_at=None)
    return [*(row.pem + row.chain_pem for row in _rows()), *(row.pem + row.chain_pem for row in offers), *stampers_chains()]


def _ask(chains: list[str]) -> int:
    """Fetch what is allowed into the folder; what fails leaves the older file in its place. Returns how many answers came."""
    from xaso.apps.signing.adapters.bounded_http import NoAnswer
    from xaso.apps.signing.adapters.revocation_http import ask, questions

    folder = keys_directory() / REVOCATION_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    came = 0
    for question in questions(chains, options.REVOCATION_ADDRESSES.value()):
        try:
            content = ask(question)
        except NoAnswer as failure:
            log.warning("revocation_not_told", url=question.url, reason=str(failure))
            continue
        path = folder / f"{question.name}.{question.kind}"
        path.with_suffix(".part").write_bytes(content)
        path.with_suffix(".part").replace(path)
        came += 1
    return came


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="revocation")
