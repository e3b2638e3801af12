"""Slips, results, signatures and seals, in one process that has made one before. Run as a program on the data folder of an installation.

Each round makes another paper: the typesetter remembers what it has laid out, and the same paper again would measure its memory.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Any, TypeVar

from bench.figures import Figure, Target
from tests.live import Live

T = TypeVar("T")
ROUNDS = 20
SLIP = Target("slip as PDF, warm", "ms", 15, at_most=True)
RESULT = Target("result as PDF, warm", "ms", 15, at_most=True)
SIGNED = Target("result signed and sealed", "ms", 80, at_most=True)
TARGETS = (SLIP, RESULT, SIGNED)


def measure(live: Live) -> Iterator[Figure]:
    """Yield how long a paper takes, measured in a process of its own on this installation."""
    command = [sys.executable, "-c", "from bench import papers; papers.report()"]
    done = subprocess.run(command, env=live.all_variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    times = json.loads(done.stdout)
    for target in TARGETS:
        yield target.figure(times[target.name])


def report() -> None:
    """Print the median times as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "xaso.site.settings.demo"
    import django

    django.setup()
    print(json.dumps(_times()))


def _times() -> dict[str, float]:
    from xaso.apps.dossiers.models import Result, Slip
    from xaso.apps.dossiers.papers.slips import render_slip
    from xaso.apps.people.models import Account
    from xaso.apps.signing import facade as signing
    from xaso.platform import clock

    slips = _enough(Slip.objects.filter(form="01").order_by("-issued_at"))
    results = _enough(
        Result.objects.filter(signed_at__isnull=False, issued_elsewhere=False).select_related("dossier").order_by("-signed_at")
    )
    signer = Account.objects.get(username="phochutich")
    printed: list[bytes] = []

    def sign(content: bytes) -> None:
        commune_id = results[0].dossier.commune_id
        signing.sign_and_seal(content, account_id=signer.pk, commune_id=commune_id, name=signer.full_name, reason="Đo đạc", now=clock.now())

    return {
        SLIP.name: median_ms(lambda slip: render_slip("01", slip.data), slips),
        RESULT.name: median_ms(lambda one: printed.append(_printed(one, signer)), results),
        SIGNED.name: median_ms(sign, distinct(printed)),
    }


def _enough(rows: Any) -> list[Any]:
    found = list(rows[: ROUNDS + 1])
    if len(found) <= ROUNDS:
        raise RuntimeError(f"{len(found)} papers in the demo; {ROUNDS + 1} different ones are needed")
    return found


def _printed(result: Any, signer: Any) -> bytes:
    from xaso.apps.dossiers.papers.results import result_paper
    from xaso.apps.dossiers.papers.signers import Signer
    from xaso.apps.people import facade as people
    from xaso.apps.procedures import facade as procedures
    from xaso.platform import clock

    dossier = result.dossier
    version = procedures.get_version(dossier.version_id)
    commune = people.commune_of(dossier.commune_id)
    paper = result_paper(commune, version, dossier, result, 7, signer=Signer(signer.full_name, "Phó Chủ tịch"), now=clock.now())
    return paper.render()


def distinct(things: Sequence[T]) -> list[T]:
    """Return the things. Raises RuntimeError when two of them are the same: the second would be remembered, not made."""
    if len(set(things)) != len(things):
        raise RuntimeError("the same paper twice")
    return list(things)


def median_ms(work: Callable[[T], object], things: Sequence[T]) -> float:
    """Return how long the work takes on a thing, the first one left out: it warms up."""
    times = []
    for thing in things:
        begun = time.perf_counter()
        work(thing)
        times.append(time.perf_counter() - begun)
    return median(times[1:]) * 1000
