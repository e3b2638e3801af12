"""Slips, results, signatures and seals, in one process that has made one before. Run as a program on the data folder of an installation."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median

from bench.figures import Figure, at_most
from tests.live import Live

ROUNDS = 20
PDF_MS = 15
SIGNED_MS = 80


def measure(live: Live) -> Iterator[Figure]:
    """Yield how long a paper takes, measured in a process of its own on this installation."""
    command = [sys.executable, "-c", "from bench import papers; papers.report()"]
    done = subprocess.run(command, env=live.all_variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    times = json.loads(done.stdout)
    yield at_most("slip as PDF, warm", times["slip"], "ms", PDF_MS)
    yield at_most("result as PDF, warm", times["result"], "ms", PDF_MS)
    yield at_most("result signed and sealed", times["signed"], "ms", SIGNED_MS)


def report() -> None:
    """Print the median times as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "xaso.site.settings.demo"
    import django

    django.setup()
    print(json.dumps(_times()))


def _times() -> dict[str, float]:
    from xaso.apps.dossiers.models import Result, Slip
    from xaso.apps.dossiers.papers.results import result_paper
    from xaso.apps.dossiers.papers.slips import render_slip
    from xaso.apps.people import facade as people
    from xaso.apps.people.models import Account
    from xaso.apps.procedures import facade as procedures
    from xaso.apps.signing import facade as signing
    from xaso.platform import clock

    slip = Slip.objects.filter(form="01").latest("issued_at")
    result = Result.objects.filter(signed_at__isnull=False, issued_elsewhere=False).select_related("dossier").latest("signed_at")
    dossier = result.dossier
    signer = Account.objects.get(username="phochutich")
    version = procedures.get_version(dossier.version_id)
    commune = people.commune_of(dossier.commune_id)

    def printed() -> bytes:
        paper = result_paper(
            commune, version, dossier, result, 7, signer_name=signer.full_name, signer_title="Phó Chủ tịch", now=clock.now()
        )
        return paper.render()

    content = printed()

    def signed() -> None:
        signing.sign_and_seal(content, account_id=signer.pk, commune_id=commune.id, name=signer.full_name, reason="Đo đạc", now=clock.now())

    return {"slip": _median_ms(lambda: render_slip("01", slip.data)), "result": _median_ms(printed), "signed": _median_ms(signed)}


def _median_ms(work: Callable[[], object]) -> float:
    work()
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return median(times) * 1000
