"""Whether what was just started really works: pages, database and the job worker, asked on this machine as the proxy asks them."""

import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

from xaso.site.installing.places import Places
from xaso.site.installing.proxy import hosts_of

READY_SECONDS, WORKS_SECONDS, PAUSE_SECONDS = 90, 10, 0.5
PAGES = ("/", "/dang-nhap/", "/thu-tuc/?q=khai+sinh")
LAST_ROUND = re.compile(rb"^xaso_worker_last_round_timestamp_seconds(?:\{[^}]*\})? ([0-9.e+]+)$", re.MULTILINE)


def faults(places: Places, *, since: float) -> list[str]:
    """Return what does not work, after waiting for it to begin working. `since` is the moment of the start (Unix seconds)."""
    return _until_none(lambda: _unready(places), READY_SECONDS) or _until_none(lambda: _not_working(places, since), WORKS_SECONDS)


def _until_none(ask: Callable[[], Iterator[str]], seconds: float) -> list[str]:
    deadline = time.monotonic() + seconds
    while True:
        found = list(ask())
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(PAUSE_SECONDS)


def _unready(places: Places) -> Iterator[str]:
    status, said = _ask(places, "/readyz", as_proxy=False)
    if status != 200:
        yield f"/readyz: {status} {said[:200].decode(errors='replace')}"


def _not_working(places: Places, since: float) -> Iterator[str]:
    for page in PAGES:
        status, _content = _ask(places, page, as_proxy=True)
        if status != 200:
            yield f"{page}: {status}"
    rounds = [float(value) for value in LAST_ROUND.findall(_ask(places, "/metrics", as_proxy=False)[1])]
    if max(rounds, default=0) < since:
        yield "tiến trình việc nền chưa chạy vòng nào (the job worker has done no round)"


def _ask(places: Places, path: str, *, as_proxy: bool) -> tuple[int, bytes]:
    """Return status and content; 0 when nothing answers."""
    headers = {}
    if as_proxy:
        headers = {"Host": hosts_of(places.environment)[0], "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"}
    try:
        with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{places.port}{path}", headers=headers), timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError as error:
        return 0, str(error).encode()
