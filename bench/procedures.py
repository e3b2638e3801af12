"""The catalogue at its full size: an edition of the national database is imported and approved, then people search.

The published records are taken where they lie beside the checkout; made ones fill up what is missing to the counts that are measured.
"""

import gzip
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import load
from bench.figures import Figure, Target, beside
from tests.live import COMMAND, Live

PUBLISHED = Path(__file__).resolve().parents[2] / "shared" / "data" / "national-procedures.jsonl.gz"
RECORDS, PROCEDURES = 479, 588
IMPORT = Target(f"import of {RECORDS} procedures", "s", 20, at_most=True)
IMPORT_MEMORY = Target(f"import of {RECORDS} procedures, memory", "MB", 200, at_most=True)
SEARCH = Target(f"search with {PROCEDURES} procedures, p95", "ms", 20, at_most=True)
TARGETS = (IMPORT, IMPORT_MEMORY, SEARCH)
SECONDS = 6.0
WATCH = """import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"""
SEARCHES = (
    "khai+sinh", "thue+dat", "xin+xac+nhan+ben+bai", "đăng+ký+hộ+kinh+doanh", "hai+quan", "hoàn+thuế", "mien+giam+thue+dat", "ho+ngheo",
    "cap+lai+the+can+cuoc", "hop+tac+xa", "trợ+cấp+người+có+công", "lam+giay+cho+con+moi+de", "giay+phep+xay+dung", "tam+tru",
    "chuyen+muc+dich+su+dung+dat", "danh+bat+thuy+san",
)  # fmt: skip
SYLLABLES = (
    "xác nhận", "cấp đổi", "gia hạn", "giấy phép", "bến bãi", "nuôi trồng", "chứng chỉ", "công trình", "thủy lợi", "rừng cây", "giống đất",
    "vườn hồ", "ao cá", "cầu đường", "chợ phiên", "nhà sàn", "mái ngói", "giếng khoan",
)  # fmt: skip


def measure(live: Live) -> Iterator[Figure]:
    """Yield what an import takes, then how long a search is waited for with all procedures in force."""
    edition = live.data_dir / "edition.jsonl"
    _child(live, f"write({str(edition)!r}, {RECORDS})")
    seconds, megabytes = _imported(live, edition)
    yield IMPORT.figure(seconds)
    yield IMPORT_MEMORY.figure(megabytes)
    curated = int(_child(live, "approve()")) - RECORDS
    _child(live, f"write({str(edition)!r}, {PROCEDURES - curated})")
    _imported(live, edition)
    in_force = int(_child(live, "approve()"))
    if in_force != PROCEDURES:
        raise RuntimeError(f"{in_force} procedures are in force")
    time.sleep(3)
    search = load.run(
        live.port, [load.get(f"/thu-tuc/?q={words}", port=live.port) for words in SEARCHES], status=200, seconds=SECONDS, clients=1
    )
    search.checked()
    yield SEARCH.figure(search.p95_ms)
    yield beside(f"search with {PROCEDURES} procedures", search.per_second, "/s")


def approve() -> None:
    """Approve the edition that waits, as the demo's administrator, and print how many procedures are in force."""
    _set_up_django()
    from xaso.apps.people import testing as people
    from xaso.apps.people.models import Account
    from xaso.apps.procedures import facade, queries
    from xaso.apps.procedures.actions.decide_edition import approve_edition
    from xaso.kernel.worktime import VN
    from xaso.platform import clock

    waiting = queries.waiting_edition()
    if waiting is not None:
        administrator = people.actor_for(Account.objects.get(username="quantri"))
        approve_edition(administrator, waiting.id, withdraw=False, now=clock.now())
    print(len(facade.versions_in_force(clock.now().astimezone(VN).date())))


def write(path: str, count: int) -> None:
    """Write an edition of so many records."""
    _set_up_django()
    from xaso.apps.procedures.testing import national_file, national_record

    published: list[dict[str, Any]] = []
    if PUBLISHED.exists():
        with gzip.open(PUBLISHED, "rt", encoding="utf-8") as lines:
            published = [json.loads(line) for line in lines]
    dice = random.Random(588)
    made = (
        national_record(f"9.{number:06}", ten_thu_tuc=" ".join(dice.choices(SYLLABLES, k=5)).capitalize()) for number in range(PROCEDURES)
    )
    national_file(Path(path), *[*published, *made][:count])


def _set_up_django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "xaso.site.settings.demo"
    import django

    django.setup()


def _imported(live: Live, edition: Path) -> tuple[float, float]:
    """Run the command; returns seconds and the most memory it held, in MB.

    A small process starts it and asks the system for its figure: what a process held counts for what it becomes, and this one is large.
    """
    begun = time.perf_counter()
    command = [sys.executable, "-c", WATCH, *COMMAND, "import-procedures", str(edition)]
    watched = subprocess.run(command, env=live.all_variables, stdout=subprocess.PIPE, check=True)
    return time.perf_counter() - begun, int(watched.stdout) / 1024


def _child(live: Live, call: str) -> str:
    """Call a function of this module in a process of its own, on this installation; returns what it prints."""
    command = [sys.executable, "-c", f"from bench import procedures; procedures.{call}"]
    done = subprocess.run(command, env=live.all_variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout
