"""The keys of sensitive columns are changed while the commune works, and the job worker is killed over it: every page is answered."""

import re
import time
import urllib.request
from collections.abc import Callable

from tests.live import Live

PAGES = ("/", "/thu-tuc/2.000815/", "/du-lieu-ca-nhan/")
PATIENCE_SECONDS = 120


def under(live: Live, key: str) -> int:
    """Return how many values the operator is told are under a key."""
    found = re.search(rf"{key}  .*?: (\d+) giá trị", live.xaso("keyring", "state"))
    return int(found[1]) if found else -1


def statuses(live: Live) -> set[int]:
    answers = set()
    for page in PAGES:
        with urllib.request.urlopen(live.url + page, timeout=30) as answer:
            answers.add(answer.status)
    return answers


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_a_rotation_ends_though_the_worker_was_killed_over_it(live_alone: Live) -> None:
    ring = live_alone.data_dir / "keyring"
    (old,) = (path.name for path in ring.glob("s*"))
    before = under(live_alone, old)
    new = live_alone.xaso("keyring", "new").split()[-1]
    live_alone.xaso("keyring", "use", new)

    wait_until(lambda: under(live_alone, old) < before)
    live_alone.kill("work")
    assert statuses(live_alone) == {200}
    wait_until(lambda: under(live_alone, old) == 0)

    assert under(live_alone, new) >= before > 1000
    assert statuses(live_alone) == {200}
    assert live_alone.xaso("keyring", "state").count("MISSING") == 0
